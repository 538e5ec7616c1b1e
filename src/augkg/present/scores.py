"""Scores as parts of a page: three lines under a verdict, and a page that says what each number is made of.

model.scores -> SCORES -> blocks
"""

from collections.abc import Iterable
from math import floor, log10

from augkg.model.evidence import Estimate, Source
from augkg.model.profile import Number, Profile, Table, Triple
from augkg.model.scores import (
    Control,
    EthicsScore,
    HealthScore,
    IndicatorStatus,
    PersonHealth,
    PrincipleScore,
    RiskScore,
    RiskTerm,
    Scores,
    Sensitivity,
)
from augkg.model.vocabulary import Vocabulary
from augkg.present.blocks import Item, Mark, Section
from augkg.present.catalogue import say
from augkg.terms import EstimateKind

_FEW = 6
_STATUS_MARKS = {"normal": Mark.YES, "outside": Mark.NO, "critical": Mark.NO, "unknown": Mark.OPEN}


class ScoreBlocks:
    """Makes parts of pages about scores, in one language."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._vocabulary, self._language = vocabulary, language
        self._evidence = vocabulary.evidence

    def _say(self, text: str, /, **parts: object) -> str:
        return say(text, self._language, **parts)

    def _list(self, texts: Iterable[str]) -> str:
        return self._say("comma").join(texts)

    # --- under a verdict

    def summary(self, scores: Scores) -> list[Item]:
        """One line for each score."""
        items = [self._risk(scores.risk), *self._health(scores.health), self._ethics(scores.ethics)]
        if scores.greyed:
            items.append(Item(text=self._say("a red line is breached: no score makes up for that"), mark=Mark.NO))
        return items

    def _risk(self, risk: RiskScore) -> Item:
        name = self._say("risk F")
        if risk.value is None:
            why = "no hazard is known to apply; some may" if risk.terms else "no hazard is on file for what was stated"
            if risk.context and not risk.terms:
                why = "what is on file are counts, rates or effects, and no probability"
            return Item(text=f"{name}{self._say('colon')}{self._say('not known')}", note=self._say(why), mark=Mark.OPEN)
        text = f"{name}{self._say('colon')}{self._percent(risk.value)}{self._ends(risk.interval, self._percent)}"
        if risk.risk_class is not None:
            text += self._say(", ") + self._say("class {name}", name=self._class_words(risk))
        note = (
            []
            if risk.class_by == "sum"
            else [self._say("set by the worst domain: {name}", name=self._domain(risk.class_by))]
        )
        if risk.inherent != risk.value:
            note.append(self._say("before safeguards {value}", value=self._percent(risk.inherent or 0.0)))
        note += [self._caution(name) for name in risk.cautions]
        return Item(text=text, note=self._say("; ").join(note))

    def _class_words(self, risk: RiskScore) -> str:
        words = self._say(f"risk: {risk.risk_class}")
        if risk.class_range and risk.class_range[0] != risk.class_range[1]:
            ends = [self._say(f"risk: {each}") for each in risk.class_range]
            words += self._say(" ({low} to {high})", low=ends[0], high=ends[1])
        return words

    def _caution(self, name: str) -> str:
        return self._say(
            {
                "mixed-units": "likelihoods per person, per embryo and the like are added up",
                "may-apply": "further hazards may apply",
                "doubtful": "some estimates are doubtful",
                "above-one": "above 100 %: more than one harm expected",
            }[name]
        )

    def _domain(self, name: str | None) -> str:
        return self._evidence.domains[str(name)].label[self._language]

    def _health(self, health: HealthScore) -> list[Item]:
        items = []
        if health.count:
            name, colon = self._say("health H"), self._say("colon")
            if health.value is None:
                why = self._say("no range on file fits, or sex or age is not stated")
                items.append(Item(text=f"{name}{colon}{self._say('not known')}", note=why, mark=Mark.OPEN))
            else:
                people = "" if health.count == 1 else self._say(", ") + self._say("mean of {n} people", n=health.count)
                text = f"{name}{colon}{decimal(health.value)}{self._ends(health.interval, decimal)}{people}"
                items.append(
                    Item(text=text, note=self._say("worst indicator: {status}", status=self._status(health.status)))
                )
        programme = health.programme
        there = sum(i.holds is True for i in programme.items)
        unknown = sum(i.holds is None for i in programme.items)
        text = self._say("health safeguards of the programme: {n} of {all}", n=there, all=len(programme.items))
        note = self._say("not known of {n}", n=unknown) if unknown else ""
        items.append(Item(text=text, note=note, mark=Mark.OPEN if unknown else Mark.PLAIN))
        return items

    def _status(self, status: str | None) -> str:
        return self._say(f"indicator: {status}")

    def _ethics(self, ethics: EthicsScore) -> Item:
        name, colon = self._say("ethics E"), self._say("colon")
        if ethics.value is None:
            interval = self._bounds(ethics.interval)
            why = "no norm that speaks protects a principle" if ethics.settled else "the assessors do not agree"
            return Item(text=f"{name}{colon}{self._say('not settled')}{interval}", note=self._say(why), mark=Mark.OPEN)
        text = f"{name}{colon}{decimal(ethics.value)}{self._bounds(ethics.interval)}"
        notes = []
        if ethics.red_line:
            notes.append(self._say("nought: a red line is breached"))
        elif ethics.capped_by:
            notes.append(self._say("capped by the veto of {name}", name=self._principle(ethics.capped_by)))
        elif ethics.worst:
            notes.append(self._say("worst: {name}", name=self._principle(ethics.worst)))
        return Item(text=text, note=self._say("; ").join(notes))

    def _principle(self, name: str) -> str:
        return self._vocabulary.principles[name].label[self._language]

    def _bounds(self, interval: tuple[float, float] | None) -> str:
        """What open findings leave: bounds, not a likely interval."""
        if interval is None or interval[0] == interval[1]:
            return ""
        return self._say(" (open between {low} and {high})", low=decimal(interval[0]), high=decimal(interval[1]))

    def _percent(self, value: float) -> str:
        text = percent(value)
        return text.replace(" ", "") if self._language == "zh" else text

    def _ends(self, interval: tuple[float, float] | None, write: object) -> str:
        if interval is None or not callable(write):
            return ""
        return self._say(" (90 %: {low} to {high})", low=write(interval[0]), high=write(interval[1]))

    # --- F in full

    def risk_sections(self, scores: Scores, found: Sensitivity | None, profile: Profile) -> list[Section]:
        """What F is made of."""
        risk = scores.risk
        known = sorted((t for t in risk.terms if t.applies), key=lambda t: (-t.weight * t.residual, t.hazard))
        summed = [t for t in known if not t.counted_in]
        formula = self._say("F = Σ w·r = {sum} = {value}", sum=" + ".join(f"{number(t.weight)}·{self._percent(t.residual)}" for t in summed), value=self._percent(risk.value or 0.0))  # fmt: skip
        domains = [
            Item(
                text=f"{d.label[self._language]}{self._say('colon')}{self._percent(d.residual)}",
                note=self._list(self._hazard(name) for name in d.hazards)
                + (
                    ""
                    if d.inherent == d.residual
                    else self._say("; ") + self._say("before safeguards {value}", value=self._percent(d.inherent))
                ),
            )
            for d in risk.domains
        ]
        sections = [
            ("Score", [self._risk(risk), *([Item(text=formula)] if summed else [])]),
            ("Terms of F", [self._term(t) for t in known]),
            ("Domains of harm, counted by severity", domains),
            ("What the interval consists of", self._swings(found) if found else []),
            ("What finding out would narrow", self._unknowns(found) if found else []),
            ("May apply", [self._term(t) for t in risk.terms if not t.applies]),
            (
                "On file, but no probability to count",
                [self._estimate(self._evidence.estimates[e]) for e in risk.context],
            ),
            ("How it is set", self._settings(profile, profile.risk)),
        ]
        return [Section(heading=self._say(h), items=tuple(items)) for h, items in sections if items]

    def _hazard(self, name: str) -> str:
        return self._evidence.hazards[name].label[self._language]

    def _term(self, t: RiskTerm) -> Item:
        product = f"{number(t.weight)} × {self._percent(t.residual)}"
        notes = [self._say(f"severity: {t.severity}"), self._say(f"per {t.per}")]
        notes.append(
            self._say(
                "lies between {low} and {high}", low=self._percent(t.interval[0]), high=self._percent(t.interval[1])
            )
        )
        under = []
        if t.counted_in:
            under.append(
                Item(
                    text=self._say("adds nothing: counted in {name}", name=self._list(map(self._hazard, t.counted_in)))
                )
            )
        if t.residual != t.likelihood:
            under.append(Item(text=self._say("{before} before safeguards", before=self._percent(t.likelihood))))
        if t.stated:
            under.append(Item(text=self._say("stated in the scenario")))
        for inherited in t.inherited:
            chain = self._chain(inherited.chain)
            key = "from {chain}" if len(inherited.chain) > 1 else "for {chain}"
            under.append(Item(text=self._say(key, chain=chain)))
        if t.none_seen_in:
            under.append(Item(text=self._say("not seen in {n}, which is not never: taken as ½ in {more}", n=t.none_seen_in, more=t.none_seen_in + 1)))  # fmt: skip
        if t.rule in ("pooled", "highest"):
            under.append(Item(text=self._say(f"rule: {t.rule}")))
        under += [self._estimate(self._evidence.estimates[e]) for e in t.estimates]
        for aside in t.set_aside:
            estimate = self._evidence.estimates[aside.estimate]
            item = self._estimate(estimate)
            under.append(Item(text=self._say("set aside ({why}): {what}", why=self._say(f"aside: {aside.why}"), what=item.text), note=item.note, link=item.link))  # fmt: skip
        under += [self._control(c) for c in t.controls]
        return Item(
            text=f"{t.label[self._language]}{self._say('colon')}{product}",
            mark=Mark.PLAIN if t.applies else Mark.OPEN,
            note=self._say("; ").join(notes),
            items=tuple(under),
        )

    def _chain(self, names: tuple[str, ...]) -> str:
        return " ⊑ ".join(self._vocabulary.terms[name].label[self._language] for name in names)

    def _estimate(self, e: Estimate) -> Item:
        if e.kind is EstimateKind.PROBABILITY:
            value = self._percent(float(e.likely or 0))
            if e.trials:
                value += self._say(" ({events} of {trials})", events=e.events, trials=e.trials)
        elif e.kind is EstimateKind.QUALITATIVE:
            value = self._say("no number")
        else:
            value = f"{number(float(e.likely or 0))} {e.unit}"
        parts = [f"{self._hazard(e.hazard)}{self._say('colon')}{value}", e.population[self._language]]
        if e.horizon:
            parts.append(e.horizon[self._language])
        notes = [self._source(e.source)]
        notes += [self._say("doubtful: {why}", why=e.doubt[self._language])] if e.doubt else []
        notes += [self._say("for comparison: {why}", why=e.comparator[self._language])] if e.comparator else []
        if e.kind is not EstimateKind.PROBABILITY:
            notes.append(self._say(f"kind: {e.kind}"))
        return Item(text=self._say(", ").join(parts), note=self._say("; ").join(notes), link=e.source.url or "")

    def _source(self, source: Source) -> str:
        return f"{source.citation} · {self._say(f'evidence: {source.evidence}')}"

    def _control(self, c: Control) -> Item:
        label = self._vocabulary.terms[c.safeguard].label[self._language]
        key = {True: "in place", None: "not known whether in place", False: "not in place"}[c.stated]
        what = "lowers the likelihood by {share}" if c.lowers == "likelihood" else "lowers the severity by {share}"
        comparison = self._evidence.mitigations[c.mitigation].comparison[self._language]
        return Item(
            text=f"{label}{self._say('colon')}{self._say(what, share=self._percent(c.share))}{self._say(', ')}{self._say(key)}",
            mark=Mark.YES if c.stated else Mark.OPEN,
            note=f"{comparison} {self._source(c.source)}",
            link=c.source.url or "",
        )

    def _swings(self, found: Sensitivity) -> list[Item]:
        items = [
            Item(
                text=f"{s.label[self._language]}{self._say('colon')}{self._percent(s.low)} – {self._percent(s.high)}",
                note=self._say("{share} of the variance", share=self._percent(max(0.0, s.first))),
            )
            for s in found.swings[:_FEW]
        ]
        left = len(found.swings) - len(items)
        return [*items, Item(text=self._say("and {n} more; `-f json` lists all", n=left))] if left else items

    def _unknowns(self, found: Sensitivity) -> list[Item]:
        return [
            Item(
                text=u.label[self._language],
                note=self._say(
                    "knowing it is expected to narrow the interval by {share}", share=self._percent(max(0.0, u.narrows))
                ),
                mark=Mark.OPEN,
            )
            for u in found.unknowns[:_FEW]
        ]

    def _settings(self, profile: Profile, part: object) -> list[Item]:
        items = [Item(text=self._say("profile {name}", name=profile.title[self._language]))]
        for key in getattr(part, "__struct_fields__", ()):
            setting = getattr(part, key)
            items.append(Item(text=f"{self._say(f'setting: {key}')}{self._say('colon')}{self._setting(setting)}", note=setting.why[self._language]))  # fmt: skip
        return items

    def _setting(self, setting: Number | Triple | Table) -> str:
        match setting:
            case Number():
                return f"{setting.value.normalize():f}"
            case Triple():
                return f"{setting.likely.normalize():f} ({setting.low.normalize():f} – {setting.high.normalize():f})"
            case _:
                table = [f"{self._named(k)} {v.normalize():f}" for k, v in setting.value.items()]
                return self._list(table) if table else self._say("none")

    def _named(self, name: str) -> str:
        known = (
            self._vocabulary.principles.get(name)
            or self._evidence.hazards.get(name)
            or self._evidence.domains.get(name)
        )
        if known is not None:
            return known.label[self._language]
        for prefix in ("severity: ", "evidence: ", "risk: "):
            words = self._say(prefix + name)
            if words != prefix + name:
                return words
        return self._say(name)

    # --- H in full

    def health_sections(self, scores: Scores, profile: Profile) -> list[Section]:
        """What H is made of."""
        health = scores.health
        programme = [
            Item(
                text=i.label[self._language],
                mark={True: Mark.YES, False: Mark.NO, None: Mark.OPEN}[i.holds],
                note=self._say({True: "in place", False: "not in place", None: "nothing is stated about it"}[i.holds]),
            )
            for i in health.programme.items
        ]
        people = [self._person(p) for p in health.people]
        if health.counts and not people:
            people = [
                Item(text=self._say("{status}: {n} people", status=self._status(k), n=n))
                for k, n in health.counts.items()
            ]
        sections = [
            ("Score", self._health(health)),
            ("People and their indicators", people),
            ("Health safeguards of the programme", programme),
            ("How it is set", self._settings(profile, profile.health)),
        ]
        return [Section(heading=self._say(h), items=tuple(items)) for h, items in sections if items]

    def _person(self, p: PersonHealth) -> Item:
        value = self._say("not known") if p.value is None else f"{decimal(p.value)}{self._ends(p.interval, decimal)}"
        under = [self._indicator(i) for i in p.indicators]
        if p.missing:
            under.append(Item(text=self._say("not given, the median of the fitted table is taken: {names}", names=self._list(p.missing)), mark=Mark.OPEN))  # fmt: skip
        if p.beyond_fit:
            under.append(Item(text=self._say("beyond what the model was fitted to: {names}", names=self._list(p.beyond_fit)), mark=Mark.OPEN))  # fmt: skip
        return Item(
            text=f"{self._say('person {id}', id=p.id)}{self._say('colon')}H = {value}", mark=_STATUS_MARKS[p.status], items=tuple(under)
        )  # fmt: skip

    def _indicator(self, i: IndicatorStatus) -> Item:
        ranges = []
        if i.low is not None or i.high is not None:
            ranges.append(self._say("reference {range}", range=_range(i.low, i.high)))
        if i.critical_low is not None or i.critical_high is not None:
            ranges.append(self._say("critical beyond {range}", range=_range(i.critical_low, i.critical_high)))
        notes = [*ranges, *([self._source(i.source)] if i.source else [])]
        return Item(
            text=f"{i.label[self._language]}{self._say('colon')}{number(i.value)} {i.unit}{self._say(', ')}{self._status(i.status)}",
            mark=_STATUS_MARKS[i.status],
            note=self._say("; ").join(notes),
            link=(i.source.url or "") if i.source else "",
        )

    # --- E in full

    def ethics_sections(self, scores: Scores, profile: Profile) -> list[Section]:
        """What E is made of."""
        ethics = scores.ethics
        worst = min((p.value for p in ethics.principles), default=0.0)
        weights = sum(p.weight for p in ethics.principles) or 1.0
        mean = sum(p.weight * p.value for p in ethics.principles) / weights
        formula = self._say("E = α·min + (1 − α)·mean, here {alpha}·{worst} + {rest}·{mean}", alpha=number(ethics.alpha),
                            worst=decimal(worst), rest=number(round(1 - ethics.alpha, 6)), mean=decimal(mean))  # fmt: skip
        plain = not (ethics.red_line or ethics.capped_by or ethics.agreement) and ethics.principles
        sections = [
            ("Score", [self._ethics(ethics), *([Item(text=formula)] if plain else [])]),
            (
                "Principles, the worst first",
                [self._principle_item(p) for p in sorted(ethics.principles, key=lambda p: (p.value, p.principle))],
            ),
            ("Assessors", self._agreement(ethics, profile)),
            ("How it is set", self._settings(profile, profile.ethics)),
        ]
        return [Section(heading=self._say(h), items=tuple(items)) for h, items in sections if items]

    def _principle_item(self, p: PrincipleScore) -> Item:
        under = [
            Item(text=self._say(key, norms=self._some(norms)), mark=mark)
            for key, norms, mark in (
                ("breached: {norms}", p.breached, Mark.NO),
                ("open: {norms}", p.open, Mark.OPEN),
                ("met: {norms}", p.met, Mark.YES),
            )
            if norms
        ]
        if p.rated is not None:
            under.append(Item(text=self._say("rated by assessors: {value}", value=decimal(p.rated))))
        if p.vetoes:
            under.append(Item(text=self._say("below its veto: it caps E"), mark=Mark.NO))
        text = f"{p.label[self._language]}{self._say('colon')}{decimal(p.value)}"
        ends = "" if p.interval[0] == p.interval[1] else self._say("between {low} and {high}", low=decimal(p.interval[0]), high=decimal(p.interval[1]))  # fmt: skip
        return Item(text=text, note=ends, items=tuple(under))

    def _some(self, norms: tuple[str, ...]) -> str:
        more = self._say(" and {n} more", n=len(norms) - _FEW) if len(norms) > _FEW else ""
        return self._list(norms[:_FEW]) + more

    def _agreement(self, ethics: EthicsScore, profile: Profile) -> list[Item]:
        found = ethics.agreement
        if found is None:
            return []
        items = [
            Item(text=f"{name}{self._say('colon')}E = {decimal(value)}") for name, value in found.by_assessor.items()
        ]
        if len(found.assessors) > 1:
            alpha = self._say("not known") if found.alpha is None else decimal(found.alpha)
            limit = f"{profile.ethics.agreement.value.normalize():f}"
            text = self._say("Krippendorff's α: {alpha}", alpha=alpha) + self._ends(found.interval, decimal)
            note = self._say("on {n} matters; settled from {limit} on", n=len(found.matters), limit=limit)
            items.append(Item(text=text, note=note, mark=Mark.YES if ethics.settled else Mark.NO))
        return items


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"≤ {number(high or 0.0)}"
    return f"≥ {number(low)}" if high is None else f"{number(low)} – {number(high)}"


def number(value: float) -> str:
    """A number with at most four digits that count.

    Examples:
        >>> number(1.0), number(0.30001), number(1336.0)
        ('1', '0.3', '1336')
    """
    if value and abs(value) < 1e-4:
        return f"{value:.2g}"
    digits = max(0, 3 - floor(log10(abs(value)))) if value else 0
    return f"{round(value, digits):.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def percent(value: float) -> str:
    """A share in percent, with three digits that count.

    Examples:
        >>> percent(0.011), percent(0.5), percent(0.000834), percent(1.587241)
        ('1.1 %', '50 %', '0.0834 %', '159 %')
    """
    shown = 100 * value
    if shown and abs(shown) < 1e-3:
        return f"{shown:.1g} %"
    digits = max(0, 2 - floor(log10(abs(shown)))) if shown else 0
    text = f"{shown:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def decimal(value: float) -> str:
    """A number between 0 and 1 with two places."""
    return f"{value:.2f}"
