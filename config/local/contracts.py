"""Runs import-linter over the contracts of pyproject.toml (it has no module entry of its own)."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.path.insert(0, ".")
    sys.exit(lint_imports(verbose=False))
