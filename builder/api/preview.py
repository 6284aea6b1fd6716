"""Try formulas, rules and flows on records before publishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime.api.authentication import person_of
from apps_runtime.api.parse import body_object
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from builder import preview
from builder.api.policies import designs
from engines.problems import Problem, Problems, problem

MOST = 2**63 - 1


class FormulaCheckView(View):
    """Is a formula right, what is its type, what does it give?"""

    policy = designs

    def post(self, request: Request, app: str) -> Response:
        """200 also for a wrong formula: its problems are the answer."""
        body = body_object(request)
        problems = _unknown(body, ("form", "formula", "purpose", "returns", "record", "definition"))
        for name in ("form", "formula"):
            if not isinstance(body.get(name), str):
                problems.append(problem(f"/{name}", "text_expected"))
        purpose = body.get("purpose", "value")
        if purpose not in preview.PURPOSES:
            known = ", ".join(preview.PURPOSES)
            problems.append(problem("/purpose", "no_such_purpose", known=known))
        returns = body.get("returns")
        if returns is not None and not isinstance(returns, str):
            problems.append(problem("/returns", "text_expected"))
        definition = body.get("definition")
        if definition is not None and not isinstance(definition, Mapping):
            problems.append(problem("/definition", "object_expected"))
        record = _record(body, problems, required=False)
        if problems:
            raise Problems(problems)
        found = preview.check_formula(
            app,
            str(body["formula"]),
            form=str(body["form"]),
            purpose=str(purpose),
            person=person_of(request),
            returns=returns if isinstance(returns, str) else None,
            record=record,
            definition=definition if isinstance(definition, Mapping) else None,
        )
        return Response(
            {
                "problems": problems_json(found.problems, language_of(request)),
                "type": found.type,
                "tree": found.tree,
                "result": found.result,
            }
        )


class RuleTryView(View):
    """For which of the last records would a rule's condition hold?"""

    policy = designs

    def post(self, request: Request, app: str) -> Response:
        """With an explanation, part by part."""
        body = body_object(request)
        if problems := _unknown(body, ("rule",)):
            raise Problems(problems)
        try:
            found = preview.try_rule(
                app, body.get("rule"), person=person_of(request), language=language_of(request)
            )
        except Problems as error:
            raise error.under("/rule") from None
        return Response({"records": found})


class FlowTryView(View):
    """Which way would a record take?"""

    policy = designs

    def post(self, request: Request, app: str) -> Response:
        """As if everybody agreed."""
        body = body_object(request)
        problems = _unknown(body, ("flow", "record"))
        record = _record(body, problems, required=True)
        if problems or record is None:
            raise Problems(problems)
        return Response(preview.try_flow(app, body.get("flow"), record, person=person_of(request)))


def _unknown(body: Mapping[str, Any], known: tuple[str, ...]) -> list[Problem]:
    return [problem(f"/{name}", "no_such_property") for name in body if name not in known]


def _record(body: Mapping[str, Any], problems: list[Problem], *, required: bool) -> int | None:
    record = body.get("record")
    if record is None and not required:
        return None
    if isinstance(record, bool) or not isinstance(record, int) or not 0 < record <= MOST:
        problems.append(problem("/record", "number_expected", most=MOST))
        return None
    return record
