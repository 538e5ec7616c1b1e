"""Show assessments and errors to people and programs: text, Markdown, HTML, CSV, SARIF, in both languages."""
