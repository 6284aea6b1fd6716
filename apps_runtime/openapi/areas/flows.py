"""Runs, assignments, notifications, long work, the log of rules."""

from apps_runtime.openapi.operation import (
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    Operation,
    Operations,
    Parameter,
    Schema,
    closed,
    items,
    maybe,
    page,
    ref,
    shape,
    some,
)

AFTER = Parameter("after", "The cursor of the page before")
DECISION: Schema = closed(
    (),
    opinion=TEXT,
    values=ref("Values"),
    version=NUMBER,
    to={
        "type": ["string", "integer", "array"],
        "items": {"type": ["string", "integer"]},
        "description": "return: key of the node. transfer, add_signer: people by id or username.",
    },
    place=some("before", "after"),
)

OPERATIONS: Operations = {
    ("POST", "/api/apps/{app}/flows/{flow}/runs"): Operation(
        "Start a flow by hand",
        body=closed(("record",), record=NUMBER),
        answer=ref("Run"),
        status=201,
        problems=(403, 404, 409, 422),
        once=True,
    ),
    ("GET", "/api/runs/{run_id}"): Operation(
        "The way of a run: nodes, who stands where, the log",
        answer=ref("Run"),
        problems=(404,),
    ),
    ("POST", "/api/runs/{run_id}/{action}"): Operation(
        "withdraw, urge, cancel, retry or skip",
        answer=ref("Run"),
        problems=(403, 404, 409),
    ),
    ("GET", "/api/assignments"): Operation(
        "What I have been asked to do",
        answer=page("assignments", ref("Assignment"), open=NUMBER),
        parameters=(
            Parameter("box", "Which box", some("open", "done", "started", "copied")),
            Parameter("limit", "At most 200", {"type": "integer", "default": 50}),
            AFTER,
        ),
    ),
    ("GET", "/api/assignments/{assignment_id}"): Operation(
        "One of my assignments", answer=ref("Assignment"), problems=(404,)
    ),
    ("POST", "/api/assignments/{assignment_id}/{decision}"): Operation(
        "agree, refuse, return, transfer, add_signer or save",
        body=DECISION,
        answer=ref("Decided"),
        problems=(403, 404, 409, 422),
        once=True,
    ),
    ("POST", "/api/assignments/batch"): Operation(
        "The same decision on up to 100 assignments; each stands for itself",
        body=closed(
            ("decision", "ids"),
            decision=some("agree", "refuse"),
            ids=items(NUMBER),
            opinion=TEXT,
        ),
        answer=shape(
            results=items(
                shape(
                    ("id", "ok"),
                    id=NUMBER,
                    ok=FLAG,
                    state=TEXT,
                    problems=items(ref("Problem")),
                )
            )
        ),
        problems=(422,),
    ),
    ("GET", "/api/apps/{app}/rules/{rule}/log"): Operation(
        "When a rule ran, why, and what it did; for designers",
        answer=page(
            "log",
            shape(
                id=NUMBER,
                at=MOMENT,
                form=TEXT,
                record=maybe(NUMBER),
                label=maybe(TEXT),
                met=maybe(FLAG),
                effects=items({}),
                explanation={},
                error=maybe(TEXT),
                depth=NUMBER,
            ),
        ),
        parameters=(AFTER,),
        problems=(403, 404),
    ),
    ("GET", "/api/notifications"): Operation(
        "My notifications, newest first",
        answer=page("notifications", ref("Notification"), unread=NUMBER),
        parameters=(AFTER,),
    ),
    ("POST", "/api/notifications/read"): Operation(
        "Mark notifications as read",
        body=closed((), ids=items(NUMBER), all=FLAG),
        answer=shape(unread=NUMBER),
    ),
    ("GET", "/api/work/{work_id}"): Operation(
        "How far long work is", answer=ref("Work"), problems=(404,)
    ),
    ("GET", "/api/work/{work_id}/error_file"): Operation(
        "The rows of an import that failed, with the reasons, as CSV",
        answer={"type": "string", "format": "binary"},
        media=("application/octet-stream",),
        problems=(404,),
    ),
    ("GET", "/api/work/{work_id}/result_file"): Operation(
        "The file that an export has made",
        answer={"type": "string", "format": "binary"},
        media=("application/octet-stream",),
        problems=(404,),
    ),
    ("POST", "/api/work/{work_id}/cancel"): Operation(
        "Stop long work at its next step; what is done stays done",
        answer=ref("Work"),
        problems=(404, 409),
    ),
}
