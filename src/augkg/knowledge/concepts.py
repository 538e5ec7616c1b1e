"""The method's concept graph: walked, and drawn as DOT or SVG."""

from html import escape
from itertools import pairwise

import networkx as nx

from augkg.errors import AugkgError, did_you_mean
from augkg.model.vocabulary import Vocabulary

_WIDTH, _HEIGHT, _BEND, _GAP_X, _GAP_Y, _MARGIN = 180, 46, 8, 26, 70, 24


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
    """The graph as a drawing: each concept below all that lead to it, long edges led between the boxes."""
    graph = concept_digraph(vocabulary)
    paths = _paths(graph)
    spots, width, height = _spots(graph, paths)
    lines = [_edge([spots[each] for each in path]) for path in paths]
    boxes = [_box(spots[name], vocabulary.concepts[name].label[language]) for name in graph]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        'font-family="system-ui,Noto Sans CJK SC,sans-serif" font-size="14">\n'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#5b6570"/></marker></defs>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(lines)}{"".join(boxes)}</svg>\n'
    )


def _paths(graph: "nx.DiGraph[str]") -> list[list[str]]:
    """Each edge as the places it passes: on every layer between its ends a place of its own (`a>b>layer`)."""
    layer = {name: row for row, names in enumerate(nx.topological_generations(graph)) for name in names}
    return [[a, *(f"{a}>{b}>{row}" for row in range(layer[a] + 1, layer[b])), b] for a, b in graph.edges]


def _spots(graph: "nx.DiGraph[str]", paths: list[list[str]]) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The middle of each place, ordered within its layer so that edges run near to straight; width and height."""
    layers = [sorted(layer) for layer in nx.topological_generations(graph)]
    for path in paths:
        for each in path[1:-1]:
            layers[int(each.rpartition(">")[2])].append(each)
    above = {b: [a for path in paths for a, other in pairwise(path) if other == b] for layer in layers for b in layer}
    below = {a: [b for path in paths for other, b in pairwise(path) if other == a] for layer in layers for a in layer}
    place = {name: float(i) for layer in layers for i, name in enumerate(layer)}
    for _ in range(8):
        for near, sweep in ((above, layers), (below, layers[::-1])):
            for layer in sweep:
                middle = {n: sum(place[m] for m in near[n]) / len(near[n]) if near[n] else place[n] for n in layer}
                layer.sort(key=lambda name: (middle[name], name))
                place.update({name: i - len(layer) / 2 for i, name in enumerate(layer)})
    sizes: list[list[int]] = [[_BEND if ">" in name else _WIDTH for name in layer] for layer in layers]
    width = max(sum(size) + _GAP_X * (len(size) - 1) for size in sizes) + 2 * _MARGIN
    spots: dict[str, tuple[float, float]] = {}
    for row, (layer, size) in enumerate(zip(layers, sizes, strict=True)):
        left = (width - sum(size) - _GAP_X * (len(size) - 1)) / 2
        for name, span in zip(layer, size, strict=True):
            spots[name] = (left + span / 2, _MARGIN + _HEIGHT / 2 + row * (_HEIGHT + _GAP_Y))
            left += span + _GAP_X
    return spots, width, len(layers) * (_HEIGHT + _GAP_Y) - _GAP_Y + 2 * _MARGIN


def _edge(spots: list[tuple[float, float]]) -> str:
    x, y = spots[0]
    text = f"M{x:.0f} {y + _HEIGHT / 2:.0f}"
    y += _HEIGHT / 2
    for next_x, middle in spots[1:]:
        top = middle - _HEIGHT / 2
        bend = (top - y) / 2
        text += f" C{x:.0f} {y + bend:.0f} {next_x:.0f} {top - bend:.0f} {next_x:.0f} {top:.0f}"
        x, y = next_x, top
        if (next_x, middle) != spots[-1]:
            y += _HEIGHT
            text += f" V{y:.0f}"
    return f'<path d="{text}" fill="none" stroke="#9aa4ae" stroke-width="1.3" marker-end="url(#a)"/>\n'


def _box(spot: tuple[float, float], label: str) -> str:
    x, y = spot
    return (
        f'<rect x="{x - _WIDTH / 2:.0f}" y="{y - _HEIGHT / 2:.0f}" width="{_WIDTH}" height="{_HEIGHT}" rx="9" '
        f'fill="#eef3f8" stroke="#48617a"/><text x="{x:.0f}" y="{y + 5:.0f}" text-anchor="middle" '
        f'fill="#1b1f24">{escape(label)}</text>\n'
    )
