"""`make manage`: runs a management command against the installation that `make run` started."""

import json
import os
import subprocess
import sys

from config.local.home import BASE, Home


def main() -> int:
    addresses = Home.of_environment().root / "environment.json"
    known = json.loads(addresses.read_text()) if addresses.exists() else {}
    return subprocess.run(
        [sys.executable, "manage.py", *sys.argv[1:]],
        cwd=BASE,
        env={**known, **os.environ},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
