"""The method's concept graph: walked, and drawn as DOT or SVG."""

from html import escape

import networkx as nx

from augkg.errors import AugkgError, did_you_mean
from augkg.model.vocabulary import Vocabulary

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 190, 46, 40, 64, 24


def concept_digraph(vocabulary: Vocabulary) -> "nx.DiGraph[str]":
    """The concepts and the directed edges between them."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(vocabulary.concepts))
    graph.add_edges_from((a, b) for a, c in sorted(vocabulary.concepts.items()) for b in c.leads_to)
    return graph


def walk_from(vocabulary: Vocabulary, start: str) -> list[tuple[str, str]]:
    """The edges met on a walk from a concept, nearest first."""
    graph = concept_digraph(vocabulary)
    if start not in graph:
        near = did_you_mean(start, graph.nodes)
        raise AugkgError(
            "`{word}` is not a concept", hint="did you mean `{near}`?" if near else None, word=start, near=near
        )
    return list(nx.bfs_edges(graph, start))


def render_dot(vocabulary: Vocabulary, language: str) -> str:
    """The graph in Graphviz's language."""
    nodes = "".join(f'  {n} [label="{c.label[language]}"];\n' for n, c in sorted(vocabulary.concepts.items()))
    edges = "".join(f"  {a} -> {b};\n" for a, b in concept_digraph(vocabulary).edges)
    return f"digraph concepts {{\n  node [shape=box, style=rounded];\n{nodes}{edges}}}\n"


def render_svg(vocabulary: Vocabulary, language: str) -> str:
    """The graph as a drawing, each concept below all that lead to it."""
    graph = concept_digraph(vocabulary)
    layers = [sorted(layer) for layer in nx.topological_generations(graph)]
    widest = max(map(len, layers))
    width = widest * (_WIDTH + _GAP_X) - _GAP_X + 2 * _MARGIN
    height = len(layers) * (_HEIGHT + _GAP_Y) - _GAP_Y + 2 * _MARGIN
    spots: dict[str, tuple[float, float]] = {}
    for row, layer in enumerate(layers):
        left = (width - (len(layer) * (_WIDTH + _GAP_X) - _GAP_X)) / 2
        for column, name in enumerate(layer):
            spots[name] = (left + column * (_WIDTH + _GAP_X), _MARGIN + row * (_HEIGHT + _GAP_Y))
    lines = [_edge(spots[a], spots[b]) for a, b in graph.edges]
    boxes = [_box(spots[name], vocabulary.concepts[name].label[language]) for name in graph]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        'font-family="system-ui,Noto Sans CJK SC,sans-serif" font-size="14">\n'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#5b6570"/></marker></defs>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(lines)}{"".join(boxes)}</svg>\n'
    )


def _edge(a: tuple[float, float], b: tuple[float, float]) -> str:
    x1, y1, x2, y2 = a[0] + _WIDTH / 2, a[1] + _HEIGHT, b[0] + _WIDTH / 2, b[1]
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:.0f} {y1:.0f} C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}" '
        'fill="none" stroke="#9aa4ae" stroke-width="1.3" marker-end="url(#a)"/>\n'
    )


def _box(spot: tuple[float, float], label: str) -> str:
    x, y = spot
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="9" fill="#eef3f8" stroke="#48617a"/>'
        f'<text x="{x + _WIDTH / 2:.0f}" y="{y + _HEIGHT / 2 + 5:.0f}" text-anchor="middle" fill="#1b1f24">{escape(label)}</text>\n'
    )
