"""`config/local/setup.sh` asks a package index that fails again, and says so when it gives up."""

import os
import subprocess
from pathlib import Path

import pytest

from config.local.home import BASE

PYTHON = """#!/bin/sh
case "$*" in
  *"pip install"*)
    echo "$*" >> "{log}"
    test "$(wc -l < "{log}")" -gt {failures} ;;
  *tomllib*) echo "one==1" ;;
esac
"""


@pytest.mark.parametrize(("failures", "tries", "code"), [(0, 1, 0), (2, 3, 0), (9, 3, 1)])
def test_an_index_that_fails_is_asked_again(
    tmp_path: Path, failures: int, tries: int, code: int
) -> None:
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    log = tmp_path / "pip.log"
    python = programs / "python"
    python.write_text(PYTHON.format(log=log, failures=failures))
    sleep = programs / "sleep"
    sleep.write_text("#!/bin/sh\n")
    for program in (python, sleep):
        program.chmod(0o755)
    (tmp_path / "constraints.txt").write_text("one==1\n")
    done = subprocess.run(
        ["/bin/sh", str(BASE / "config" / "local" / "setup.sh"), "run"],
        cwd=tmp_path,
        env={"PATH": f"{programs}:{os.environ['PATH']}", "PYTHON": str(python)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stderr
    asked = log.read_text().splitlines()
    assert len(asked) == tries
    assert all("--quiet --quiet" in each for each in asked)
    assert (tmp_path / ".venv" / ".installed-run").exists() == (code == 0)
    if code:
        assert "The Python packages could not be installed" in done.stderr
