"""What the OpenAPI document says about the designer's addresses."""

from apps_runtime.openapi.operation import (
    ANYTHING,
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
)

ROOT = "/api/builder/applications"
APP = f"{ROOT}/{{app}}"
DEFINITION = f"{APP}/definitions/{{kind}}/{{key}}"
LOCALIZED: Schema = {"type": ["string", "object"], "additionalProperties": TEXT}
IF_MATCH = Parameter("If-Match", "The ETag that was read", place="header")
PROBLEMS = items(ref("Problem"))
SUMMARY = shape(
    key=TEXT,
    label={},
    icon=TEXT,
    release=maybe(NUMBER),
    changes=NUMBER,
    updated_at=maybe(MOMENT),
    updated_by=maybe(ref("PersonBrief")),
)
ENTRY = shape(
    kind=TEXT,
    key=TEXT,
    label={},
    etag=maybe(TEXT),
    state=TEXT,
    updated_at=maybe(MOMENT),
    updated_by=maybe(ref("PersonBrief")),
)
CHANGES = items(ANYTHING)
FILE_ID: Schema = {"type": "string", "format": "uuid"}
COLUMN_TYPE = shape(
    type=TEXT, options=ANYTHING, misfits=NUMBER, examples=items(TEXT), blank=items(TEXT)
)
PROPOSAL = shape(
    file=FILE_ID,
    name=TEXT,
    sheets=items(TEXT),
    sheet=TEXT,
    total=NUMBER,
    label=TEXT,
    form=shape(label=TEXT, key=TEXT),
    columns=items(
        shape(
            header=TEXT,
            label=TEXT,
            key=TEXT,
            type=TEXT,
            types=items(COLUMN_TYPE),
            samples=items(TEXT),
            filled=NUMBER,
        )
    ),
    field_types=items(shape(key=TEXT, label=TEXT, icon=TEXT)),
    problems=PROBLEMS,
)
TABLE = closed(
    ("file", "form", "columns"),
    file=FILE_ID,
    sheet=TEXT,
    form=closed(("label",), label=TEXT, key=TEXT),
    columns=items(
        closed(
            ("header", "label", "type"),
            header=TEXT,
            label=TEXT,
            key=TEXT,
            type=TEXT,
            options=ANYTHING,
            blank=items(TEXT),
        )
    ),
)

OPERATIONS: Operations = {
    ("GET", "/api/builder/catalogue"): Operation(
        "Every kind of thing with its options_schema", answer=ANYTHING, problems=(403,)
    ),
    ("GET", "/api/builder/keys"): Operation(
        "A key for a label, pinyin for Chinese",
        answer=shape(key=TEXT),
        parameters=(
            Parameter("label", "The label in any language", required=True),
            Parameter("taken", "Keys in use, separated by commas"),
        ),
        problems=(403,),
    ),
    ("GET", "/api/builder/templates"): Operation(
        "The packaged applications to begin with",
        answer=shape(templates=items(ANYTHING)),
        problems=(403,),
    ),
    ("GET", ROOT): Operation(
        "The applications that I may design",
        answer=page("applications", SUMMARY),
        problems=(403,),
    ),
    ("POST", ROOT): Operation(
        "Make an application; I become its administrator",
        body=closed(
            ("label",),
            label=LOCALIZED,
            key=TEXT,
            icon=TEXT,
            timezone=TEXT,
            currency=TEXT,
            language=TEXT,
            navigation=items(ANYTHING),
            kind=TEXT,
            format=NUMBER,
            template=TEXT,
            table=TABLE,
        ),
        answer=shape(tuple(SUMMARY["required"]), **SUMMARY["properties"], form=TEXT, work=FILE_ID),
        status=201,
        problems=(403, 409, 422),
        once=True,
    ),
    ("POST", f"{ROOT}/propose"): Operation(
        "Look into a spreadsheet: the application, form and fields that it could become",
        body=closed(("file",), file=FILE_ID, sheet=TEXT),
        form=shape(("file",), file={"type": "string", "format": "binary"}, sheet=TEXT),
        answer=PROPOSAL,
        problems=(403, 404, 413, 422),
    ),
    ("POST", f"{ROOT}/import"): Operation(
        "Take an application over from a zip, or see with `dry_run` what would change",
        form=shape(
            ("file",),
            file={"type": "string", "format": "binary"},
            dry_run={"type": "string", "enum": ["true", "false"]},
            app=TEXT,
        ),
        parameters=(
            Parameter("dry_run", "For a zip that is the body itself: true only tells the changes"),
            Parameter("app", "The application to take it over into; else the file's own"),
        ),
        answer=shape(application=TEXT, exists=FLAG, changes=CHANGES, problems=PROBLEMS),
        problems=(403, 413, 422),
    ),
    ("GET", APP): Operation(
        "One application with its definitions",
        answer={
            "allOf": [
                SUMMARY,
                shape(definitions=items(ENTRY), administrators=items(maybe(ref("PersonBrief")))),
            ]
        },
        problems=(403, 404),
    ),
    ("DELETE", APP): Operation(
        "Throw an application away; a published one is archived",
        status=204,
        problems=(403, 404, 409),
    ),
    ("GET", f"{APP}/export"): Operation(
        "The application as a zip",
        answer={"type": "string", "format": "binary"},
        media=("application/zip",),
        parameters=(Parameter("release", "A number; without it the draft", NUMBER),),
        problems=(403, 404),
    ),
    ("GET", f"{APP}/definitions"): Operation(
        "The definitions of the draft, without their content",
        answer=page("definitions", ENTRY),
        problems=(403, 404),
    ),
    ("GET", DEFINITION): Operation(
        "A definition; its ETag is what a change must name",
        answer=ANYTHING,
        problems=(403, 404),
    ),
    ("PUT", DEFINITION): Operation(
        "Put a definition into the draft: a wrong structure is refused, a wrong meaning listed",
        body=ANYTHING,
        answer=shape(definition=ANYTHING, etag=TEXT, problems=PROBLEMS),
        parameters=(IF_MATCH,),
        problems=(403, 404, 409, 422, 428),
    ),
    ("DELETE", DEFINITION): Operation(
        "Take a definition out of the draft; 409 where others use it",
        status=204,
        parameters=(IF_MATCH, Parameter("force", "true: although others use it", FLAG)),
        problems=(403, 404, 409),
    ),
    ("POST", f"{APP}/check"): Operation(
        "What publishing would do",
        answer=shape(
            problems=PROBLEMS,
            changes=CHANGES,
            operations=items(ANYTHING),
            summary=TEXT,
            base=maybe(NUMBER),
        ),
        problems=(403, 404),
    ),
    ("POST", f"{APP}/publish"): Operation(
        "Make the draft the next release",
        body=closed((), note=TEXT, accept_loss=FLAG),
        answer=shape(release=NUMBER, problems=PROBLEMS, follow_up=NUMBER),
        once=True,
        parameters=(
            Parameter("If-Match", "The number of the release it began from", place="header"),
        ),
        problems=(403, 404, 409, 422),
    ),
    ("GET", f"{APP}/releases"): Operation(
        "Releases, newest first",
        answer=page(
            "releases",
            shape(
                number=NUMBER,
                note=TEXT,
                restored_from=maybe(NUMBER),
                created_at=MOMENT,
                created_by=maybe(ref("PersonBrief")),
                current=FLAG,
            ),
        ),
        problems=(403, 404),
    ),
    ("POST", f"{APP}/releases/{{number}}/restore"): Operation(
        "Make a new release with the content of an earlier one; the draft stays",
        body=closed((), note=TEXT, accept_loss=FLAG),
        answer=shape(release=NUMBER),
        once=True,
        problems=(403, 404, 409, 422),
    ),
    ("GET", f"{APP}/compare"): Operation(
        "Differences between two releases, or a release and the draft",
        answer=shape(changes=CHANGES),
        parameters=(
            Parameter("from", "A number, 0 for nothing, or draft"),
            Parameter("to", "A number, 0 for nothing, or draft"),
        ),
        problems=(403, 404),
    ),
    ("GET", f"{APP}/usage"): Operation(
        "Who uses a definition or a field",
        answer=shape(usage=items(shape(kind=TEXT, key=TEXT, label=TEXT, path=TEXT, where={}))),
        parameters=(
            Parameter("kind", "Kind of the definition", required=True),
            Parameter("key", "Its key", required=True),
            Parameter("field", "One of its fields"),
        ),
        problems=(403, 404),
    ),
    ("POST", f"{APP}/formulas/check"): Operation(
        "Is a formula right, what is its type, what does it give?",
        body=closed(
            ("form", "formula"),
            form=TEXT,
            formula=TEXT,
            purpose=TEXT,
            returns=maybe(TEXT),
            record=maybe(NUMBER),
            definition=maybe(ANYTHING),
        ),
        answer=shape(problems=PROBLEMS, type=maybe(TEXT), tree={}, result={}),
        problems=(403, 404, 422),
    ),
    ("POST", f"{APP}/rules/try"): Operation(
        "For which of the last records would a rule's condition hold?",
        body=closed(("rule",), rule=ANYTHING),
        answer=shape(records=items(ANYTHING)),
        problems=(403, 404, 422),
    ),
    ("POST", f"{APP}/flows/try"): Operation(
        "Which way would a record take, if everybody agreed?",
        body=closed(("flow", "record"), flow=ANYTHING, record=NUMBER),
        answer=ANYTHING,
        problems=(403, 404, 422),
    ),
}
