"""Light imports and layers: what the command loads, and that imports point down."""

import subprocess
import sys
from pathlib import Path

import pytest

from augkg.model.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
HEAVY = ("rdflib", "owlready2", "pandas", "networkx", "scipy", "sklearn", "pint", "clingo")


def modules_after(*arguments: str) -> tuple[set[str], int]:
    code = "import sys; from augkg.cli.main import run; code = run(sys.argv[1:]); print(*sys.modules, sep='\\n', file=sys.stderr); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    return set(done.stderr.split()), done.returncode


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("assess", "examples/scenarios/ccr5-embryo-editing-2018.yaml"), ("explain", "examples/scenarios/ccr5-embryo-editing-2018.yaml"),
     ("assess", "examples/scenarios/worked-example.yaml")],
    ids=["help", "assess", "explain", "nothing-to-draw"],
)  # fmt: skip
def test_a_warm_command_imports_nothing_heavy(rulebook: Rulebook, arguments: tuple[str, ...]) -> None:
    loaded, code = modules_after(*[str(ROOT / a) if a.endswith(".yaml") else a for a in arguments])
    assert code in (0, 1)
    assert "augkg.cli.main" in loaded
    heavy = {name.partition(".")[0] for name in loaded} & {*HEAVY, "numpy"}
    # Drawing from distributions takes numpy; where nothing is uncertain nothing is drawn.
    assert heavy <= ({"numpy"} if "ccr5" in arguments[-1] else set())


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
