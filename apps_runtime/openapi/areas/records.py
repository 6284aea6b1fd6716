"""Records: list, create, read, change, delete, restore, batch, import and export."""

from apps_runtime.openapi.operation import (
    CURSOR,
    FLAG,
    NUMBER,
    TEXT,
    Operation,
    Operations,
    Parameter,
    Schema,
    closed,
    items,
    page,
    ref,
    shape,
    some,
)

WHOLE_LIST = (
    Parameter("view", "Key of a view of the form: its condition, sort and columns"),
    Parameter("filter", "A formula that is true or false for a record"),
    Parameter("sort", "Keys separated by commas; a minus sorts downwards: `-amount,name`"),
    Parameter("fields", "Keys to show, separated by commas; `customer.level` follows a link"),
    Parameter("search", "Words that the texts of a record contain"),
)
LIST = (
    *WHOLE_LIST,
    Parameter("limit", "Records a page", {"type": "integer", "default": 50}),
    Parameter("after", "The cursor of the page before"),
    Parameter("count", "true counts exactly, false not at all; else up to a cap", FLAG),
    Parameter("deleted", "true lists the recycle bin", FLAG),
)
VERSION: Schema = {**NUMBER, "description": "The version that was read; 428 without, 409 if stale."}
FILE: Schema = {"type": "string", "format": "binary"}
FORM = "/api/apps/{app}/records/{form}"
RECORD = f"{FORM}/{{record}}"

DELETIONS = items({"anyOf": [NUMBER, closed(("id",), id=NUMBER, version=VERSION)]})

OPERATIONS: Operations = {
    ("GET", FORM): Operation(
        "A page of records", answer=ref("RecordList"), parameters=LIST, problems=(404, 422)
    ),
    ("POST", FORM): Operation(
        "Create a record",
        body=ref("Values"),
        answer=ref("Record"),
        status=201,
        problems=(403, 404, 409, 422),
        once=True,
    ),
    ("POST", f"{FORM}/batch"): Operation(
        "Create, change and delete up to 1,000 records: all or nothing",
        body=closed(
            (),
            create=items(ref("Values")),
            update=items(
                {**shape(("id", "version"), id=NUMBER, version=VERSION), "description": "Values."}
            ),
            delete=DELETIONS,
        ),
        answer=shape(created=items(NUMBER), updated=items(ref("Record")), deleted=items(NUMBER)),
        problems=(403, 404, 409, 422),
        once=True,
    ),
    ("GET", f"{FORM}/values"): Operation(
        "What a field holds in the records that I see, most frequent first",
        answer=shape(values=items(shape(("value", "label"), value={}, label=TEXT, count=NUMBER))),
        parameters=(
            Parameter("field", "Key of the field", required=True),
            Parameter("search", "Part of the label"),
        ),
        problems=(404, 422),
    ),
    ("GET", f"{FORM}/export"): Operation(
        "The records of a list as a file",
        answer=FILE,
        media=(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "text/csv",
        ),
        parameters=(Parameter("format", "xlsx or csv", some("xlsx", "csv")), *WHOLE_LIST),
        queued=True,
        problems=(403, 404, 422),
    ),
    ("POST", f"{FORM}/import/inspect"): Operation(
        "Look into a file: headers, samples, guesses",
        body=closed(("file",), file={"type": "string", "format": "uuid"}, sheet=TEXT),
        form=shape(("file",), file=FILE, sheet=TEXT),
        answer=ref("Inspection"),
        problems=(403, 404, 422),
    ),
    ("POST", f"{FORM}/import"): Operation(
        "Import a file, or try it with `dry_run`",
        body=ref("ImportOptions"),
        form=shape(
            (),
            file=FILE,
            options={
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": ref("ImportOptions"),
            },
        ),
        answer=ref("Queued"),
        status=202,
        problems=(403, 404, 422),
        once=True,
    ),
    ("GET", RECORD): Operation("One record", answer=ref("Record"), problems=(404,)),
    ("PATCH", RECORD): Operation(
        "Change fields; what is not named stays",
        body={"allOf": [ref("Values"), shape(version=VERSION)]},
        answer=ref("Record"),
        problems=(403, 404, 409, 422, 428),
    ),
    ("DELETE", RECORD): Operation(
        "Move a record to the recycle bin",
        body=closed((), version=VERSION),
        status=204,
        problems=(403, 404, 409, 422),
    ),
    ("POST", f"{RECORD}/restore"): Operation(
        "Take a record out of the recycle bin",
        answer=ref("Record"),
        once=True,
        problems=(403, 404, 409),
    ),
    ("GET", f"{RECORD}/history"): Operation(
        "What has happened to a record, newest first",
        answer=page("history", ref("HistoryEntry")),
        parameters=(
            Parameter("after", "The cursor of the page before"),
            Parameter("limit", "Entries a page, at most 200", {**NUMBER, "default": 50}),
        ),
        problems=(404, 422),
    ),
    ("GET", f"{RECORD}/related/{{other}}"): Operation(
        "The records of another form that link to this one",
        answer=ref("RecordList"),
        parameters=(Parameter("link", "The link field, where there are several"), *LIST),
        problems=(404, 422),
    ),
    ("GET", f"{RECORD}/comments"): Operation(
        "Comments, newest first",
        answer=shape(comments=items(ref("Comment")), next=CURSOR),
        parameters=(
            Parameter("after", "The cursor of the page before"),
            Parameter("limit", "Comments a page, at most 200", {**NUMBER, "default": 200}),
        ),
        problems=(404, 422),
    ),
    ("POST", f"{RECORD}/comments"): Operation(
        "Add a comment",
        body=closed(("text",), text=TEXT),
        answer=ref("Comment"),
        status=201,
        problems=(404, 422),
        once=True,
    ),
}
