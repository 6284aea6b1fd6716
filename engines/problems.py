"""The only way to say "this is wrong": where, which fact, with which parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact that is wrong.

    ``path`` is a JSON pointer into what was sent ("" for the whole), ``code`` a snake_case fact,
    ``params`` what its text needs. A warning is listed and stops nothing.
    """

    path: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def under(self, prefix: str) -> Problem:
        """The same problem, seen from further up: its path begins with ``prefix``."""
        return replace(self, path=f"{prefix}{self.path}")


class Problems(Exception):
    """Raised where work cannot go on; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.path or '/'}: {p.code}" for p in self.problems))

    def under(self, prefix: str) -> Problems:
        """The same problems below ``prefix``."""
        return Problems(problem.under(prefix) for problem in self.problems)


def problem(path: str, code: str, **params: object) -> Problem:
    """Short form for an error with keyword parameters."""
    return Problem(path, code, params)


def warning(path: str, code: str, **params: object) -> Problem:
    """Short form for a warning with keyword parameters."""
    return Problem(path, code, params, "warning")


def refuse(path: str, code: str, **params: object) -> Problems:
    """One problem, ready to be raised."""
    return Problems((problem(path, code, **params),))


def has_errors(problems: Iterable[Problem]) -> bool:
    """True when at least one of them stops the work."""
    return any(p.severity == "error" for p in problems)


def pointer(*parts: str | int) -> str:
    """A JSON pointer (RFC 6901) from its parts: ``pointer("fields", "a/b")`` → ``/fields/a~1b``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
