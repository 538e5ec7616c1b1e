"""The coverage of the rulebook as text and as a page of the docs.

model.coverage -> COVERAGE -> tables in one language
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from augkg.model.coverage import InstrumentCoverage, RulebookCoverage
from augkg.model.vocabulary import Vocabulary
from augkg.present.catalogue import say
from augkg.terms import Status

Table = list[tuple[str, ...]]
_ANY = "any"


class CoveragePages:
    """Makes the tables of a coverage in one language."""

    def __init__(self, coverage: RulebookCoverage, vocabulary: Vocabulary, language: str) -> None:
        self._coverage, self._vocabulary, self._language = coverage, vocabulary, language
        codes = {each.jurisdiction for each in coverage.instruments}
        self._codes = sorted(codes | {each.jurisdiction for each in coverage.left_out})

    def _say(self, text: str, /, **parts: object) -> str:
        return say(text, self._language, **parts)

    def by_jurisdiction(self) -> Table:
        """For each jurisdiction its instruments, norms by status, what was left out, the oldest last review."""
        statuses = (Status.REVIEWED, Status.DRAFT, Status.DISPUTED)
        header = ("code", "place", "instruments", "of them binding", "norms", *statuses, "left out", "last review")
        rows: Table = [tuple(self._say(each) for each in header)]
        left_out = Counter(each.jurisdiction for each in self._coverage.left_out)
        for code in self._codes:
            rows.append(self._row(code, self._of(code), statuses, left_out[code]))
        rows.append(self._row("", self._coverage.instruments, statuses, left_out.total()))
        return rows

    def _row(
        self, code: str, here: Sequence[InstrumentCoverage], statuses: Sequence[Status], left_out: int
    ) -> tuple[str, ...]:
        count = Counter[Status]()
        for each in here:
            count.update(each.statuses)
        place = self._vocabulary.jurisdictions[code].label[self._language] if code else self._say("all")
        days = [each.reviewed_on for each in here if each.reviewed_on]
        numbers = (
            len(here),
            sum(each.binding for each in here),
            count.total(),
            *(count[s] for s in statuses),
            left_out,
        )
        return (code, place, *map(str, numbers), str(min(days)) if days else "–")

    def by_family(self) -> Table:
        """For each jurisdiction the number of norms about each family of technologies."""
        families = sorted({family for each in self._coverage.instruments for family in each.families} - {_ANY})
        labels = (self._vocabulary.terms[family].label[self._language] for family in families)
        rows: Table = [(self._say("code"), *labels, self._say("any technology"))]
        for code in self._codes:
            count = Counter[str]()
            for each in self._of(code):
                count.update(each.families)
            rows.append((code, *(str(count[family] or "·") for family in (*families, _ANY))))
        return rows

    def _of(self, code: str) -> list[InstrumentCoverage]:
        return [each for each in self._coverage.instruments if each.jurisdiction == code]

    def instruments(self) -> Table:
        """Each instrument with its norms by status and the day of its last review."""
        header = ("code", "id", "title", "binding", "norms", "last review")
        rows: Table = [tuple(self._say(each) for each in header)]
        for each in self._coverage.instruments:
            counts = self._say("comma").join(f"{n} {self._say(status)}" for status, n in each.statuses.items())
            binding = self._say("yes" if each.binding else "no")
            day = str(each.reviewed_on or "–")
            rows.append((each.jurisdiction, each.id, each.title[self._language], binding, counts, day))
        return rows

    def left_out(self) -> Table:
        """What was left out, and why."""
        header = ("code", "title", "clause", "reason")
        rows: Table = [tuple(self._say(each) for each in header)]
        rows += [(e.jurisdiction, e.title, e.clause, e.reason[self._language]) for e in self._coverage.left_out]
        return rows

    def markdown(self) -> str:
        """The page of the docs."""
        sections = (
            ("By jurisdiction", self.by_jurisdiction()),
            ("Norms by family of technologies", self.by_family()),
            ("Instruments", self.instruments()),
            ("Left out, and why", self.left_out()),
        )
        body = "".join(f"\n## {self._say(heading)}\n\n{_table(table)}" for heading, table in sections)
        lead = self._say(
            "What the rulebook holds and what it does not. Generated from the packs; a norm is reviewed when its text "
            "was seen, a draft when it was not."
        )
        return f"# {self._say('Coverage')}\n\n{lead}\n{body}"


def _table(rows: Iterable[Sequence[str]]) -> str:
    header, *rest = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    lines = [header, ["---"] * len(header), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
