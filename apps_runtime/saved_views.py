"""A person's own views of a form: a filter, a sort and columns under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps_runtime.caller import Caller, installed
from apps_runtime.forms import form_of
from apps_runtime.models import SavedView
from apps_runtime.records.asking import policed
from apps_runtime.records.listing import columns_of
from apps_runtime.refusals import not_found
from engines.forms.plan import FormPlan, Path
from engines.problems import Problem, Problems, problem, refuse
from engines.queries import Query
from engines.queries.filters import compile_filter
from engines.queries.query import read_sort
from engines.values import JsonValue

KEYS = ("label", "filter", "sort", "columns", "search", "view", "type")
TEXTS = ("label", "filter", "search", "view", "type")
MAX_LABEL = 60
MAX_VIEWS = 100


def listed(caller: Caller, form: str) -> list[dict[str, Any]]:
    """The caller's views of the form, oldest first."""
    form_of(installed(caller.app), form)
    found = SavedView.objects.filter(app=caller.app, form=form, person_id=caller.person)
    return [_as_json(view) for view in found.order_by("id")]


def add(caller: Caller, form: str, body: Mapping[str, JsonValue]) -> dict[str, Any]:
    """A new view; refuses what the caller could not ask for in a list."""
    found = installed(caller.app)
    plan = form_of(found, form)
    problems: list[Problem] = [
        problem(f"/{key[:60]}", "unknown_key", key=key[:60]) for key in body if key not in KEYS
    ]
    problems += [
        problem(f"/{key}", "not_a_text")
        for key in TEXTS
        if not isinstance(body.get(key), str | None)
    ]
    label, view = body.get("label"), body.get("view")
    if isinstance(view, str) and view not in plan.views:
        problems.append(problem("/view", "unknown_view", view=view[:60], form=form))
    if label is None or (isinstance(label, str) and not label.strip()):
        problems.append(problem("/label", "required", field="label"))
    elif isinstance(label, str) and len(label) > MAX_LABEL:
        problems.append(problem("/label", "too_long", limit=MAX_LABEL, length=len(label)))
    if problems:
        raise Problems(problems)
    filter_text, sort, columns = body.get("filter"), body.get("sort"), body.get("columns")
    query = Query(
        form,
        columns=_columns(plan, _names(columns)),
        filters=(compile_filter(filter_text, plan, found.plan.forms),)
        if isinstance(filter_text, str) and filter_text
        else (),
        sort=read_sort(_sort(sort), plan) if sort else (),
    )
    policed(caller, found, query, reason="a saved view is checked")  # raises what is not visible
    mine = SavedView.objects.filter(app=caller.app, form=form, person_id=caller.person)
    if mine.count() >= MAX_VIEWS:
        raise refuse("", "too_many_views", limit=MAX_VIEWS)
    made = SavedView.objects.create(
        app=caller.app,
        form=form,
        person_id=caller.person,
        label=str(label).strip(),
        body={key: each for key, each in body.items() if key != "label"},
    )
    return _as_json(made)


def remove(caller: Caller, form: str, view: int) -> None:
    """Delete one of the caller's own views; 404 for those of others."""
    mine = SavedView.objects.filter(app=caller.app, form=form, person_id=caller.person, id=view)
    if not mine.delete()[0]:
        raise not_found()


def _columns(form: FormPlan, names: tuple[str, ...] | None) -> tuple[Path, ...]:
    try:
        return columns_of(form, names)
    except Problems as error:
        raise Problems(replace(each, path="/columns") for each in error.problems) from None


def _names(columns: JsonValue) -> tuple[str, ...] | None:
    if columns is None:
        return None
    if not isinstance(columns, list) or not all(isinstance(each, str) for each in columns):
        raise refuse("/columns", "list_expected")
    return tuple(str(each) for each in columns)


def _sort(sort: JsonValue) -> str:
    """As text ``-amount,name`` or as a list of such."""
    if isinstance(sort, str):
        return sort
    if isinstance(sort, list) and all(isinstance(each, str) for each in sort):
        return ",".join(str(each) for each in sort)
    raise refuse("/sort", "list_expected")


def _as_json(view: SavedView) -> dict[str, Any]:
    return {"id": view.pk, "label": view.label, **view.body}
