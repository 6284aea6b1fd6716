"""Says which grants let somebody see or change a record or a field, and which do not."""

from __future__ import annotations

from typing import Any

from apps_runtime import people, texts
from apps_runtime.caller import Caller, installed
from apps_runtime.forms import form_of
from apps_runtime.permissions import may_manage_members
from apps_runtime.records.asking import rights_of
from apps_runtime.records.facts import row_env, values_at
from apps_runtime.refusals import forbidden, malformed, not_found
from engines.access.explain import explain
from engines.formulas.to_python import Env
from engines.problems import problem, refuse
from engines.texts import text

ACTIONS = ("see", "edit", "delete", "create", "export", "import", "print")


def explained(
    caller: Caller,
    *,
    person: str | None,
    form: str,
    record: str | None,
    field: str | None,
    right: str | None,
    language: str,
) -> dict[str, Any]:
    """{"allowed", "reasons"}: about oneself; about anybody for the application's administrators."""
    found = installed(caller.app)
    if not form:
        raise malformed("value_required", "/form")
    plan = form_of(found, form)
    about = _person(person, caller)
    if about != caller.person_id and not may_manage_members(caller.person_id, caller.app):
        raise forbidden()
    if field is not None and field not in plan.by_key:
        raise refuse("/field", "unknown_field", field=field[:60], form=form)
    action = right or "see"
    if action not in ACTIONS:
        raise malformed("unknown_right", "/right", right=action[:60])
    asked = Caller(about, caller.app)
    rights = rights_of(asked, found, form)
    env: Env | None = None
    if record is not None:
        identity = _number(record)
        paths = {path for formula in rights.formulas for path in formula.paths}
        paths |= {(name,) for formula in rights.formulas for name in formula.names}
        rows = values_at(
            asked, found, plan, {identity}, paths or {("id",)}, reason="rights are explained"
        )
        if identity not in rows:
            raise not_found()
        env = row_env(asked, plan, identity, rows[identity])
    answer = explain(
        asked.permissions(found.plan, found.release),
        form,
        env,
        field=field,
        action=action,  # type: ignore[arg-type]
    )
    return {
        "allowed": answer.allowed,
        "reasons": [
            {
                "role": each.role,
                "grant": each.grant,
                "clause": each.clause,
                "met": each.met,
                "code": each.code,
                "message": texts.message(
                    problem(
                        "",
                        each.code,
                        role=text(each.role_label, language),
                        clause=each.clause,
                        reads=each.reads,
                        form=text(plan.label, language),
                        field=text(plan.by_key[field].label, language) if field else "",
                    ),
                    language,
                ),
            }
            for each in answer.reasons
        ],
    }


def _person(named: str | None, caller: Caller) -> int | None:
    if not named:
        return caller.person_id
    found = people.person(int(named)) if named.isascii() and named.isdecimal() else None
    identity = found.pk if found is not None else people.person_id(named)
    if identity is None:
        raise malformed("no_such_person", "/person", name=named[:60])
    return int(identity)


def _number(text_: str) -> int:
    if not text_.isascii() or not text_.isdecimal() or len(text_) > 18:
        raise malformed("not_a_number", "/record")
    return int(text_)
