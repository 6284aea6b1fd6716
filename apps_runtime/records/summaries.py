"""What an inbox says of records besides their titles: a few facts, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.records.asking import sql_env
from apps_runtime.releases import Installed
from apps_runtime.store.recipes import rows_by_ids
from engines.forms.currency import currency_of, with_sign
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.queries import PolicedQuery, Query, as_application, list_json
from engines.texts import text

REASON = 200  # characters


@dataclass(frozen=True, slots=True)
class Summary:
    """Facts as label and text, and the reason in the writer's words."""

    facts: Sequence[Mapping[str, str]] = ()
    reason: str | None = None


def summaries(
    installed: Installed,
    form: str,
    records: Iterable[int],
    *,
    hidden: Collection[str],
    most: int,
    language: str,
) -> dict[int, Summary]:
    """Record → at most ``most`` filled fields, amounts first, and the first line of the first long
    text. Records that have gone are left out; nobody's rights are asked but ``hidden``."""
    plan = installed.plan.forms[form]
    usual = installed.plan.currency
    fields = _fields(plan, hidden, usual)
    ids = tuple(sorted(set(records)))
    if not fields or not ids:
        return {}
    forms = installed.plan.forms
    env = sql_env(Caller.application(installed.app), plan)

    def make(wanted: tuple[int, ...]) -> PolicedQuery:
        columns = tuple((field.key,) for field in fields)
        query = Query(form, columns=columns, ids=wanted, limit=None, language=language)
        reason = "an inbox tells what its records are about"
        return as_application(query, forms, env, reason=reason)

    key = ("summaries", people.stamp(), id(forms), form, frozenset(hidden), language)
    _, found = rows_by_ids(key, ids, make, list_json)
    shown = [orjson.loads(row[0]) for row in found]
    return {each["id"]: _of(each, fields, usual, most, language) for each in shown}


def _fields(plan: FormPlan, hidden: Collection[str], usual: str) -> list[FieldPlan]:
    """What is worth telling: the page's header first, of it and of the rest amounts first."""
    header = plan.page.get("header") or ()
    titles = [part.path for part in plan.title]
    order = dict.fromkeys([*header, *(field.key for field in plan.fields)])
    fields = [
        plan.by_key[key]
        for key in order
        if key in plan.by_key
        and key not in hidden
        and plan.by_key[key].type.key != "serial"
        and (key,) not in titles
    ]
    fields.sort(key=lambda each: (each.key not in header, currency_of(each, usual) is None))
    return fields


def _of(
    record: Mapping[str, Any], fields: Sequence[FieldPlan], usual: str, most: int, language: str
) -> Summary:
    facts: list[dict[str, str]] = []
    reason = None
    for field in fields:
        words = field.to_text(record.get(field.key), language)
        if not words:
            continue
        if field.type.key == "long_text":
            reason = reason or words.strip().partition("\n")[0][:REASON]
        elif len(facts) < most:
            currency = currency_of(field, usual)
            value = with_sign(words, currency) if currency else words
            facts.append({"label": text(field.label, language), "value": value})
    return Summary(facts, reason)
