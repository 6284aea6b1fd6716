"""`make test`: Python tests, TypeScript tests, then the browser's journeys on a running stack."""

import sys

from config import environment
from config.local import browser
from config.local.home import BASE
from config.local.steps import Step, python, report, run_all


def main() -> int:
    selection = sys.argv[1:]
    steps: list[Step] = [
        python("sizes of the pages", "config.local.npm", "run", "--silent", "sizes"),
        python(
            "pytest",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "loadgroup",
            "-m",
            "not browser",
            *selection,
        ),
        python("vitest", "config.local.npm", "test", "--silent"),
    ]
    in_ci = environment.flag("CI", default=False)
    journeys = BASE / "tests" / "browser"
    if browser.install():
        steps.append(python("browser", "pytest", "-q", "-m", "browser", str(journeys)))
    elif in_ci:
        print("Chromium is missing, and CI may not skip the browser tests.", file=sys.stderr)
        return 1
    else:
        print(
            "The browser tests are skipped: there is no Chromium on this machine, and installing"
            " it (apt-get install chromium fonts-noto-cjk) takes root."
        )
    return report(run_all(steps))


if __name__ == "__main__":
    sys.exit(main())
