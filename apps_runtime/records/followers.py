"""Who does something in the transaction that writes a record: flows, which write records too.

Records know nothing of flows; ``apps_runtime.apps`` tells them at the start who follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from apps_runtime.releases import Installed
from engines.formulas.to_python import Env


class Follower(Protocol):
    """Called once for each record written, before the commit."""

    def __call__(
        self,
        installed: Installed,
        form: str,
        record: int,
        kind: str,
        *,
        env: Env,
        changed: Iterable[str],
        starter: int | None,
        chain: UUID | None,
        depth: int,
        later: bool,
    ) -> object: ...


FOLLOWERS: list[Follower] = []
