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
from apps_runtime.record_labels import Place, labels
from apps_runtime.refusals import malformed
from engines.access.permissions import PLAIN
from engines.flows.compile import FlowPlan
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
    last = _cursor(after)
    rows = Assignment.objects.filter(person_id=person).select_related("run")
    if name == "open":
        rows = rows.filter(state="open").exclude(kind="copy")
        rows = rows.order_by(F("due").asc(nulls_last=True), "-id")
        if last is not None:
            rows = rows.filter(_later(person, last))
    else:
        rows = (
            rows.filter(state__in=("done", "transferred"))
            if name == "done"
            else rows.filter(kind="copy")
        ).order_by("-id")
        if last is not None:
            rows = rows.filter(pk__lt=last)
    found = list(rows[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return Page(as_json(found[:limit], person, language), following)


def count_open(person: int) -> int:
    """How many wait for this person."""
    return Assignment.objects.filter(person_id=person, state="open").exclude(kind="copy").count()


def _cursor(after: str | None) -> int | None:
    """The last entry of the page before. Pages go on behind it, not at a position: a box changes
    while one works in it."""
    if after is None:
        return None
    if not (after.isascii() and after.isdecimal() and len(after) <= 18):
        raise malformed("cursor_not_valid", "/after")
    return int(after)


def _later(person: int, last: int) -> Q:
    """What stands behind an assignment in the order of the open ones, decided since or not."""
    place = Assignment.objects.filter(pk=last, person_id=person).values("due").first()
    if place is None:
        raise malformed("cursor_not_valid", "/after")
    if place["due"] is None:
        return Q(due=None, pk__lt=last)
    return Q(due__gt=place["due"]) | Q(due=place["due"], pk__lt=last) | Q(due=None)


def _started(person: int, language: str, limit: int, after: str | None) -> Page:
    rows: QuerySet[FlowRun] = FlowRun.objects.filter(starter_id=person).order_by("-id")
    last = _cursor(after)
    if last is not None:
        rows = rows.filter(pk__lt=last)
    found = list(rows[: limit + 1])
    shown = labels(((run.app, run.form, run.record) for run in found[:limit]), reader=person)
    waiting = _waiting_for([run.pk for run in found[:limit]])
    due = _due([run.pk for run in found[:limit]])
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
                "node": _standing(run, plan, language),
                "due": due.get(run.pk),
                "version": run.version,
                "state": run.state,
                "outcome": run.tokens.get("outcome"),
                "waiting_for": waiting.get(run.pk, []),
                "opened_at": run.started_at,
                "finished_at": run.finished_at,
            }
        )
    return Page(items, str(found[limit - 1].pk) if len(found) > limit else None)


def _standing(run: FlowRun, plan: FlowPlan, language: str) -> dict[str, Any] | None:
    """The node where the run stands; None when it has ended."""
    here = next((each["node"] for each in run.tokens.get("tokens", ())), None)
    node = plan.nodes.get(here) if isinstance(here, str) else None
    if node is None:
        return None
    return {"key": node.key, "label": text(node.label, language), "type": node.type.key}


def _due(runs: Sequence[int]) -> dict[int, datetime]:
    """By when the run waits for an answer."""
    rows = Assignment.objects.filter(run_id__in=runs, state="open").order_by("-due")
    return {run: due for run, due in rows.values_list("run_id", "due") if due is not None}


def _waiting_for(runs: Sequence[int]) -> dict[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    rows = Assignment.objects.filter(run_id__in=runs, state="open").order_by("id")
    for run, person in rows.values_list("run_id", "person_id"):
        shown = present.brief(person)
        if shown is not None:
            found.setdefault(run, []).append(shown)
    return found


def as_json(rows: Iterable[Assignment], reader: int, language: str) -> list[dict[str, Any]]:
    """Assignments as the API shows them, with what the reader's roles and the node let him see of
    the record."""
    found = list(rows)
    shown = labels(((row.run.app, row.run.form, row.run.record) for row in found), reader=reader)
    about = _summaries(found, reader, language)
    return [_one(row, about.get(row.pk, records.Summary()), shown, language) for row in found]


def _one(
    row: Assignment, about: records.Summary, shown: Mapping[Place, str], language: str
) -> dict[str, Any]:
    run = row.run
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    node = plan.nodes[row.node]
    starter = people.person(run.starter_id)
    decided = present.brief(row.decided_by_id)
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


def _summaries(
    rows: Sequence[Assignment], reader: int, language: str
) -> dict[int, records.Summary]:
    """Assignment → what its record is about, without what the node hides, or the reader's roles
    where the node does not name the field; set-wise for what shows the same fields."""
    alike: dict[tuple[str, str, frozenset[str]], tuple[releases.Installed, list[Assignment]]] = {}
    for row in rows:
        installed = releases.installed(row.run.app)
        if installed is not None and row.run.form in installed.plan.forms:
            hidden = _hidden(installed, row, reader)
            alike.setdefault((row.run.app, row.run.form, hidden), (installed, []))[1].append(row)
    found: dict[int, records.Summary] = {}
    for (_, form, hidden), (installed, those) in alike.items():
        ids = [row.run.record for row in those]
        told = records.summaries(
            installed, form, ids, hidden=hidden, most=SUMMARY, language=language
        )
        found |= {row.pk: told[row.run.record] for row in those if row.run.record in told}
    return found


def _hidden(installed: releases.Installed, row: Assignment, reader: int) -> frozenset[str]:
    run = row.run
    rights = releases.plan_of(run.app, run.release).flows[run.flow].nodes[row.node].rights
    hidden = {name for name, right in rights.items() if right == "hide"}
    mine = records.asked_rights(installed, reader).get(run.form)
    if mine is not None:
        hidden |= {
            field.key
            for field in installed.plan.forms[run.form].fields
            if field.key not in rights and mine.access(field.key) != PLAIN
        }
    return frozenset(hidden)


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
