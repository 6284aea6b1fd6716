"""Problems with a status of their own: what is not there, not allowed, or has changed meanwhile."""

from collections.abc import Iterable, Mapping

from engines.problems import Problem, Problems, problem

# Codes that mean something else than "not valid" (422) wherever they are raised.
STATUS_OF_CODE: Mapping[str, int] = {
    "not_json": 400,
    "json_too_deep": 400,
    "number_too_long": 400,
    "not_a_json_number": 400,
    "duplicate_key": 400,
    "forbidden_key": 400,
    "forbidden_character": 400,
    "malformed": 400,
    "not_an_object": 400,
    "cursor_not_valid": 400,
    "unknown_parameter": 400,
    "not_signed_in": 401,
    "forbidden": 403,
    "form_hidden": 403,
    "field_hidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "release_changed": 409,
    "release_other": 409,
    "key_of_archived": 409,
    "work_not_running": 409,
    "record_changed": 409,
    "draft_changed": 409,
    "assignment_changed": 409,
    "assignment_closed": 409,
    "assignment_decided": 409,
    "record_locked": 409,
    "conflict": 409,
    "too_large": 413,
    "media_type": 415,
    "version_missing": 428,
    "too_many_requests": 429,
    "try_again": 503,
}


class Refused(Problems):
    """Problems that answer with ``status``; ``extra`` members stand beside "problems"."""

    def __init__(
        self,
        status: int,
        problems: Iterable[Problem],
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(problems)
        self.status = status
        self.extra: Mapping[str, object] = extra or {}


def status_of(error: Problems) -> int:
    """The HTTP status that stands for these problems."""
    if isinstance(error, Refused):
        return error.status
    for each in error.problems:
        if each.severity == "error":
            return STATUS_OF_CODE.get(each.code, 422)
    return 422


def not_found(path: str = "", **params: object) -> Refused:
    """404; also for what exists but may not be seen, so that nobody learns that it exists."""
    return Refused(404, (problem(path, "not_found", **params),))


def forbidden(code: str = "forbidden", path: str = "", **params: object) -> Refused:
    """403: visible, but not allowed."""
    return Refused(403, (problem(path, code, **params),))


def conflict(code: str, *, extra: Mapping[str, object] | None = None, **params: object) -> Refused:
    """409: somebody else was faster."""
    return Refused(409, (problem("", code, **params),), extra)


def malformed(code: str, path: str = "", **params: object) -> Refused:
    """400: not what this address understands."""
    return Refused(400, (problem(path, code, **params),))
