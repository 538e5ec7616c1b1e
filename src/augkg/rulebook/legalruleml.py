"""The rulebook as LegalRuleML 1.0 (OASIS), in its compact form.

model.rulebook -> LEGALRULEML -> XML

A norm is a prescriptive statement, an exception a defeater that overrides it, a definition a constitutive statement. The
day on which each begins and ends stands in contexts, with the jurisdiction. Conditions are first-order formulas about
the scenario; `not` is strong negation (known not).

Source:
    OASIS Standard, LegalRuleML Core Specification Version 1.0, 30 August 2021.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET  # only written here, never read

from augkg.model.base import Interval
from augkg.model.condition import And, AtLeast, Compare, Condition, Named, Not, Or, Some
from augkg.model.law import ExceptionClause, Instrument, Norm
from augkg.model.rulebook import Rulebook
from augkg.terms import Modality

LRML = "http://docs.oasis-open.org/legalruleml/ns/v1.0/"
RULEML = "http://ruleml.org/spec"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TERMS = "https://w3id.org/augkg#"
_DEONTIC = {
    Modality.PROHIBITION: "Prohibition",
    Modality.OBLIGATION: "Obligation",
    Modality.PERMISSION: "Permission",
}
_SCENARIO = "scenario"


def legalruleml(rulebook: Rulebook, instruments: Iterable[str] | None = None) -> bytes:
    """The norms of some instruments (all unless given) as one LegalRuleML document."""
    for prefix, namespace in (("lrml", LRML), ("ruleml", RULEML), ("xsi", XSI)):
        ET.register_namespace(prefix, namespace)
    chosen = set(rulebook.instruments if instruments is None else instruments)
    owners = [owner for owner in rulebook.instruments.values() if owner.id in chosen]
    norms = [norm for norm in rulebook.norms if norm.instrument in chosen and not norm.red_line]
    root = ET.Element(_lrml("LegalRuleML"))
    _sources(root, owners)
    jurisdictions = _lrml_child(root, "Jurisdictions", key="jurisdictions")
    for code in sorted({owner.jurisdiction for owner in owners}):
        _lrml_child(jurisdictions, "Jurisdiction", key=_key("in", code), iri=f"{_TERMS}jurisdiction-{code}")
    _times(root, norms)
    for norm in norms:
        _context(root, norm, rulebook.instruments[norm.instrument])
    statements = _lrml_child(root, "Statements", key="statements")
    _definitions(statements, rulebook, chosen)
    for norm in norms:
        _prescribe(statements, norm)
    for norm in norms:
        for other in norm.overrides:
            _override(statements, _key("norm", norm.id), _key("norm", other))
        for other in norm.yields_to:
            _override(statements, _key("norm", other), _key("norm", norm.id))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _sources(root: ET.Element, owners: list[Instrument]) -> None:
    sources = _lrml_child(root, "LegalSources", key="sources")
    for owner in owners:
        _lrml_child(sources, "LegalSource", key=_key("source", owner.id), sameAs=owner.url)


def _times(root: ET.Element, norms: list[Norm]) -> None:
    days = sorted({day for norm in norms for i in norm.in_force for day in (i.since, i.until) if day is not None})
    instants = _lrml_child(root, "TimeInstants", key="days")
    for day in days:
        time = _ruleml_child(instants, "Time", key=_key("day", day.isoformat()))
        _ruleml_child(time, "Data", f"{day.isoformat()}T00:00:00").set(f"{{{XSI}}}type", "xs:dateTime")
    root.set("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
    spans = _lrml_child(root, "TemporalCharacteristics", key="spans")
    for interval in sorted({i for norm in norms for i in norm.in_force}, key=_span):
        for bound, development in ((interval.since, "Starts"), (interval.until, "Ends")):
            if bound is not None:
                span = _lrml_child(spans, "TemporalCharacteristic", key=f"{_span(interval)}-{development}")
                _lrml_child(span, "forRuleStatus", iri=f"{LRML}RuleStatus#Efficacious")
                _lrml_child(span, "hasStatusDevelopment", iri=f"{LRML}RuleStatusDevelopment#{development}")
                _lrml_child(span, "atTimeInstant", keyref="#" + _key("day", bound.isoformat()))


def _span(interval: Interval) -> str:
    return _key("span", f"{interval.since or ''}_{interval.until or ''}")


def _context(root: ET.Element, norm: Norm, owner: Instrument) -> None:
    context = _lrml_child(root, "Context", key=_key("context", norm.id))
    for interval in norm.in_force:
        for day, development in ((interval.since, "Starts"), (interval.until, "Ends")):
            if day is not None:
                keyref = f"#{_span(interval)}-{development}"
                _lrml_child(context, "appliesTemporalCharacteristic", keyref=keyref)
    _lrml_child(context, "appliesJurisdiction", keyref="#" + _key("in", owner.jurisdiction))
    _lrml_child(context, "appliesSource", keyref="#" + _key("source", owner.id))
    _lrml_child(context, "toStatement", keyref="#" + _key("norm", norm.id))


def _definitions(statements: ET.Element, rulebook: Rulebook, chosen: set[str]) -> None:
    for name, meaning in rulebook.definitions.items():
        if "/" in name and name.partition("/")[0] not in chosen:
            continue
        statement = _lrml_child(statements, "ConstitutiveStatement", key=_key("definition", name))
        rule = _rule(statement, _key("definition-rule", name), meaning)
        _atom(_ruleml_child(rule, "then"), name, _SCENARIO)


def _prescribe(statements: ET.Element, norm: Norm) -> None:
    statement = _lrml_child(statements, "PrescriptiveStatement", key=_key("norm", norm.id))
    paraphrase = _lrml_child(statement, "Paraphrase")
    paraphrase.text = f"{norm.cite.clause}: {norm.gist.en} {norm.gist.zh}"
    parts = [part for part in (norm.when, norm.provided) if part is not None]
    rule = _rule(statement, _key("rule", norm.id), And(parts=tuple(parts)) if len(parts) > 1 else norm.when)
    deontic = _lrml_child(_ruleml_child(rule, "then"), _DEONTIC[norm.modality], key=_key("deontic", norm.id))
    if norm.requires is not None:
        _Formula().write(deontic, norm.requires)
    else:
        _atom(deontic, f"{norm.id}/conduct", _SCENARIO)
    for clause in norm.exceptions:
        _except(statements, clause, norm, _key("norm", norm.id))


def _except(statements: ET.Element, clause: ExceptionClause, norm: Norm, defeated: str) -> None:
    # An exception may bear the id of the norm of another text that grants it: the keys say whose exception it is.
    name = f"{norm.id}-{clause.id}"
    statement = _lrml_child(statements, "PrescriptiveStatement", key=_key("exception", name))
    rule = _rule(statement, _key("exception-rule", name), clause.unless, strength="Defeater")
    deontic = _lrml_child(_ruleml_child(rule, "then"), "Permission", key=_key("exception-deontic", name))
    _atom(deontic, f"{norm.id}/conduct", _SCENARIO)
    _override(statements, _key("exception", name), defeated)
    for inner in clause.exceptions:
        _except(statements, inner, norm, _key("exception", name))


def _override(statements: ET.Element, over: str, under: str) -> None:
    statement = _lrml_child(statements, "OverrideStatement", key=f"override.{over}-{under}")
    _lrml_child(statement, "Override", over=f"#{over}", under=f"#{under}")


def _rule(statement: ET.Element, key: str, condition: Condition, strength: str = "DefeasibleStrength") -> ET.Element:
    rule = _ruleml_child(statement, "Rule", key=key, closure="universal")
    _lrml_child(_lrml_child(rule, "hasStrength"), strength)
    _Formula().write(_ruleml_child(rule, "if"), condition)
    return rule


class _Formula:
    """Writes conditions as first-order formulas; each thing in a facet is a variable of its own."""

    def __init__(self) -> None:
        self._count = 0

    def write(self, parent: ET.Element, condition: Condition, subject: str = _SCENARIO) -> None:
        match condition:
            case Named(name=name):
                _atom(parent, name, subject)
            case And(parts=parts) | Or(parts=parts):
                both = _ruleml_child(parent, "And" if isinstance(condition, And) else "Or")
                for part in parts:
                    self.write(both, part, subject)
            case Not(part=part):
                self.write(_ruleml_child(parent, "Neg"), part, subject)
            case Some(facet=facet, filler=filler):
                self._things(parent, facet, 1, filler, subject)
            case AtLeast(facet=facet, n=n, filler=filler):
                self._things(parent, facet, n, filler, subject)
            case Compare():
                self._compare(parent, condition, subject)

    def _things(self, parent: ET.Element, facet: str, n: int, filler: Condition, subject: str) -> None:
        """There are n different things in the facet that are of the filler."""
        names = [self._variable() for _ in range(n)]
        both = self._exists(parent, names)
        for i, name in enumerate(names):
            _atom(both, facet, subject, name)
            self.write(both, filler, name)
            for other in names[:i]:
                equal = _ruleml_child(_ruleml_child(both, "Neg"), "Equal")
                for each in (other, name):
                    _ruleml_child(equal, "Var", each)

    def _compare(self, parent: ET.Element, condition: Compare, subject: str) -> None:
        name = self._variable()
        both = self._exists(parent, [name])
        _atom(both, condition.measure, subject, name)
        for bound in condition.bounds:
            atom = _ruleml_child(both, "Atom")
            _ruleml_child(atom, "Rel", bound.op)
            _ruleml_child(atom, "Var", name)
            if bound.parameter is not None:
                _ruleml_child(atom, "Ind", f"${bound.parameter}")
            else:
                _ruleml_child(atom, "Data", str(bound.limit))

    def _exists(self, parent: ET.Element, names: list[str]) -> ET.Element:
        exists = _ruleml_child(parent, "Exists")
        for name in names:
            _ruleml_child(exists, "Var", name)
        return _ruleml_child(exists, "And")

    def _variable(self) -> str:
        self._count += 1
        return f"x{self._count}"


def _atom(parent: ET.Element, relation: str, *variables: str) -> None:
    atom = _ruleml_child(parent, "Atom")
    _ruleml_child(atom, "Rel", iri=_TERMS + relation)
    for name in variables:
        _ruleml_child(atom, "Var", name)


def _lrml(name: str) -> str:
    return f"{{{LRML}}}{name}"


def _lrml_child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _lrml(name), attributes)


def _ruleml_child(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{RULEML}}}{name}", attributes)
    child.text = text
    return child


def _key(kind: str, name: str) -> str:
    """An XML id: letters, digits, dots, hyphens and underscores.

    Examples:
        >>> _key("norm", "gb-hfe-act-1990/s3-2")
        'norm.gb-hfe-act-1990..s3-2'
    """
    return f"{kind}.{name.replace('/', '..')}"
