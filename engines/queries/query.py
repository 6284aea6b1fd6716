"""What is asked of a form's records: columns or groups, filters, order, page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engines.forms.plan import FormPlan, Path, Sort
from engines.formulas.compile import Formula
from engines.problems import Problem, Problems, problem

Grain = Literal["year", "quarter", "month", "week", "day", "hour"]
GRAINS: tuple[Grain, ...] = ("year", "quarter", "month", "week", "day", "hour")

MeasureKind = Literal["count", "count_distinct", "sum", "average", "min", "max", "reached"]

MAX_LIMIT = 1_000
COUNT_CAP = 10_001


@dataclass(frozen=True, slots=True)
class Group:
    """One dimension: the values of a field; of a date or moment, the period it lies in."""

    path: Path
    key: str
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure per group. ``when`` restricts it to records that meet a condition.

    ``reached`` counts the records whose choice field has ever held one of ``values``.
    """

    kind: MeasureKind
    key: str
    path: Path = ()
    when: Formula | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """Records whose field has this value (None: none), or lies in the period it begins.

    With ``reached`` those whose choice field has ever held one of these values, whatever it holds.
    """

    path: Path
    value: object
    grain: Grain | None = None
    reached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question to one form.

    ``columns`` are paths (none: every field). ``filters`` come from whoever asks and may read only
    what he sees; ``fixed`` ones are part of a published definition and may read every field of the
    form. ``limit`` None is for exports. With ``groups`` or ``measures`` the answer has a row per
    group, and ``sort`` names keys of groups and measures. ``rights`` adds what may be done with
    each record; ``lock`` takes row locks. ``language`` is that of labels inside titles.
    """

    form: str
    columns: tuple[Path, ...] = ()
    filters: tuple[Formula, ...] = ()
    fixed: tuple[Formula, ...] = ()
    equals: tuple[Cell, ...] = ()
    ids: tuple[int, ...] | None = None
    search: str = ""
    sort: tuple[Sort, ...] = ()
    limit: int | None = 50
    after: str | None = None
    groups: tuple[Group, ...] = ()
    measures: tuple[Measure, ...] = ()
    deleted: Literal["no", "only", "all"] = "no"
    rights: bool = False
    lock: bool = False
    language: str = "zh-Hans"

    @property
    def grouped(self) -> bool:
        """True when the answer has groups instead of records."""
        return bool(self.groups or self.measures)


def read_sort(text: str, plan: FormPlan) -> tuple[Sort, ...]:
    """``-amount,name`` → sort keys; raises Problems at ``/sort``."""
    found: list[Sort] = []
    problems: list[Problem] = []
    for part in (each.strip() for each in text.split(",")):
        path = tuple(part.removeprefix("-").split("."))
        if not part:
            continue
        if plan.field(path[0]) is None:
            problems.append(problem("/sort", "unknown_field", field=path[0], form=plan.key))
        elif any(each.path == path for each in found):
            problems.append(problem("/sort", "sorted_twice", field=".".join(path)))
        else:
            found.append(Sort(path, part.startswith("-")))
    if len(found) > 5:
        problems.append(problem("/sort", "too_many_sort_keys", limit=5))
    if problems:
        raise Problems(problems)
    return tuple(found)
