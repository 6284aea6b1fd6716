"""`make check`: formatting, lint, types and import contracts of both languages."""

import sys

from config.local.steps import python, report, run_all


def main() -> int:
    quick = [
        python("ruff format", "ruff", "format", "--check", "--quiet", "."),
        python("ruff", "ruff", "check", "--quiet", "."),
        python("import contracts", "config.local.contracts"),
        python("front end: types, lint, format", "config.local.npm", "run", "--silent", "check"),
    ]
    types = [python("mypy", "mypy", "--no-error-summary")]
    return report(run_all(quick, types))


if __name__ == "__main__":
    sys.exit(main())
