"""From an assessment to a page in one language.

model.assessment -> PAGE -> blocks -> text | markdown | html
"""

from collections.abc import Iterable

from augkg.model.assessment import Assessment, Finding, Justification, OpenQuestion, Reason
from augkg.model.profile import Profile
from augkg.model.scores import Sensitivity
from augkg.model.vocabulary import Vocabulary
from augkg.present.blocks import Item, Mark, Page, Section
from augkg.present.catalogue import say
from augkg.present.score_pages import ScorePages
from augkg.terms import Modality, ScoreKind, State, Truth, Verdict

_QUESTIONS = 6
_OPEN_NORMS = 5
_MARKS = {Truth.TRUE: Mark.YES, Truth.FALSE: Mark.NO, Truth.UNKNOWN: Mark.OPEN}
_STATE_MARKS = {State.VIOLATED: Mark.NO, State.UNDETERMINED: Mark.OPEN}
_LEADS = {
    Verdict.PROHIBITED: "What was stated breaches a prohibition.",
    Verdict.NON_COMPLIANT: "What was stated breaches an obligation.",
    Verdict.COMPLIANT: "Every binding norm on file that applies is met.",
    Verdict.UNREGULATED: "No binding norm on file speaks to this. That is not a permission.",
}


class Pages:
    """Makes pages in one language, with the labels of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._vocabulary, self._language = vocabulary, language
        self._blocks = ScorePages(vocabulary, language)

    def _say(self, text: str, /, **parts: object) -> str:
        return say(text, self._language, **parts)

    def summary(self, assessment: Assessment) -> Page:
        """The answer: verdict, what decided it, conditions, what to find out, coverage."""
        by_id = {finding.norm: finding for finding in assessment.findings}
        decided = [by_id[name] for name in assessment.decided_by]
        open_verdict = assessment.verdict in (Verdict.UNDETERMINED, Verdict.CONDITIONAL)
        sections = [
            ("Red lines breached", [self._finding(by_id[name], brief=True) for name in assessment.red_lines]),
            ("Conditions", [self._condition_item(c.words[self._language], c) for c in assessment.conditions]),
            ("Decided by", [] if open_verdict else [self._finding(f, brief=True) for f in decided if not f.red_line]),
            ("Scores", self._scores(assessment)),
            ("To find out, the most telling first", self._questions(assessment.open_questions, assessment.verdict)),
            ("Open norms", self._some(decided) if open_verdict else []),
            (
                "Advisories: not binding, but breached",
                [self._finding(by_id[n], brief=True) for n in assessment.advisories],
            ),
        ]
        return self._page(assessment, sections)

    def explanation(self, assessment: Assessment, depth: int | None = None) -> Page:
        """The answer with the whole justification of each finding that matters."""
        by_id = {finding.norm: finding for finding in assessment.findings}
        shown = list(dict.fromkeys((*assessment.red_lines, *assessment.decided_by, *assessment.advisories)))
        rest = [f for f in assessment.findings if f.norm not in shown]
        sections = [
            ("Conditions", [self._condition_item(c.words[self._language], c) for c in assessment.conditions]),
            ("Scores", self._scores(assessment)),
            ("What decides, and why", [self._finding(by_id[name], depth=depth) for name in shown]),
            ("Other norms in question", [self._finding(f, brief=True) for f in rest]),
            ("To find out, the most telling first", self._questions(assessment.open_questions, assessment.verdict)),
        ]
        return self._page(assessment, sections)

    def norm(self, assessment: Assessment, finding: Finding, bound: bool, in_force: bool, depth: int | None) -> Page:
        """One norm: what it concludes, and why or why not."""
        place = self._list(assessment.jurisdictions)
        reach = []
        if not bound:
            reach.append(Item(text=self._say("it does not bind in {place} on that date", place=place), mark=Mark.NO))
        if not in_force:
            reach.append(Item(text=self._say("it is not in force on {day}", day=assessment.as_of), mark=Mark.NO))
        sections = [
            ("Place and date", reach),
            ("Why" if finding.state is not State.NOT_APPLICABLE else "Why not", [self._finding(finding, depth=depth)]),
        ]
        return self._page(assessment, sections)

    def score(self, assessment: Assessment, kind: ScoreKind, found: Sensitivity | None, profile: Profile) -> Page:
        """One score: what it is made of, and how it is set."""
        assert assessment.scores is not None
        match kind:
            case ScoreKind.RISK:
                sections = self._blocks.risk_sections(assessment.scores, found, profile)
            case ScoreKind.HEALTH:
                sections = self._blocks.health_sections(assessment.scores, profile)
            case ScoreKind.ETHICS:
                sections = self._blocks.ethics_sections(assessment.scores, profile)
        return self._page(assessment, ((s.heading, list(s.items)) for s in sections))

    # --- parts of a page

    def _scores(self, assessment: Assessment) -> list[Item]:
        return self._blocks.summary(assessment.scores) if assessment.scores else []

    def _some(self, findings: list[Finding]) -> list[Item]:
        items = [self._finding(finding, brief=True) for finding in findings[:_OPEN_NORMS]]
        left = len(findings) - len(items)
        return [*items, Item(text=self._say("and {n} more; `augkg explain` shows all", n=left))] if left else items

    def _list(self, texts: Iterable[str]) -> str:
        return self._say("comma").join(texts)

    def _page(self, assessment: Assessment, sections: Iterable[tuple[str, list[Item]]]) -> Page:
        title = assessment.title[self._language] if assessment.title else assessment.scenario
        places = self._list(self._place(code) for code in assessment.jurisdictions)
        greyed = assessment.scores is not None and assessment.scores.greyed
        subtitle = f"{places} · {assessment.date}"
        if assessment.as_of != assessment.date:
            subtitle += " · " + self._say("under the law of {day}", day=assessment.as_of)
        return Page(
            tone=assessment.verdict,
            banner=self._say(assessment.verdict),
            title=title,
            subtitle=subtitle,
            lead=self._lead(assessment),
            sections=tuple(
                Section(heading=self._say(h), items=tuple(items), greyed=greyed and h == "Scores")
                for h, items in sections
                if items
            ),
            foot=self._foot(assessment),
        )

    def _lead(self, assessment: Assessment) -> str:
        if assessment.verdict in (Verdict.UNDETERMINED, Verdict.CONDITIONAL):
            found = self._say("Nothing stated breaches; open norms: {n}.", n=len(assessment.decided_by))
            if assessment.verdict is Verdict.CONDITIONAL:
                return found + self._say("space") + self._say("It is compliant if what stands under Conditions holds.")
            return found + self._say("space") + self._say("More must be known before it can be judged.")
        if assessment.red_lines and not any(n not in assessment.red_lines for n in assessment.decided_by):
            return self._say("It breaches a red line; no binding law on file for this place says so itself.")
        if assessment.red_lines:
            return self._say("It breaches a red line, and the law of the place as well.")
        return self._say(_LEADS[assessment.verdict])

    def _foot(self, assessment: Assessment) -> tuple[str, ...]:
        c, r = assessment.coverage, assessment.receipt
        return (
            self._say(
                "On file for this place and date: {instruments} binding instruments with {norms} norms, {more} norms of "
                "others; {drafts} of all are drafts.",
                instruments=c.binding_instruments,
                norms=c.binding_norms,
                more=c.advisory_norms,
                drafts=c.draft_norms,
            ),
            self._say(
                "Receipt: augkg {augkg} · ontology {ontology} · rulebook {rulebook} · scenario {scenario}",
                augkg=r.augkg,
                ontology=r.ontology,
                rulebook=r.rulebook[:12],
                scenario=r.scenario[:12],
            ),
        )

    def _place(self, code: str) -> str:
        return self._vocabulary.jurisdictions[code].label[self._language]

    def _condition_item(self, words: str, condition: object) -> Item:
        bodies = getattr(condition, "obtained_from", ())
        asked = self._list(getattr(condition, "asked_by", ()))
        note = self._say("from {who}", who=self._list(b[self._language] for b in bodies)) if bodies else ""
        under = (Item(text=self._say("asked for by {norms}", norms=asked)),) if asked else ()
        return Item(text=words, mark=Mark.OPEN, note=note, items=under)

    def _questions(self, questions: tuple[OpenQuestion, ...], verdict: Verdict) -> list[Item]:
        if verdict not in (Verdict.UNDETERMINED, Verdict.CONDITIONAL):
            return []
        items = [self._question(question) for question in questions[:_QUESTIONS]]
        left = len(questions) - len(items)
        return [*items, Item(text=self._say("and {n} more; `-f json` lists all", n=left))] if left > 0 else items

    def _question(self, question: OpenQuestion) -> Item:
        could = self._say("or").join(self._say(verdict) for verdict in question.could_become)
        options = self._list(self._vocabulary.terms[name].label[self._language] for name in question.options[:6])
        more = self._say("…") if len(question.options) > 6 else ""
        norms = self._list(question.asked_by[:3]) + (self._say("…") if len(question.asked_by) > 3 else "")
        under = [Item(text=self._say("the norms tell apart: {options}", options=options + more))] if options else []
        under.append(Item(text=self._say("could become {verdicts}; asked by {norms}", verdicts=could, norms=norms)))
        return Item(text=question.question[self._language], mark=Mark.OPEN, note=question.fact, items=tuple(under))

    def _finding(self, finding: Finding, *, brief: bool = False, depth: int | None = None) -> Item:
        lang = self._language
        where = (
            f"{finding.title[lang]}, {finding.clause}" if lang == "en" else f"{finding.title[lang]}，{finding.clause}"
        )
        # An open norm that cannot be breached any more, such as a duty that is met and may be excepted besides.
        safe = (
            finding.state is State.UNDETERMINED and not finding.at_stake and finding.modality is not Modality.PERMISSION
        )
        state = self._say("not breached, whatever the rest" if safe else finding.state)
        if finding.red_line:
            state = self._say("red line") + self._say("space") + state
        if finding.status != "reviewed":
            state += f" · {self._say(finding.status)}"
        under = [Item(text=finding.gist[lang])]
        if finding.exception:
            under.append(Item(text=self._say("lifted by {norm}", norm=finding.exception), mark=Mark.YES))
        if finding.overridden_by:
            under.append(
                Item(text=self._say("overridden by {norm}", norm=self._list(finding.overridden_by)), mark=Mark.YES)
            )
        if not brief:
            under += [self._role(finding, part, depth) for part in finding.justification]
        return Item(
            text=where,
            mark=Mark.YES if safe else _STATE_MARKS.get(finding.state, Mark.YES),
            note=f"{finding.norm} · {self._say(finding.modality)} · {state}",
            link=finding.url,
            items=tuple(under),
        )

    def _role(self, finding: Finding, part: Justification, depth: int | None) -> Item:
        key = {
            "when": "applies when",
            "unless": "except when",
            "requires": "requires that",
            "provided": "provided that",
        }[part.role]
        name = f" ({part.name})" if part.name else ""
        inner = self._tree(part, depth, top=True)
        heading = self._say(key) + name
        bad = part.truth is Truth.TRUE and part.role == "when" and finding.modality is not Modality.PERMISSION
        mark = Mark.PLAIN if bad else _MARKS[part.truth]
        return Item(text=f"{heading}{self._say('colon')}{self._say(part.truth)}", mark=mark, items=inner)

    def _tree(self, part: Justification, depth: int | None, *, top: bool = False) -> tuple[Item, ...]:
        reasons = tuple(self._reason(reason) for reason in part.reasons)
        below = None if depth is None else depth - 1
        inside = () if depth == 0 else tuple(each for p in _telling(part) for each in self._tree(p, below))
        # The conjunction of a whole clause is said by its parts; its own words would only repeat them.
        if top and part.parts:
            return (*reasons, *inside)
        return (
            Item(
                text=part.words[self._language], mark=_MARKS[part.truth], note=part.condition, items=(*reasons, *inside)
            ),
        )

    def _reason(self, reason: Reason) -> Item:
        place = f"{reason.at}" if reason.at and reason.at.line else ""
        chain = self._chain(reason.chain)
        fact = reason.words[self._language] if reason.words else reason.fact
        match reason.kind:
            case "stated":
                text = self._say("stated: {fact}", fact=fact)
                if len(reason.chain) > 1:
                    text += self._say("space") + self._say("which is a {chain}", chain=chain)
            case "stated-false":
                text = self._say("stated not to be: {fact}", fact=fact)
            case "closed":
                text = self._say("the list given is complete: {fact}", fact=fact)
                if reason.other_chain:
                    pair = f"{chain} ⟂ {self._chain(tuple(reversed(reason.other_chain)), ' ⊒ ')}"
                    text += self._say("space") + self._say("excludes it ({chain})", chain=pair)
            case "measured":
                text = self._say("measured: {fact}", fact=fact)
            case "absent" if reason.fact is None:
                text = self._say("nothing is stated about it")
            case "absent":
                text = self._say("nothing is stated about {fact}", fact=self._facet(str(reason.fact)))
            case "open":
                text = self._say("{fact} is stated, which may or may not be so", fact=fact)
            case "untranslatable":
                text = self._say("the text says what no condition can: {fact}", fact=fact)
            case "no-parameter":
                text = self._say("no value of {fact} is on file for this place and date", fact=fact)
            case _:
                text = self._say("it comes out the same whatever the unknown parts are")
        return Item(text=text, note=place)

    def _facet(self, name: str) -> str:
        found = self._vocabulary.facets.get(name) or self._vocabulary.measures.get(name)
        return found.label[self._language] if found else name

    def _chain(self, names: tuple[str, ...], joint: str = " ⊑ ") -> str:
        if self._language == "en":
            return joint.join(names)
        return joint.join(self._vocabulary.terms[name].label.zh for name in names)


def _telling(part: Justification) -> tuple[Justification, ...]:
    """The parts that make a condition true or false; of an unknown one, all. JSON has every part always."""
    same = tuple(each for each in part.parts if each.truth is part.truth)
    return same if len(part.parts) > 1 and same and part.truth is not Truth.UNKNOWN else part.parts
