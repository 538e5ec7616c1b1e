"""Rule packs: read, check, test, write. YAML to norms; nothing is evaluated here."""
