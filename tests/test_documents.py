"""The one YAML loader: YAML 1.2 meaning, places, refusals."""

import pytest

from augkg.documents import Mapping, parse_document
from augkg.errors import AugkgError

NEST = b"a: " + b"[" * 60_000


def test_norway_is_not_false() -> None:
    node = parse_document(b"jurisdiction: NO\non: yes\nx: 0o14", "a.yaml")
    assert isinstance(node, Mapping)
    assert {key: value.value for key, value in node.entries.items()} == {"jurisdiction": "NO", "on": "yes", "x": 12}


def test_json_is_the_same_tree() -> None:
    text = b'{"id": "a", "act": ["B", "C"], "safeguard": {"D": true}}'
    node = parse_document(text, "a.json")
    assert isinstance(node, Mapping)
    assert [item.text for item in node.entries["act"].items] == ["B", "C"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a: 1\nb: 2\na: 3", "bad.yaml:3:1: the key `a` stands here a second time (the first is in line 1; keep one of them)"),
        (NEST, "bad.yaml:1:164: brackets are nested more than 40 deep"),
        (b"- " * 3000 + b"a", "bad.yaml:1:83: values are nested more than 40 deep"),
        (b"a: &x [1]\nb: *x", "bad.yaml:1:4: anchors and aliases are not read (write the value out)"),
        (b"a: !!python/object:os.system x", "bad.yaml:1:4: the tag `tag:yaml.org,2002:python/object:os.system` is not read (leave it out)"),
        (b"", "bad.yaml: the file is empty"),
        (b"# nothing", "bad.yaml: the file is empty"),
        (b"a: 1\n---\nb: 2", "bad.yaml:2:1: a second document starts here; a file holds one"),
        (b"a: \xff", "bad.yaml:1:1: the file is not UTF-8 text (save it as UTF-8)"),
        (b"[a]: 1", "bad.yaml:1:1: a key must be a single word or text"),
    ],
)  # fmt: skip
def test_refused(data: bytes, words: str) -> None:
    with pytest.raises(AugkgError) as error:
        parse_document(data, "bad.yaml")
    assert str(error.value) == words


def test_all_duplicates_are_listed_at_once() -> None:
    with pytest.raises(AugkgError) as error:
        parse_document(b"a: 1\na: 2\nb: {c: 1, c: 2}", "bad.yaml")
    assert [issue.at.line for issue in error.value.issues if issue.at] == [2, 3]


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(AugkgError, match="at most 8000000 are read"):
        parse_document(b"a: " + b"x" * 8_000_001, "big.yaml")
