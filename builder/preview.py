"""Tries formulas, rules and flows on records, before they are published; changes nothing.

Only records that the designer's own roles let him see are used, and only values that he may see
are shown: the right to design is no right to data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.utils import timezone

from apps_runtime import records, releases, texts
from apps_runtime.caller import Caller, Through
from apps_runtime.records.env import record_env
from apps_runtime.refusals import not_found
from apps_runtime.releases import Installed
from builder import drafts
from engines.access import Rights
from engines.actions.effect import plain
from engines.definitions.read import read
from engines.flows.compile import FlowPlan, compile_flow
from engines.flows.node import EdgePlan, NodePlan
from engines.forms.field_type import field_types
from engines.forms.form import Form, read_form
from engines.forms.lookups import types_of
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula, compile_formula
from engines.formulas.scope import Scope
from engines.formulas.to_json import to_json
from engines.formulas.to_python import Env, evaluate, is_met
from engines.formulas.types import BOOLEAN, Type
from engines.problems import Problem, Problems, problem
from engines.rules.clauses import Explained, explain
from engines.rules.compile import compile_rule
from engines.texts import text
from engines.values import JsonValue

PURPOSES = ("value", "condition", "row_rule", "default", "when")
CONDITIONS = ("condition", "row_rule", "when")
TRIED_RECORDS = 20
MAX_STEPS = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A formula's problems; without errors its type and tree, and its value on a record."""

    problems: tuple[Problem, ...]
    type: str | None = None
    tree: JsonValue = None
    result: JsonValue = None


def check_formula(
    app: str,
    written: str,
    *,
    form: str,
    purpose: str,
    person: int,
    returns: str | None = None,
    record: int | None = None,
    definition: Mapping[str, Any] | None = None,
) -> Checked:
    """Check a formula over the draft's forms; with ``record``, also what it gives there."""
    forms = _forms(app, form, definition)
    zone = _zone(app)
    names = {key: types_of(each, forms, zone) for key, each in forms.items()}
    scope = Scope(names[form], names, old=purpose == "when")
    try:
        formula = compile_formula(written, scope, expect=_expected(purpose, returns))
    except Problems as error:
        return Checked(error.problems)
    result = None
    problems = list(formula.warnings)
    if record is not None:
        env = _visible_env(app, form, record, formula, person)
        if env is None:
            problems.append(Problem("", "formula_needs_record", severity="warning"))
        else:
            result = plain(evaluate(formula, env))
    elif not formula.names and not formula.old_names:
        env = Env(
            values={},
            now=timezone.now(),
            zone=zone,
            actor=Caller(person, app, Through("ui")).actor,
        )
        result = plain(evaluate(formula, env))
    return Checked(tuple(problems), str(formula.type), to_json(formula), result)


def _forms(app: str, form: str, definition: Mapping[str, Any] | None) -> dict[str, Form]:
    found = {key: body for (kind, key), body in drafts.bodies(app).items() if kind == "form"}
    if definition is not None:
        found[form] = definition
    if form not in found:
        raise Problems((problem("/form", "no_such_form", form=form),))
    return {key: read_form(body) for key, body in found.items()}


def _zone(app: str) -> str:
    body = drafts.definition(app, "application", app).body
    return str(body.get("timezone") or "Asia/Shanghai")


def _expected(purpose: str, returns: str | None) -> Type | None:
    if purpose in CONDITIONS:
        return BOOLEAN
    kind = field_types.get(returns) if returns else None
    return kind.value_type({}) if kind is not None and not kind.computed else None


def _visible_env(app: str, form: str, record: int, formula: Formula, person: int) -> Env | None:
    """The record's values for ``formula``; None where the person may not see something it reads."""
    installed = releases.installed(app)
    if installed is None or form not in installed.plan.forms:
        return None
    caller = Caller(person, app, Through("ui"))
    try:
        seen = _record(caller, form, record)
        if any(name not in seen for name in formula.names | formula.old_names):
            return None
        if not all(_sees(caller, installed, form, seen, path) for path in formula.paths):
            return None
        env = record_env(installed, form, record, paths=formula.paths, now=timezone.now())
    except Problems:
        return None
    return None if env is None else replace(env, actor=caller.actor)


def _record(caller: Caller, form: str, record: int) -> dict[str, Any]:
    """The record as the caller sees it; 404 where he does not."""
    found: dict[str, Any] = orjson.loads(records.read_one(caller, form, record))
    return found


def _sees(
    caller: Caller,
    installed: Installed,
    form: str,
    seen: Mapping[str, Any],
    path: tuple[str, ...],
) -> bool:
    """Whether the caller may follow ``path`` to its end, record by record."""
    for name in path[:-1]:
        field = installed.plan.forms[form].by_key.get(name)
        link = seen.get(name)
        if field is None or field.target is None:
            return False
        if not isinstance(link, Mapping):
            return True  # an empty link tells nothing
        form = field.target
        seen = _record(caller, form, int(link["id"]))
    return path[-1] in seen


def try_rule(app: str, body: Any, *, person: int, language: str) -> list[dict[str, Any]]:
    """Whether the rule's condition holds for the last records, part by part.

    Raises Problems where the rule is not valid. Records of a form that is not published yet do
    not exist: the list is empty.
    """
    definition = read(body, kind="rule").body
    installed = releases.installed(app)
    form = str(definition["form"])
    if installed is None or form not in installed.plan.forms:
        return []
    plan = compile_rule(
        definition,
        installed.plan.forms,
        roles=frozenset(installed.plan.roles),
        flows={key: flow.form for key, flow in installed.plan.flows.items()},
    )
    caller = Caller(person, app, Through("ui"))
    rights = caller.permissions(installed.plan, installed.release).rights(form)
    if rights.see.nothing:
        return []
    found = []
    wanted = records.Wanted(sort="-updated_at", limit=TRIED_RECORDS, count=False)
    page = orjson.loads(records.listed(caller, form, wanted))
    for each in page["records"]:
        env = record_env(installed, form, each["id"], paths=plan.paths, now=timezone.now())
        if env is None:
            continue
        found.append(
            {
                "id": each["id"],
                "label": each.get("label") or str(each["id"]),
                "met": plan.when is None or is_met(plan.when, env),
                "explanation": [
                    {
                        "clause": clause.clause,
                        "met": clause.met,
                        "values": values,
                        "message": _sentence(clause, values, installed.plan.forms[form], language),
                    }
                    for clause in explain(plan.clauses, env)
                    for values in (_visible(dict(clause.values), rights),)
                ],
            }
        )
    return found


def _sentence(
    clause: Explained, values: Mapping[str, JsonValue], form: FormPlan, language: str
) -> str:
    """The clause with labels instead of keys, whether it holds, and what it read."""

    def named(match: re.Match[str]) -> str:
        field = form.field(match[0])
        return match[0] if field is None else f"「{text(field.label, language)}」"

    # Texts in quotes are left as they are.
    parts = re.split(r"('[^']*'|\"[^\"]*\")", clause.clause)
    said = "".join(
        part if index % 2 else re.sub(r"[a-z][a-z0-9_]*", named, part)
        for index, part in enumerate(parts)
    )
    read = ", ".join(
        f"{re.sub(r'[a-z][a-z0-9_]*$', named, name)} = {'—' if value is None else value}"
        for name, value in values.items()
    )
    code = "clause_met" if clause.met else "clause_not_met"
    return texts.message(problem("", code, clause=said, values=read), language)


def _visible(values: Mapping[str, JsonValue], rights: Rights) -> dict[str, JsonValue]:
    """Values of the record's own visible fields; what lies behind links is not shown."""
    return {
        name: value
        for name, value in values.items()
        if "." not in name.removeprefix("old.")
        and rights.right(name.removeprefix("old.")) != "hide"
    }


def try_flow(app: str, body: Any, record: int, *, person: int) -> dict[str, Any]:
    """The way a record would take if everybody agreed and every wait were over.

    Raises Problems where the flow is not valid; 404 for a record that the person does not see.
    """
    definition = read(body, kind="flow").body
    installed = releases.installed(app)
    form = str(definition["form"])
    if installed is None or form not in installed.plan.forms:
        raise not_found()
    plan = compile_flow(
        definition,
        installed.plan.forms,
        roles=frozenset(installed.plan.roles),
        flows={key: flow.form for key, flow in installed.plan.flows.items()},
    )
    caller = Caller(person, app, Through("ui"))
    records.require_visible(caller, form, record)
    env = record_env(installed, form, record, paths=plan.paths, now=timezone.now())
    if env is None:
        raise not_found()
    steps = list(_walk(plan, env))
    starts = plan.start.when is None or is_met(plan.start.when, env)
    return {
        "path": [step["node"] for step in steps],
        "explanation": steps,
        "starts": starts,
    }


def _walk(plan: FlowPlan, env: Env) -> Iterator[dict[str, Any]]:
    """The nodes passed, each with the edge that is taken and why."""
    waiting = [plan.first]
    passed: set[str] = set()
    while waiting and len(passed) < MAX_STEPS:
        node = plan.nodes[waiting.pop(0)]
        if node.key in passed:
            continue
        passed.add(node.key)
        taken, tried = _taken(node, env)
        yield {
            "node": node.key,
            "label": node.label,
            "type": node.type.key,
            "to": [edge.to for edge in taken],
            "tried": tried,
        }
        waiting.extend(edge.to for edge in taken)


def _taken(node: NodePlan, env: Env) -> tuple[list[EdgePlan], list[dict[str, Any]]]:
    tried: list[dict[str, Any]] = []
    conditional = [edge for edge in node.edges if edge.when is not None]
    for edge in conditional:
        met = edge.when is not None and is_met(edge.when, env)
        tried.append({"to": edge.to, "when": edge.when.text if edge.when else None, "met": met})
        if met:
            return [edge], tried
    if conditional:
        return [edge for edge in node.edges if edge.default], tried
    agreed = [edge for edge in node.edges if edge.on == "agreed"]
    return agreed or [edge for edge in node.edges if edge.on is None][:], tried
