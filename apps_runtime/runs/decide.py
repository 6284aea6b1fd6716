"""What a person answers to an assignment, and all that follows from it, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from apps_runtime import people, records, releases
from apps_runtime.caller import Caller, Through
from apps_runtime.models import Assignment, FlowRun
from apps_runtime.refusals import conflict, not_found
from apps_runtime.rows import row, rows
from apps_runtime.runs.progress import Run, advance, lock
from engines.flows.event import Decision, Event
from engines.flows.node import NodePlan
from engines.problems import Problems, problem, refuse

MAX_OPINION = 2_000  # signs


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision as it was sent. ``version`` is that of the assignment, where the sender knows it;
    ``to_node`` and ``to_people`` say where a return, transfer or added signer goes.
    """

    decision: Decision
    opinion: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    to_node: str | None = None
    to_people: tuple[int, ...] = ()
    place: str = "before"


def read_opinion(text: str) -> str:
    """An opinion as it is kept. Raises Problems ``opinion_too_long``."""
    if len(text) > MAX_OPINION:
        raise refuse("/opinion", "opinion_too_long", limit=MAX_OPINION)
    return text.strip()


def decide(assignment_id: int, person: int, answer: Answer, *, through: str = "ui") -> Assignment:
    """Record an answer, write the values that came with it, advance the run; the assignment.

    Raises Problems: ``not_found`` (not this person's), ``assignment_decided`` (409, with who was
    faster), field problems as for any record, and what the node does not allow.
    """
    with transaction.atomic():
        run, assignment, node = _locked(assignment_id, person)
        if assignment.state != "open" or (
            answer.version is not None and answer.version != assignment.version
        ):
            raise _decided(assignment)
        if assignment.kind == "handle":
            answer = _resubmission(answer)
        _write_values(run, node, answer, person, through)
        event = Event(
            "decide",
            token=int(assignment.token),
            person=person,
            decision=answer.decision,
            to_node=answer.to_node,
            to_people=answer.to_people,
            place="after" if answer.place == "after" else "before",
            opinion=answer.opinion or None,
        )
        before = run.tokens
        # Taken before the effects are performed: they cancel or hand over what is still open.
        _settle(assignment, answer, person)
        try:
            after = advance(run, event)
        except Problems as found:
            raise _of_a_step(found, node) from found
        if after == before:
            raise _decided(assignment)
        return _after(run.id, assignment.pk)


def _after(run_id: int, assignment_id: int) -> Assignment:
    """The assignment as it is now, with its run."""
    (found,) = rows(Assignment, "WHERE id = %s", [assignment_id])
    (found.run,) = rows(FlowRun, "WHERE id = %s", [run_id])
    return found


def _of_a_step(found: Problems, node: NodePlan) -> Problems:
    """What an automatic step after the decision could not do is not the decider's mistake: said as
    such, with the problems of the step below it. Those of the decision itself stay as they are."""
    if all(each.path in ("", "/to") for each in found.problems):
        return found
    return Problems(
        (problem("", "flow_step_failed", node=node.label), *found.under("/flow").problems)
    )


def save(assignment_id: int, person: int, values: Mapping[str, Any], opinion: str) -> Assignment:
    """Keep what somebody has filled in so far, without deciding."""
    with transaction.atomic():
        run, assignment, node = _locked(assignment_id, person)
        if assignment.state != "open":
            raise _decided(assignment)
        _allowed(run, node, values)
        Assignment.objects.filter(pk=assignment.pk).update(
            saved={"values": dict(values), "opinion": opinion}
        )
        return _after(run.id, assignment.pk)


def _locked(assignment_id: int, person: int) -> tuple[Run, Assignment, NodePlan]:
    """Run first, then the assignment: the one order in which locks are taken."""
    mine = row(Assignment, "WHERE id = %s AND person_id = %s", [assignment_id, person])
    run = lock(mine.run_id) if mine is not None else None
    if run is None:
        raise not_found()
    (assignment,) = rows(Assignment, "WHERE id = %s FOR UPDATE", [assignment_id])
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    return run, assignment, plan.nodes[assignment.node]


def _decided(assignment: Assignment) -> Problems:
    """Who was faster, when, with what; or that it changed, or that nobody need decide any more."""
    decided = assignment if assignment.decided_by_id else decided_beside(assignment)
    if decided.decided_by_id is None:
        open_ = assignment.state == "open"
        return conflict("assignment_changed" if open_ else "assignment_closed")
    by = people.person(decided.decided_by_id)
    return conflict(
        "assignment_decided",
        person=by.name if by is not None else "",
        at=decided.decided_at.isoformat() if decided.decided_at else "",
        decision=decided.decision or assignment.state,
    )


def decided_beside(assignment: Assignment) -> Assignment:
    """The answer that settled the node where somebody else was faster; else the assignment."""
    beside = (
        Assignment.objects.filter(
            run_id=assignment.run_id, token=assignment.token, decided_by__isnull=False
        )
        .order_by("-decided_at")
        .first()
    )
    return beside or assignment


def _resubmission(answer: Answer) -> Answer:
    if answer.decision not in ("agree", "resubmit"):
        raise refuse("", "decision_not_allowed", decision=answer.decision)
    return Answer("resubmit", answer.opinion, answer.values, answer.version, answer.to_node)


def _allowed(run: Run, node: NodePlan, values: Mapping[str, Any]) -> None:
    """Only the fields that the node opens; whoever resubmits may edit all of his own form."""
    if node.type.key == "start":
        return
    problems = [
        problem(f"/values/{name}", "field_not_writable", field=name)
        for name in values
        if name not in node.opened
    ]
    if problems:
        raise Problems(problems)


def _write_values(run: Run, node: NodePlan, answer: Answer, person: int, through: str) -> None:
    _allowed(run, node, answer.values)
    caller = Caller.application(
        run.app,
        Through("flow", run.flow),
        person_id=person,
        chain=run.chain,
        depth=run.depth,
    )
    try:
        if answer.values:
            records.set_values(caller, run.form, run.record, answer.values)
    except Problems as found:
        raise found.under("/values") from None
    if not node.required or answer.decision not in ("agree", "resubmit"):
        return
    installed = releases.enter(run.app)
    empty = [
        name
        for name in sorted(node.required)
        if records.value_of(installed, run.form, run.record, name) in (None, ())
    ]
    if empty:
        raise Problems(problem(f"/values/{name}", "required", field=name) for name in empty)


def _settle(assignment: Assignment, answer: Answer, person: int) -> None:
    state = "transferred" if answer.decision == "transfer" else "done"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE mortise_assignment SET state = %s, decision = %s, opinion = %s,"
            " decided_at = now(), decided_by_id = %s, version = version + 1, saved = NULL"
            " WHERE id = %s",
            [state, answer.decision, answer.opinion, person, assignment.pk],
        )
        cursor.execute(
            "UPDATE mortise_notification SET read_at = now() WHERE person_id = %s"
            " AND read_at IS NULL AND text = 'assignment_opened' AND params @> %s::jsonb",
            [person, json.dumps({"run": assignment.run_id})],
        )
