"""The wheel works without the checkout: it carries ontology and rules, and assesses."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_wheel_assesses_without_the_source(tmp_path: Path) -> None:
    run = lambda *command, **more: subprocess.run(command, check=True, capture_output=True, text=True, **more)  # noqa: E731
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT))
    (wheel,) = tmp_path.glob("augkg-*.whl")
    site = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel))
    assert (site / "augkg" / "_data" / "ontology" / "core.ttl").is_file()
    assert list((site / "augkg" / "_data" / "rules").rglob("*.yaml"))
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import augkg; from pathlib import Path; "
        "assert augkg.__file__.startswith(sys.argv[1]); book = augkg.load(); "
        "print(augkg.assess(book, augkg.read_scenario(Path(sys.argv[2]), book)).verdict)"
    )
    case = ROOT / "examples" / "scenarios" / "reproductive-cloning-us-2002.yaml"
    done = run(
        sys.executable,
        "-c",
        code,
        str(site),
        str(case),
        cwd=tmp_path,
        env={"AUGKG_CACHE": str(tmp_path / "c"), "PATH": ""},
    )
    assert done.stdout.strip() == "prohibited"
