"""What an installation would do to the records there are, without doing it."""

from __future__ import annotations

from collections.abc import Iterable

from apps_runtime.store import ddl
from engines.forms.operation import Operation
from engines.problems import Problem


def affected_rows(operation: Operation) -> int:
    """How many records hold a value that the operation puts away."""
    return ddl.affected(operation) if operation.loses_data else 0


def failing_records(operations: Iterable[Operation]) -> list[Problem]:
    """The records that stand against the operations."""
    return [problem for operation in operations for problem in ddl.failing_rows(operation)]
