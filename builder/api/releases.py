"""Check, publish, releases, restore, compare, usage."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework.request import Request
from rest_framework.response import Response

from apps_runtime import releases as runtime
from apps_runtime.api.authentication import person_of
from apps_runtime.api.idempotency import answer_once
from apps_runtime.api.parse import body_object, known_parameters
from apps_runtime.api.problems import problems_json
from apps_runtime.api.view import View
from apps_runtime.language import language_of
from apps_runtime.models import Release
from apps_runtime.people import present
from apps_runtime.refusals import malformed, not_found
from builder import check, compare, drafts, publish, released
from builder.api.definitions import if_match
from builder.api.policies import designs
from engines.definitions.compare import compare as differences
from engines.problems import Problems, problem
from engines.texts import text

MAX_NOTE = 2000


class CheckView(View):
    """What publishing would do."""

    policy = designs

    def post(self, request: Request, app: str) -> Response:
        """Problems, changes, table operations with the records they touch, one sentence."""
        language = language_of(request)
        found = check.check(app)
        return Response(
            {
                "problems": problems_json(found.problems, language),
                "changes": compare.changes_json(
                    found.changes, found.old, found.new, app=app, language=language
                ),
                "operations": check.steps_json(found, language),
                "summary": check.summary(found, language),
                "base": found.base,
            }
        )


class PublishView(View):
    """Make the draft the next release."""

    policy = designs

    def post(self, request: Request, app: str) -> Response:
        """200 with its number; 409 for a stale base or nothing new; 422 with what is wrong."""
        body = body_object(request)
        note, accept_loss = _options(body)
        base = _base(request)
        headers: dict[str, str] = {}

        def work() -> tuple[int, object]:
            published = publish.publish(
                app, person=person_of(request), note=note, base=base, accept_loss=accept_loss
            )
            headers["ETag"] = f'"{published.release.number}"'
            return 200, {
                "release": published.release.number,
                "problems": problems_json(published.warnings, language_of(request)),
                "follow_up": len(runtime.open_follow_ups(app)),
            }

        answer = answer_once(request, {**body, "base": base}, work, together=False)
        for name, value in headers.items():
            answer[name] = value
        return answer


class ReleasesView(View):
    """The releases of an application."""

    policy = designs

    def get(self, request: Request, app: str) -> Response:
        """Newest first."""
        found = Release.objects.filter(app=app).order_by("-number")
        current = released.in_force(app).number
        return Response(
            {
                "releases": [
                    {
                        "number": each.number,
                        "note": each.note,
                        "restored_from": each.restored_from,
                        "created_at": each.created_at,
                        "created_by": present.brief(each.created_by_id),
                        "current": each.number == current,
                    }
                    for each in found.defer("definitions")
                ],
                "next": None,
            }
        )


class RestoreView(View):
    """Go back to an earlier release."""

    policy = designs

    def post(self, request: Request, app: str, number: int) -> Response:
        """Release n+1 with its content; the draft stays."""
        body = body_object(request)
        note, _ = _options(body)

        def work() -> tuple[int, object]:
            release = publish.restore(app, number, person=person_of(request), note=note)
            return 200, {"release": release.number}

        return answer_once(request, body, work, together=False)


class CompareView(View):
    """Differences between two releases, or a release and the draft."""

    policy = designs

    def get(self, request: Request, app: str) -> Response:
        """``from`` and ``to``: a number, 0 for nothing, or ``draft``."""
        known_parameters(request, "from", "to")
        current = str(released.in_force(app).number)
        old = compare.content(app, request.query_params.get("from", current))
        new = compare.content(app, request.query_params.get("to", compare.DRAFT))
        changes = compare.changes_json(
            differences(old, new), old, new, app=app, language=language_of(request)
        )
        return Response({"changes": changes})


class UsageView(View):
    """Who uses a definition or a field."""

    policy = designs

    def get(self, request: Request, app: str) -> Response:
        """Every place of the draft that names it."""
        known_parameters(request, "kind", "key", "field")
        wanted = request.query_params
        if "kind" not in wanted or "key" not in wanted:
            raise malformed("value_required", "/kind" if "kind" not in wanted else "/key")
        found = drafts.bodies(app)
        if (wanted["kind"], wanted["key"]) not in found:
            raise not_found()
        language = language_of(request)
        users = drafts.users_of(found, wanted["kind"], wanted["key"], wanted.get("field"))
        return Response(
            {
                "usage": [
                    {
                        "kind": each.from_kind,
                        "key": each.from_key,
                        "label": text(
                            drafts.label_of(
                                found.get((each.from_kind, each.from_key)), each.from_key
                            ),
                            language,
                            each.from_key,
                        ),
                        "path": each.path,
                        "where": compare.words(
                            each.path, None, found.get((each.from_kind, each.from_key)), language
                        ),
                    }
                    for each in users
                ]
            }
        )


def _base(request: Request) -> int | None:
    value = if_match(request)
    if value is None or value == drafts.ANY:
        return None
    if not (value.isascii() and value.isdecimal()) or len(value) > 9:
        raise malformed("no_such_release", "", release=value[:20])
    return int(value)


def _options(body: Mapping[str, object]) -> tuple[str, bool | None]:
    problems = [
        problem(f"/{name}", "no_such_property")
        for name in body
        if name not in ("note", "accept_loss")
    ]
    note = body.get("note") or ""
    accept_loss = body.get("accept_loss")
    if not isinstance(note, str) or len(note) > MAX_NOTE or "\x00" in note:
        problems.append(problem("/note", "too_many_characters", limit=MAX_NOTE))
    if accept_loss is not None and not isinstance(accept_loss, bool):
        problems.append(problem("/accept_loss", "boolean_expected"))
    if problems:
        raise Problems(problems)
    return str(note), accept_loss if isinstance(accept_loss, bool) else None
