"""Says by its exit code whether a part of the installation is well; for health checks.

`python -m config.health http://web:8000 worker` asks the web process about the worker.
"""

import json
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from config import environment


def main(address: str, part: str | None) -> int:
    request = urllib.request.Request(f"{address}/healthz")  # noqa: S310  an operator's own address
    if public := environment.text("MORTISE_URL"):
        request.add_header("Host", urlsplit(public).netloc)  # other hosts are refused
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            state = json.load(response)
    except urllib.error.HTTPError as refusal:  # 503 says which part is not well
        state = json.load(refusal)
    if part is None:
        return 0
    return 0 if state.get(part) == "ok" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
