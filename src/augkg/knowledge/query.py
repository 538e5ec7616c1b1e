"""Ask the graph in SPARQL, with nothing fetched, nothing changed and an end in sight.

What reaches out (SERVICE, FROM, LOAD) is refused on the parse tree, before anything runs.
"""

import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from augkg.errors import AugkgError, LimitExceeded
from augkg.knowledge.namespace import AUG, PREFIXES
from augkg.model.law import Instrument, Norm

SECONDS = 30
_MAX_LENGTH = 20_000
_REFUSED = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}


def add_law(graph: Graph, instruments: Sequence[Instrument], norms: Sequence[Norm]) -> None:
    """Add instruments and norms to a graph, so that queries can speak of them."""
    for instrument in instruments:
        node = AUG[instrument.id]
        graph.add((node, RDF.type, AUG.Instrument))
        graph.add((node, DCTERMS.identifier, Literal(instrument.id)))
        graph.add((node, AUG.jurisdiction, AUG[f"jurisdiction-{instrument.jurisdiction}"]))
        for lang in ("en", "zh"):
            graph.add((node, RDFS.label, Literal(instrument.title[lang], lang=lang)))
    for norm in norms:
        node = AUG[norm.id]
        graph.add((node, RDF.type, AUG.Norm))
        graph.add((node, DCTERMS.identifier, Literal(norm.id)))
        graph.add((node, DCTERMS.isPartOf, AUG[norm.instrument]))
        graph.add((node, AUG.modality, Literal(str(norm.modality))))
        graph.add((node, AUG.clause, Literal(norm.cite.clause)))
        for lang in ("en", "zh"):
            graph.add((node, RDFS.label, Literal(norm.gist[lang], lang=lang)))
        for principle in norm.supports:
            graph.add((node, AUG.supports, AUG[principle]))


def run_query(graph: Graph, text: str, limit: int) -> tuple[list[str], list[list[str]]]:
    """Run a query.

    Args:
        graph: What is asked.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE; the project's prefixes are bound.
        limit: How many rows are returned at most.

    Returns:
        The names of the columns, and the rows as text.

    Raises:
        AugkgError: It is not SPARQL, or reaches out.
        LimitExceeded: It ran longer than it may.
    """
    if len(text) > _MAX_LENGTH:
        raise AugkgError("the query is longer than {most} characters", most=_MAX_LENGTH)
    try:
        tree = parseQuery(text)
    except Exception as error:  # pyparsing's, and RecursionError on nests
        raise AugkgError("this is not a SPARQL query: {why}", why=str(error).splitlines()[0]) from None
    for refused in _reaching_out(tree):
        raise AugkgError("`{word}` is refused: nothing is fetched", word=refused)
    try:
        query = translateQuery(tree, initNs=PREFIXES)
    except Exception as error:
        raise AugkgError("this is not a SPARQL query: {why}", why=error) from None
    with _time_limit(SECONDS):
        result = graph.query(query)
        if result.type == "ASK":
            return ["answer"], [[str(result.askAnswer).lower()]]
        if result.type == "SELECT":
            header = [str(v) for v in result.vars or ()]
            return header, _rows(result, limit)
        return ["subject", "predicate", "object"], _rows(result, limit)


def _rows(result: Iterable[Any], limit: int) -> list[list[str]]:
    return [[_text(value) for value in row] for row in islice(result, limit)]


def _reaching_out(tree: Any) -> Iterator[str]:
    queue = [tree]
    for each in queue:
        if isinstance(each, CompValue):
            if each.name in _REFUSED:
                yield _REFUSED[each.name]
            queue += each.values()
        elif not isinstance(each, str | bytes) and hasattr(each, "__iter__"):
            queue += list(each)


def _text(value: Any) -> str:
    if isinstance(value, URIRef):
        for prefix, namespace in PREFIXES.items():
            if str(value).startswith(str(namespace)):
                return f"{prefix}:{str(value)[len(str(namespace)) :]}"
    return "" if value is None else str(value)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise LimitExceeded("the query ran longer than {seconds} seconds", hint="ask for less", seconds=seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
