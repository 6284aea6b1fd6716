"""A record as it is stored, with what its reader may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apps_runtime.caller import Caller
from apps_runtime.records.asking import rights_of
from apps_runtime.records.facts import row_env, values_at
from apps_runtime.refusals import not_found
from apps_runtime.releases import Installed
from engines.access import RowRights
from engines.forms.plan import FormPlan, Path
from engines.forms.system_fields import SYSTEM_TYPES

OPEN_STATES = ("ready", "waiting", "blocked")


@dataclass(frozen=True, slots=True)
class Current:
    """Typed stored values and system columns; ``rights`` None means the application itself."""

    id: int
    values: Mapping[str, Any]
    system: Mapping[str, Any]
    rights: RowRights | None
    writable: Mapping[str, bool] | None

    @property
    def version(self) -> int:
        """The number that a change must name."""
        return int(self.system["version"])

    @property
    def locked(self) -> bool:
        """Whether a run that is open holds the record."""
        state = self.system.get("flow_state")
        return isinstance(state, str) and state.split(":")[0] in OPEN_STATES

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change the record, apart from an open run."""
        return self.rights is None or self.rights.edit

    @property
    def may_delete(self) -> bool:
        """Whether the reader may delete the record, apart from an open run."""
        return self.rights is None or self.rights.delete


def currents(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    ids: Sequence[int],
    *,
    lock: bool = False,
    deleted: Literal["no", "only", "all"] = "no",
) -> dict[int, Current]:
    """Those of ``ids`` that exist and may be seen, by id; one statement.

    ``lock`` keeps others from changing them until the transaction ends, in ascending order of ids.
    """
    rights = None if caller.everything else rights_of(caller, installed, form.key)
    if rights is not None and rights.see.nothing:
        return {}
    stored = {(field.key,) for field in form.stored}
    paths: set[Path] = stored | {(key,) for key in SYSTEM_TYPES}
    if rights is not None:
        paths |= {path for formula in rights.formulas for path in formula.paths}
        paths |= {(name,) for formula in rights.formulas for name in formula.names}
    found = values_at(
        caller,
        installed,
        form,
        set(ids),
        paths,
        reason="a record is read to be changed or judged",
        lock=lock,
        deleted=deleted,
    )
    result: dict[int, Current] = {}
    for identity, values in found.items():
        allowed: RowRights | None = None
        writable: Mapping[str, bool] | None = None
        if rights is not None:
            env = row_env(caller, form, identity, values)
            allowed = rights.of_row(form, env)
            if not allowed.see:
                continue
            writable = rights.writable(form, env)
        result[identity] = Current(
            identity,
            {path[0]: values[path] for path in stored},
            {key: values[(key,)] for key in SYSTEM_TYPES},
            allowed,
            writable,
        )
    return result


def current(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    identity: int,
    *,
    lock: bool = False,
    deleted: Literal["no", "only", "all"] = "no",
) -> Current:
    """One record; 404 where there is none or it may not be seen."""
    found = currents(caller, installed, form, [identity], lock=lock, deleted=deleted)
    if identity not in found:
        raise not_found()
    return found[identity]
