"""`augkg rules`: list, show, check, test, coverage, new, export, import."""

from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Annotated

import typer

from augkg import api
from augkg.cli.session import Session, columns_of, emit, t
from augkg.errors import AugkgError
from augkg.model.law import Norm
from augkg.present.catalogue import say_issue
from augkg.present.text import wrap
from augkg.terms import InstrumentKind

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("list", help=t("List the norms on file."))
def list_norms(
    context: typer.Context,
    jurisdiction: Annotated[str | None, typer.Option("-j", help=t("Only instruments of this jurisdiction."))] = None,
    instruments: Annotated[bool, typer.Option("--instruments", help=t("List instruments instead."))] = False,
    json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
) -> None:
    """List norms or instruments."""
    session: Session = context.obj
    rulebook = session.rulebook()
    lang = session.language
    chosen = [i for i in rulebook.instruments.values() if jurisdiction in (None, i.jurisdiction)]
    if instruments:
        count = {i.id: sum(n.instrument == i.id for n in rulebook.norms) for i in chosen}
        if json:
            emit(
                api.to_json(
                    [
                        {"id": i.id, "jurisdiction": i.jurisdiction, "title": i.title, "norms": count[i.id]}
                        for i in chosen
                    ]
                ),
                None,
            )
        else:
            print("\n".join(columns_of([(i.id, i.jurisdiction, count[i.id], i.title[lang]) for i in chosen])))
        return
    ids = {i.id for i in chosen}
    norms = [n for n in rulebook.norms if n.instrument in ids or (n.red_line and jurisdiction is None)]
    if json:
        emit(api.to_json(norms), None)
    else:
        print(
            "\n".join(
                columns_of([(n.id, session.say(n.modality), session.say(n.status), n.cite.clause) for n in norms])
            )
        )
        session.hint("{n} norms of {m} instruments", n=len(norms), m=len(ids))


@app.command("show", help=t("Show a norm, or all norms of an instrument."))
def show(context: typer.Context, id: Annotated[str, typer.Argument(help=t("The id of a norm or instrument."))]) -> None:
    """Show norms in words and in Manchester syntax."""
    session: Session = context.obj
    rulebook = session.rulebook()
    for norm in api.find_norms(rulebook, id):
        print("\n".join(_norm_lines(norm, session, api.norm_words(rulebook, norm, session.language))) + "\n")


def _norm_lines(norm: Norm, session: Session, words: dict[str, tuple[str, str]]) -> list[str]:
    say, lang = session.say, session.language
    keys = {"when": "applies when", "requires": "requires that", "provided": "provided that"}
    rows = [(1, norm.gist[lang])]
    for role, (text, spoken) in words.items():
        label = say(keys[role]) if role in keys else f"{say('except when')} ({role})"
        rows += [(1, f"{label}{say('colon')}{spoken}"), (2, text)]
    dates = say("comma").join(f"{i.since or '…'} – {i.until or '…'}" for i in norm.in_force)
    rows.append((1, f"{say('in force')}{say('colon')}{dates}"))
    if norm.overrides or norm.yields_to:
        rows.append((1, f"{say('overrides')}{say('colon')}{say('comma').join((*norm.overrides, *norm.yields_to))}"))
    rows += [(1, say("the text says what no condition can: {fact}", fact=u.text_gist)) for u in norm.untranslatable]
    rows += [(1, norm.note)] if norm.note else []
    head = f"{norm.id} · {say(norm.modality)} · {say(norm.status)} · {norm.cite.clause}"
    return [head, *("  " * depth + line for depth, text in rows for line in wrap(text, session.width() - 2 * depth))]


@app.command("check", help=t("Check rule packs and the ontology."))
def check(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help=t("Packs to check; all unless given."))] = None,
    deep: Annotated[
        bool, typer.Option("--deep", help=t("Check the whole rulebook with a solver: clashes, dead exceptions, gaps …"))
    ] = False,
    only: Annotated[str | None, typer.Option(help=t("Run this one of the deep checks alone."))] = None,
    notes: Annotated[bool, typer.Option("--notes", help=t("Show notes too."))] = False,
    json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
) -> int:
    """Check packs; exit 2 if there is an error."""
    session: Session = context.obj
    issues = api.check_rules(session.rules, files)
    if deep:
        day = session.as_of or date.today()  # noqa: DTZ011  # the reader's own day
        issues += api.deep_check(session.rules, day=day, only=only)
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    for issue in issues:
        counts[issue.severity] += 1
    if json:
        emit(api.to_json(issues), None)
        return 2 if counts["error"] else 0
    for issue in issues:
        if issue.severity != "note" or notes:
            print(say_issue(issue, session.language))
            if issue.witness is not None:
                print(indent(api.scenario_text(issue.witness, session.rulebook()), "    "))
    print(session.say("{error} errors, {warning} warnings, {note} notes", **counts))
    return 2 if counts["error"] else 0


@app.command("test", help=t("Run the tests that stand in rule packs."))
def run_tests(
    context: typer.Context,
    only: Annotated[str | None, typer.Argument(help=t("An instrument or norm, or the start of its id."))] = None,
) -> int:
    """Run tests; exit 1 if one fails or something is untried."""
    session: Session = context.obj
    trials, tried = api.run_tests(session.rules, only)
    failed = [trial for trial in trials if trial.failure]
    for trial in failed:
        print(f"✗ {trial.norm}: {trial.test}: {trial.failure}")
    gaps = 0
    for each in tried:
        missing = [session.say("never bites")] * (not each.bites) + [session.say("is never clear")] * (not each.clear)
        missing += [session.say("the exception {id} never holds", id=e) for e in each.exceptions_untried]
        gaps += bool(missing)
        if missing:
            print(f"? {each.norm}: {'; '.join(missing)}")
    exceptions = sum(len(each.exceptions_tried) for each in tried)
    print(
        session.say(
            "{tests} tests of {norms} norms: {failed} failed; {both} norms tried both ways, {exceptions} exceptions tried, "
            "{gaps} norms with something untried",
            tests=len(trials),
            norms=len(tried),
            failed=len(failed),
            both=sum(each.bites and each.clear for each in tried),
            exceptions=exceptions,
            gaps=gaps,
        )
    )
    return int(bool(failed or gaps))


@app.command("coverage", help=t("Say what the rulebook covers, by jurisdiction, and what was left out and why."))
def coverage(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown", help=t("The whole page, as Markdown."))] = False,
    json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
) -> None:
    """Count instruments and norms."""
    from augkg.present.coverage import CoveragePages

    session: Session = context.obj
    rulebook = session.rulebook()
    found = api.coverage(rulebook)
    pages = CoveragePages(found, rulebook.vocabulary, session.language)
    if json:
        emit(api.to_json(found), None)
    elif markdown:
        emit(pages.markdown(), None)
    else:
        print("\n".join([*columns_of(pages.by_jurisdiction()), "", *columns_of(pages.by_family())]))


@app.command("new", help=t("Write a commented rule pack to start from."))
def new(
    context: typer.Context,
    instrument: Annotated[str, typer.Option(help=t("Its id, such as fr-code-du-sport."))],
    jurisdiction: Annotated[str, typer.Option("-j", help=t("Its jurisdiction."))],
    title: Annotated[str, typer.Option(help=t("Its title in English."))],
    title_zh: Annotated[str, typer.Option(help=t("Its title in Chinese."))],
    kind: Annotated[InstrumentKind, typer.Option(help=t("What kind of text it is."))] = InstrumentKind.STATUTE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("The file; its id with .yaml unless given."))
    ] = None,
) -> None:
    """Start a pack; an existing file is never overwritten."""
    session: Session = context.obj
    path = api.new_pack(instrument, jurisdiction, title, title_zh, kind, output)
    print(path)
    session.hint(
        "`augkg rules check {file}` and `augkg --rules DIR rules test {id}` come next.", file=path, id=instrument
    )


@app.command("export", help=t("Write the rulebook, or one instrument of it, in another form."))
def export(
    context: typer.Context,
    id: Annotated[str | None, typer.Argument(help=t("An instrument; the whole rulebook unless given."))] = None,
    form: Annotated[
        api.ExportForm,
        typer.Option(
            "-f", "--format", help=t("owl (with the ontology), legalruleml, shacl, or turtle (the pack itself).")
        ),
    ] = api.ExportForm.OWL,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("The file; for RDF its ending says how: .ttl .nt .owl .rdf"))
    ] = None,
) -> None:
    """Export; what could not be written is said on stderr."""
    session: Session = context.obj
    day = session.as_of or date.today()  # noqa: DTZ011  # the reader's own day
    suffix = output.suffix if output is not None else ".ttl"
    data, left_out = api.export_rules(session.rulebook(), form, day, id, suffix)
    emit(data, output)
    if left_out:
        session.hint(
            "left out, because a number in them has no value on {day}: {norms}",
            day=day,
            norms=session.say("comma").join(left_out),
        )


@app.command("import", help=t("Turn a rule pack in Turtle into a file to work on."))
def import_(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help=t("The Turtle file, as `augkg rules export` writes it."))
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("The file; its id with .yaml unless given."))
    ] = None,
) -> None:
    """Import; a pack with errors is not written, and an existing file never overwritten."""
    session: Session = context.obj
    id, data = api.import_pack(source)
    path = output or Path(f"{id}.yaml")
    if path.exists():
        raise AugkgError("`{file}` is there already", hint="choose another name with `-o`", file=path)
    emit(data, path)
    print(path)
    session.hint("`augkg rules check {file}` and `augkg --rules DIR rules test {id}` come next.", file=path, id=id)
