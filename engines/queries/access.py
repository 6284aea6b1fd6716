"""The access stage: the only maker of queries that the store runs.

It gives every form that a query reaches its row rule, and every field its right, and refuses
filters and sorts on what the asker may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from engines.access.permissions import PLAIN, FieldAccess, Permissions, Rights
from engines.access.row_rule import EVERYTHING, RowRule
from engines.forms.plan import FormPlan, Path
from engines.forms.system_fields import SYSTEM_TYPES
from engines.formulas.to_sql import SqlEnv
from engines.problems import Problems, problem, refuse
from engines.queries.query import Query
from engines.queries.resolve import Forms, steps
from engines.queries.stages import STAGES, Planned, begin


@dataclass(frozen=True, slots=True)
class FormAccess:
    """The rows of one form that may be seen, changed and deleted; ``rights`` to its fields (None:
    all are shown plainly)."""

    see: RowRule
    edit: RowRule
    delete: RowRule
    rights: Rights | None

    def of(self, key: str) -> FieldAccess | None:
        """How a field is shown; None where it is hidden in every row."""
        if self.rights is None or key in SYSTEM_TYPES:
            return PLAIN
        return self.rights.access(key)


_ALL = FormAccess(EVERYTHING, EVERYTHING, EVERYTHING, None)
_SEAL: Final = object()


@dataclass(frozen=True, slots=True)
class PolicedQuery:
    """A query that the access stage has passed. Only this module can make one."""

    planned: Planned
    access: Mapping[str, FormAccess]
    reason: str
    seal: object = field(repr=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("only the access stage makes a PolicedQuery")

    @property
    def columns(self) -> tuple[Path, ...]:
        """The paths that are shown, in the order of the answer: the visible ones asked for."""
        return tuple(path for path in self.planned.columns if self.visible(path))

    def rooted(self, form: str) -> PolicedQuery:
        """The same access, seen from a form that this query reaches: for labels of links."""
        if form not in self.access:
            raise KeyError(form)
        here = Planned(
            Query(form, language=self.planned.query.language),
            self.planned.forms[form],
            self.planned.forms,
            self.planned.env,
        )
        return PolicedQuery(here, self.access, self.reason, _SEAL)

    def visible(self, path: Path) -> bool:
        """Whether any row shows what lies at the end of ``path``."""
        return visible(self.planned.form, path, self.planned.forms, self.access)


def police(query: Query, forms: Forms, permissions: Permissions, env: SqlEnv) -> PolicedQuery:
    """``query`` as ``permissions`` allow it; raises Problems with code ``form_hidden`` or
    ``field_hidden``, and those of the stages."""
    planned = _staged(query, forms, env)
    reached = planned.linked | {planned.form.key}
    access = {}
    for key in reached:
        rights = permissions.rights(key)
        access[key] = FormAccess(rights.see, rights.edit, rights.delete, rights)
    if access[planned.form.key].see.nothing:
        raise refuse("/form", "form_hidden", form=planned.form.key)
    hidden = []
    for each in planned.asked:
        if not visible(planned.form, each.path, forms, access):
            name = ".".join(each.path)
            found = problem(each.place, "field_hidden", field=name, form=planned.form.key)
            if found not in hidden:
                hidden.append(found)
    if hidden:
        raise Problems(hidden)
    return PolicedQuery(planned, access, "roles", _SEAL)


def as_application(
    query: Query,
    forms: Forms,
    env: SqlEnv,
    *,
    reason: str,
    fields: Mapping[str, Rights] = MappingProxyType({}),
) -> PolicedQuery:
    """``query`` with every row and field, for rules, flows and the runtime itself.

    ``reason`` says why nobody's rights apply; it is kept for the log of statements. ``fields`` are
    rights to the fields of some forms that hold all the same.
    """
    if not reason:
        raise ValueError("reading without rights needs a reason")
    planned = _staged(query, forms, env)
    access = {
        key: replace(_ALL, rights=fields.get(key)) for key in planned.linked | {planned.form.key}
    }
    return PolicedQuery(planned, access, reason, _SEAL)


def visible(form: FormPlan, path: Path, forms: Forms, access: Mapping[str, FormAccess]) -> bool:
    """Whether any row shows what lies at the end of ``path``: every field on the way, and behind a
    lookup, must be visible to somebody with this access."""
    for step in steps(form, path, forms):
        mine = access.get(step.form.key)
        if mine is None or mine.see.nothing or mine.of(step.field.key) is None:
            return False
        lookup = step.field.lookup
        if lookup is not None and not visible(step.form, lookup, forms, access):
            return False
    return True


def _staged(query: Query, forms: Forms, env: SqlEnv) -> Planned:
    planned = begin(query, forms, env)
    for stage in STAGES:
        planned = stage(planned)
    return planned
