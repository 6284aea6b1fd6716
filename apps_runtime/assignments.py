"""The inbox: what people have been asked to do, what they did, and what they started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from apps_runtime import people, records, releases
from apps_runtime.models import Assignment, FlowRun
from apps_runtime.people import present
from apps_runtime.record_labels import labels
from apps_runtime.refusals import malformed
from engines.flows.node import NodePlan
from engines.texts import text

BOXES = ("open", "done", "started", "copied")
SUMMARY = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a box and the cursor of the next."""

    items: list[dict[str, Any]]
    next: str | None


def box(person: int, name: str, *, language: str, limit: int, after: str | None = None) -> Page:
    """A page of one of the boxes.

    Open: what is late first, then by due moment, then the newest. Done and started: newest first.
    """
    if name == "started":
        return _started(person, language, limit, after)
    rows = Assignment.objects.filter(person_id=person).select_related("run")
    if name == "open":
        rows = rows.filter(state="open").exclude(kind="copy")
        rows = rows.order_by(F("due").asc(nulls_last=True), "-id")
    elif name == "done":
        rows = rows.filter(state__in=("done", "transferred")).order_by("-id")
    else:
        rows = rows.filter(kind="copy").order_by("-id")
    start = _offset(after)
    found = list(rows[start : start + limit + 1])
    return Page(
        as_json(found[:limit], language), str(start + limit) if len(found) > limit else None
    )


def count_open(person: int) -> int:
    """How many wait for this person."""
    return Assignment.objects.filter(person_id=person, state="open").count()


def _offset(after: str | None) -> int:
    """Boxes are short and change while one works in them: their pages go by position."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdecimal() and len(after) < 8):
        raise malformed("cursor_not_valid")
    return int(after)


def _started(person: int, language: str, limit: int, after: str | None) -> Page:
    rows: QuerySet[FlowRun] = FlowRun.objects.filter(starter_id=person).order_by("-id")
    start = _offset(after)
    found = list(rows[start : start + limit + 1])
    shown = labels((run.app, run.form, run.record) for run in found[:limit])
    waiting = _waiting_for([run.pk for run in found[:limit]])
    items = []
    for run in found[:limit]:
        plan = releases.plan_of(run.app, run.release).flows[run.flow]
        items.append(
            {
                "id": None,
                "run": run.pk,
                "app": run.app,
                "form": run.form,
                "record": {
                    "id": run.record,
                    "label": shown.get((run.app, run.form, run.record), ""),
                },
                "flow": {"key": run.flow, "label": text(plan.label, language)},
                "state": run.state,
                "outcome": run.tokens.get("outcome"),
                "waiting_for": waiting.get(run.pk, []),
                "opened_at": run.started_at,
                "finished_at": run.finished_at,
            }
        )
    return Page(items, str(start + limit) if len(found) > limit else None)


def _waiting_for(runs: Sequence[int]) -> dict[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    rows = Assignment.objects.filter(run_id__in=runs, state="open").order_by("id")
    for run, person in rows.values_list("run_id", "person_id"):
        shown = present.brief(person)
        if shown is not None:
            found.setdefault(run, []).append(shown)
    return found


def as_json(rows: Iterable[Assignment], language: str) -> list[dict[str, Any]]:
    """Assignments as the API shows them, with what the node lets the person see of the record."""
    found = list(rows)
    shown = labels((row.run.app, row.run.form, row.run.record) for row in found)
    return [one(row, shown, language) for row in found]


def one(
    row: Assignment, shown: Mapping[tuple[str, str, int], str], language: str
) -> dict[str, Any]:
    """One assignment."""
    run = row.run
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    node = plan.nodes[row.node]
    starter = people.person(run.starter_id)
    decided = present.brief(row.decided_by_id)
    about = _summary(run, node, language)
    return {
        "id": row.pk,
        "app": run.app,
        "form": run.form,
        "record": {"id": run.record, "label": shown.get((run.app, run.form, run.record), "")},
        "flow": {"key": run.flow, "label": text(plan.label, language)},
        "node": {"key": row.node, "label": text(node.label, language), "type": node.type.key},
        "run": run.pk,
        "starter": present.brief(starter.pk) if starter else None,
        "state": row.state,
        "kind": row.kind,
        "decision": row.decision or None,
        "decided_by": decided,
        "decided_at": row.decided_at,
        "opinion": row.opinion or None,
        "due": row.due,
        "late": row.state == "open" and row.due is not None and row.due < datetime.now(UTC),
        "version": row.version,
        "opened_at": row.opened_at,
        "saved": row.saved,
        "summary": about.facts,
        "reason": about.reason,
        "fields": dict(node.rights),
        "may": _may(node),
    }


def _summary(run: FlowRun, node: NodePlan, language: str) -> records.Summary:
    """What the record is about, without what the node hides."""
    installed = releases.installed(run.app)
    if installed is None or run.form not in installed.plan.forms:
        return records.Summary([], None)
    hidden = {name for name, right in node.rights.items() if right == "hide"}
    return records.summary(
        installed, run.form, run.record, hidden=hidden, most=SUMMARY, language=language
    )


def _may(node: NodePlan) -> dict[str, Any]:
    may = node.options.get("may", {})
    return {
        "return": may.get("return"),
        "transfer": bool(may.get("transfer", False)),
        "add_signer": bool(may.get("add_signer", False)),
    }


def may_see(run: FlowRun, person: int) -> bool:
    """Whoever started the run or was asked in it sees its way."""
    return (
        run.starter_id == person
        or Assignment.objects.filter(
            Q(person_id=person) | Q(decided_by_id=person), run=run
        ).exists()
    )
