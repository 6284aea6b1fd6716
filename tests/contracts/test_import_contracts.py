"""The import contracts of pyproject.toml hold; `make check` runs them too, with the names."""

import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "config.local.contracts"],
        cwd=BASE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
