"""/api/runs and flows/{flow}/runs: start a flow, see its way, step in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import assignments, people, records, run_view, runs
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import body_object, known_properties
from apps_runtime.api.view import View, caller_of, in_application, me, signed_in
from apps_runtime.caller import installed
from apps_runtime.language import language_of
from apps_runtime.models import FlowRun
from apps_runtime.refusals import Refused, not_found
from apps_runtime.rows import rows
from engines.problems import refuse


class StartView(View):
    """Starts a flow by hand for a record that one sees."""

    policy = in_application

    def post(self, request: Request, app: str, flow: str) -> Response:
        """``{"record": id}`` → the run."""
        body = body_object(request)
        known_properties(body, "record")
        record = body.get("record")
        if type(record) is not int:
            raise refuse("/record", "bad_decision_option", option="record")
        caller = caller_of(request, app)
        found = installed(app)
        plan = found.plan.flows.get(flow)
        if plan is None:
            raise not_found()
        records.require_visible(caller, plan.form, record)

        def work() -> tuple[int, object]:
            run = runs.start_by_hand(found, flow, record, starter=me(request))
            (made,) = rows(FlowRun, "WHERE id = %s", [run])
            return 201, run_view.as_json(made, me(request), language_of(request))

        return answer_once(request, body, work)


class RunView(View):
    """The way of one run: its nodes, who stands where, the log."""

    policy = signed_in

    def get(self, request: Request, run_id: int) -> Response:
        """For those who take part in it, who see its record, and administrators."""
        run = FlowRun.objects.filter(pk=run_id).first()
        if run is None or not _may_see(request, run):
            raise not_found()
        return Response(run_view.as_json(run, me(request), language_of(request)))


STEERING: Mapping[str, Callable[[int, int], object]] = {
    "withdraw": runs.withdraw,
    "urge": runs.urge,
    "cancel": runs.cancel,
    "retry": runs.retry,
    "skip": runs.skip,
}


class SteerView(View):
    """Withdraw, urge, cancel, retry or skip."""

    policy = signed_in

    def post(self, request: Request, run_id: int, action: str) -> Response:
        """The run afterwards; 403 for those who see it but may not do this."""
        run = FlowRun.objects.filter(pk=run_id).first()
        if run is None or action not in STEERING or not _may_see(request, run):
            raise not_found()
        STEERING[action](run_id, me(request))
        run.refresh_from_db()
        return Response(run_view.as_json(run, me(request), language_of(request)))


def _may_see(request: Request, run: FlowRun) -> bool:
    person = me(request)
    mine = people.roles(person, run.app)
    if not mine:
        return False
    if "administrator" in mine or assignments.may_see(run, person):
        return True
    try:
        records.require_visible(caller_of(request, run.app), run.form, run.record)
    except Refused:
        return False
    return True
