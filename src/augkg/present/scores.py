"""Scores under a verdict: a line for each, and how numbers are written.

model.scores -> SCORES -> blocks
"""

from collections.abc import Iterable
from math import floor, log10

from augkg.model.scores import EthicsScore, HealthScore, RiskScore, Scores
from augkg.model.vocabulary import Vocabulary
from augkg.present.blocks import Item, Mark
from augkg.present.catalogue import say


class ScoreBlocks:
    """Makes lines about scores, in one language."""

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
            why = "no hazard is on file for what was stated"
            if risk.context and not risk.terms:
                why = "what is on file are counts, rates or effects, and no probability"
            if risk.terms:
                why = "no hazard is known to apply; some may"
            ends = self._ends(risk.interval, self._percent) if risk.terms else ""
            return Item(text=f"{name}{self._say('colon')}{self._say('not known')}{ends}", note=self._say(why), mark=Mark.OPEN)  # fmt: skip
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
            if not ethics.settled:
                what, why = "not settled", "the assessors do not agree"
            elif ethics.principles:
                what, why = "not known", "everything that bears on it is open"
            else:
                what, why = "not known", "no norm that speaks protects a principle"
            return Item(text=f"{name}{colon}{self._say(what)}{interval}", note=self._say(why), mark=Mark.OPEN)
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
