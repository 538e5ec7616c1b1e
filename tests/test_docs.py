"""Docs that cannot drift: every command is in the reference, every command in the docs runs, every link leads somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

from augkg import api
from augkg.cli.main import app
from augkg.model.rulebook import Rulebook
from augkg.present.coverage import CoveragePages

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> list[tuple[str, str]]:
    """Every command with its help in English, as the command line itself prints it."""
    root = typer.main.get_command(app)
    found = [[]]
    for name, command in sorted(root.commands.items()):
        found.append([name])
        found += [[name, sub] for sub in sorted(getattr(command, "commands", {}))]
    return [(" ".join(["augkg", *words]), help_of(*words)) for words in found]


def help_of(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "augkg", "--lang", "en", *words, "--help"], capture_output=True, text=True, check=True,
                          env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100"})  # fmt: skip
    return done.stdout


def reference() -> str:
    parts = [
        "# The command line\n\nGenerated from the commands themselves; `python -m tests.test_docs` writes it anew.\n"
    ]
    parts += [f"\n## {name}\n\n```text\n{text.strip()}\n```\n" for name, text in commands()]
    return "".join(parts)


def test_the_reference_is_what_the_commands_say() -> None:
    assert (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8") == reference()


def coverage_page(language: str) -> str:
    rulebook = api.load()
    return CoveragePages(api.coverage(rulebook), rulebook.vocabulary, language).markdown()


@pytest.mark.parametrize(("language", "name"), [("en", "coverage.md"), ("zh", "coverage.zh.md")])
def test_the_coverage_page_is_what_the_rulebook_holds(rulebook: Rulebook, language: str, name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == coverage_page(language)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def shell_lines(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("augkg ")]


def test_the_how_to_works_from_first_line_to_first_verdict(tmp_path: Path, rulebook: Rulebook) -> None:
    """Each command of the guide is run as it stands, in order, with the norm that the guide shows."""
    page = ROOT / "docs" / "how-to" / "add-a-regulation.md"
    norm, case = re.findall(r"```yaml\n((?:norms|id):.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    lines = shell_lines(page)
    assert len(lines) >= 6
    for line in lines:
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(line)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == (1 if " assess " in line else 0), (line, done.stdout, done.stderr)
        if " rules new " in line:
            file = tmp_path / "my-rules" / "us-me-chatbot-2025.yaml"
            head = file.read_text(encoding="utf-8").partition("\nnorms:")[0]
            file.write_text(head + "\n" + norm, encoding="utf-8")
        if " assess " in line:
            assert '"us-me-chatbot-2025/disclosure"' in done.stdout
            assert '"verdict": "prohibited"' in done.stdout


def test_the_page_about_scores_works(tmp_path: Path, rulebook: Rulebook) -> None:
    """Its commands run as they stand, and its pieces of scenarios are read."""
    page = ROOT / "docs" / "concepts" / "scores.md"
    head = "id: case\ndate: 2026-01-01\njurisdiction: GB\n"
    pieces = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(pieces) == 3
    for piece in pieces:
        api.read_scenario((head + piece).encode(), rulebook)
    (tmp_path / "case.yaml").write_text(head + pieces[1], encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    rows = [f"{90 + (7 * i) % 40},{'fm'[i % 2]},{20 + i},{int((7 * i) % 40 < 20)}" for i in range(60)]
    (tmp_path / "people.csv").write_text("Glucose,sex,age,healthy\n" + "\n".join(rows) + "\n", encoding="utf-8")
    for line in shell_lines(page):
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(line)], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, int("case.yaml" in line)), (line, done.stderr)
    assert (tmp_path / "calibration.svg").is_file()


def test_the_scenario_guide_shows_a_scenario(rulebook: Rulebook) -> None:
    page = (ROOT / "docs" / "how-to" / "write-a-scenario.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert api.read_scenario(example.encode(), rulebook).id == "my-case"


def test_the_readme_shows_the_answer_as_it_is(rulebook: Rulebook) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```console\n\$ augkg (.*?)\n(.*?)```", text, re.DOTALL)
    assert block
    done = subprocess.run([sys.executable, "-m", "augkg", "--lang", "en", *block.group(1).split(), "-f", "text"], cwd=ROOT,
                          capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "100"})  # fmt: skip
    printed = [line for line in done.stdout.splitlines() if not line.startswith("Receipt")]
    shown = [line for line in block.group(2).splitlines() if not line.startswith("Receipt")]
    assert shown == printed


def test_a_changed_verdict_is_in_the_changelog() -> None:
    """The verdicts of documented cases are golden; whoever changes one says so."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    golden = yaml.safe_load((ROOT / "tests" / "golden" / "verdicts.yaml").read_text(encoding="utf-8"))
    assert "### Verdicts" in changelog
    assert golden


if __name__ == "__main__":
    folder = ROOT / "docs" / "reference"
    (folder / "cli.md").write_text(reference(), encoding="utf-8")
    (folder / "coverage.md").write_text(coverage_page("en"), encoding="utf-8")
    (folder / "coverage.zh.md").write_text(coverage_page("zh"), encoding="utf-8")
