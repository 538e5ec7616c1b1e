"""A commented rule pack to start from: it loads and its tests pass as written, so that every step can be tried."""

from augkg.terms import InstrumentKind

_TEMPLATE = """\
# yaml-language-server: $schema=pack.schema.json
# {title}. `augkg schema pack > pack.schema.json` writes the schema that editors use.
# A norm is written from its text: while you have not seen the text, leave `status: draft`.
instrument:
  id: {id}
  title: {{en: {title_json}, zh: {title_zh_json}}}
  jurisdiction: {jurisdiction}
  kind: {kind}            # treaty constitution statute regulation directive decree guideline declaration standard
  binding: true
  url: https://example.org/       # where the text is published

# Names local to this pack, for long conditions and legal definitions (optional):
# definitions:
#   EmbryoInVitro: {{label: {{en: the embryo is in vitro, zh: 胚胎处于体外}}, means: target some InVitroEmbryo}}

norms:
  - id: {id}/art-1                # instrument-id/clause; never reused
    modality: prohibition         # prohibition | obligation (with requires) | permission (with provided)
    gist:
      en: One sentence of your own that says what the norm says.
      zh: 用一句话说明该规范的内容。
    # The scope. `augkg kb show act` lists the acts; other facets likewise.
    when: act some PlacingInWoman and target some HumanEmbryo
    in_force: {{since: 2026-01-01}} # `since` is the first day, `until` the first day on which it no longer holds
    cite: {{clause: art. 1}}
    sanction: none                # criminal | administrative | civil | none
    supports: [Dignity]           # the principles that a breach offends
    status: draft                 # draft | reviewed (text seen) | disputed | retired
    exceptions:
      - id: {id}/art-2
        unless: safeguard some InstitutionLicence
        cite: {{clause: art. 2}}
    tests:                        # it bites, it does not, each exception lifts it
      - {{name: it bites, given: {{act: PlacingInWoman, target: HumanEmbryo, safeguard: {{InstitutionLicence: false}}}}, expect: violated}}
      - {{name: another act, given: {{act: StoringEmbryo, target: HumanEmbryo}}, expect: not-applicable}}
      - {{name: licensed, given: {{act: PlacingInWoman, target: HumanEmbryo, safeguard: {{InstitutionLicence: true}}}}, expect: excepted}}
"""


def scaffold(instrument: str, jurisdiction: str, title: str, title_zh: str, kind: InstrumentKind) -> str:
    """The text of a new pack."""
    import json

    return _TEMPLATE.format(
        id=instrument,
        jurisdiction=jurisdiction,
        title=title.replace("\n", " "),
        title_json=json.dumps(title, ensure_ascii=False),
        title_zh_json=json.dumps(title_zh, ensure_ascii=False),
        kind=kind,
    )
