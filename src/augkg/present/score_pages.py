"""Scores in full: what each number is made of, where it comes from, and how it is set.

model.scores -> SCORE PAGES -> blocks
"""

from augkg.model.evidence import Estimate, Source
from augkg.model.profile import Number, Profile, Table, Triple
from augkg.model.scores import (
    Control,
    EthicsScore,
    IndicatorStatus,
    PersonHealth,
    PrincipleScore,
    RiskTerm,
    Scores,
    Sensitivity,
)
from augkg.present.blocks import Item, Mark, Section
from augkg.present.scores import ScoreBlocks, decimal, number
from augkg.terms import EstimateKind

_FEW = 6
_LITTLE = 0.001  # what would narrow the interval by less is not worth asking
_STATUS_MARKS = {"normal": Mark.YES, "outside": Mark.NO, "critical": Mark.NO, "unknown": Mark.OPEN}


class ScorePages(ScoreBlocks):
    """Makes the sections of a page about one score, in one language."""

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
            value = f"{number(float(e.likely or 0))} {e.unit[self._language] if e.unit else ''}"
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
            if u.narrows > _LITTLE
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
        plain = ethics.value is not None and not (ethics.red_line or ethics.capped_by or ethics.agreement)
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
