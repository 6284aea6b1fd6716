"""/api/assignments: the inbox and the decisions taken in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import assignments, people, runs
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import body_object, known_parameters, known_properties
from apps_runtime.api.view import View, me, signed_in
from apps_runtime.language import language_of
from apps_runtime.models import Assignment
from apps_runtime.refusals import malformed, not_found
from apps_runtime.texts import message
from engines.flows.event import Decision
from engines.problems import Problems, refuse

PAGE = 50
MAX_BATCH = 100
DECISIONS: Mapping[str, Decision] = {
    "agree": "agree",
    "refuse": "refuse",
    "return": "return",
    "transfer": "transfer",
    "add_signer": "add_signer",
}


class AssignmentsView(View):
    """One of one's boxes."""

    policy = signed_in

    def get(self, request: Request) -> Response:
        """``box`` is open, done, started or copied."""
        known_parameters(request, "box", "after", "limit")
        box = request.query_params.get("box", "open")
        if box not in assignments.BOXES:
            raise malformed("unknown_box", "/box", box=box[:40])
        page = assignments.box(
            me(request),
            box,
            language=language_of(request),
            limit=_limit(request.query_params.get("limit")),
            after=request.query_params.get("after"),
        )
        return Response(
            {
                "assignments": page.items,
                "next": page.next,
                "open": assignments.count_open(me(request)),
            }
        )


class AssignmentView(View):
    """One assignment of one's own."""

    policy = signed_in

    def get(self, request: Request, assignment_id: int) -> Response:
        """As in the box."""
        found = (
            Assignment.objects.filter(pk=assignment_id, person_id=me(request))
            .select_related("run")
            .first()
        )
        if found is None:
            raise not_found()
        return Response(assignments.as_json([found], me(request), language_of(request))[0])


class DecisionView(View):
    """Agree, refuse, return, transfer, add signers, or save for later."""

    policy = signed_in

    def post(self, request: Request, assignment_id: int, decision: str) -> Response:
        """The state of the run and the assignment afterwards."""
        body = body_object(request)

        def work() -> tuple[int, object]:
            if decision == "save":
                known_properties(body, "values", "opinion", "version")
                found = runs.save(assignment_id, me(request), _values(body), _opinion(body))
            elif decision in DECISIONS:
                found = runs.decide(
                    assignment_id,
                    me(request),
                    answer(DECISIONS[decision], body),
                    through="ui" if request.auth is None else "api",
                )
            else:
                raise not_found()
            return 200, decided(found, language_of(request))

        return answer_once(request, body, work)


class BatchView(View):
    """The same decision on several assignments; each stands for itself."""

    policy = signed_in

    def post(self, request: Request) -> Response:
        """``{"decision", "ids", "opinion"}`` → one result for each id, in order."""
        body = body_object(request)
        known_properties(body, "decision", "ids", "opinion")
        decision, ids = body.get("decision"), body.get("ids")
        if decision not in ("agree", "refuse"):
            raise refuse("/decision", "bad_decision_option", option="decision")
        if (
            not isinstance(ids, list)
            or not 0 < len(ids) <= MAX_BATCH
            or not all(type(each) is int for each in ids)
        ):
            raise refuse("/ids", "bad_decision_option", option="ids")
        language = language_of(request)
        results: list[dict[str, Any]] = []
        for assignment in dict.fromkeys(cast("list[int]", ids)):
            try:
                found = runs.decide(
                    assignment,
                    me(request),
                    runs.Answer(DECISIONS[str(decision)], _opinion(body)),
                )
                results.append({"id": assignment, "ok": True, "state": found.state})
            except Problems as problems:
                results.append(
                    {
                        "id": assignment,
                        "ok": False,
                        "problems": [
                            {
                                "path": each.path,
                                "code": each.code,
                                "severity": each.severity,
                                "message": message(each, language),
                                "params": dict(each.params),
                            }
                            for each in problems.problems
                        ],
                    }
                )
        return Response({"results": results})


def answer(decision: Decision, body: Mapping[str, Any]) -> runs.Answer:
    """The decision in a body ``{"opinion","values","version","to","place"}``."""
    for name in body:
        if name not in ("opinion", "values", "version", "to", "place"):
            raise refuse(f"/{name}", "bad_decision_option", option=name)
    version = body.get("version")
    if version is not None and type(version) is not int:
        raise refuse("/version", "bad_decision_option", option="version")
    to = body.get("to")
    if decision == "return" and not isinstance(to, str | None):
        raise refuse("/to", "bad_decision_option", option="to")
    if decision in ("agree", "refuse") and to not in (None, "", []):
        raise refuse("/to", "bad_decision_option", option="to")
    place = body.get("place", "before")
    if place not in ("before", "after"):
        raise refuse("/place", "bad_decision_option", option="place")
    return runs.Answer(
        decision,
        _opinion(body),
        _values(body),
        version,
        to_node=str(to) if decision == "return" and isinstance(to, str) else None,
        to_people=_people(to) if decision in ("transfer", "add_signer") else (),
        place=str(place),
    )


def _people(to: object) -> tuple[int, ...]:
    """People by id or username, one or several."""
    named = to if isinstance(to, list) else [to]
    found: list[int] = []
    for each in named:
        person = people.person_id(each) if isinstance(each, str) else each
        if type(person) is not int or not people.active((person,)):
            raise refuse("/to", "no_such_person", name=str(each)[:60])
        found.append(person)
    return tuple(found)


def _opinion(body: Mapping[str, Any]) -> str:
    opinion = body.get("opinion")
    if opinion is None:
        return ""
    if not isinstance(opinion, str):
        raise refuse("/opinion", "bad_decision_option", option="opinion")
    return runs.read_opinion(opinion)


def _values(body: Mapping[str, Any]) -> Mapping[str, Any]:
    values = body.get("values")
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise refuse("/values", "bad_decision_option", option="values")
    return values


def _limit(given: str | None) -> int:
    if given is None:
        return PAGE
    if not (given.isascii() and given.isdecimal() and 0 < int(given[:6]) <= 200):
        raise malformed("limit_out_of_range", "/limit", limit=200)
    return int(given)


def decided(row: Assignment, language: str) -> dict[str, Any]:
    """What a decision answers: the run's state and the assignment."""
    run = row.run
    return {
        "run": {"id": run.pk, "state": run.state, "outcome": run.tokens.get("outcome")},
        "assignment": assignments.as_json([row], row.person_id, language)[0],
    }
