"""Applications, forms, files, explanations, the documents themselves, health."""

from apps_runtime.openapi.operation import (
    ANYTHING,
    FLAG,
    NUMBER,
    TEXT,
    Operation,
    Operations,
    Parameter,
    closed,
    items,
    page,
    ref,
    shape,
)

HEALTH = shape(database=TEXT, broker=TEXT, worker=TEXT, clock=TEXT)
PUBLIC_LINK = shape(url=TEXT, closed=FLAG)

OPERATIONS: Operations = {
    ("GET", "/healthz"): Operation(
        "Whether database, broker, worker and clock are well; 503 while something is not",
        answer=HEALTH,
        public=True,
    ),
    ("GET", "/api/openapi.json"): Operation("This document", answer=ANYTHING),
    ("GET", "/api/apps"): Operation(
        "The applications that I may enter or design",
        answer=shape(apps=items(shape(key=TEXT, label=TEXT, icon=TEXT, release=NUMBER))),
    ),
    ("GET", "/api/apps/{app}"): Operation(
        "Navigation, forms, dashboards and what I may do",
        answer=ref("Application"),
        problems=(404,),
    ),
    ("GET", "/api/apps/{app}/openapi.json"): Operation(
        "The document of this application's forms, with the fields that I see",
        answer=ANYTHING,
        problems=(404,),
    ),
    ("GET", "/api/apps/{app}/explain"): Operation(
        "Why somebody does or does not see a record or a field",
        answer=ref("Explanation"),
        parameters=(
            Parameter("person", "Id or username; others than oneself for administrators"),
            Parameter("form", "Key of the form", required=True),
            Parameter("record", "Id of the record", NUMBER),
            Parameter("field", "Key of the field"),
            Parameter("right", "The right in question"),
        ),
        problems=(403, 404, 422),
    ),
    ("GET", "/api/apps/{app}/forms/{form}"): Operation(
        "A form as I work with it: fields with rights, behaviour, checks, views",
        answer=ref("Form"),
        tagged=True,
        problems=(404,),
    ),
    ("GET", "/api/apps/{app}/forms/{form}/views"): Operation(
        "My saved views", answer=shape(views=items(ref("SavedView"))), problems=(404,)
    ),
    ("POST", "/api/apps/{app}/forms/{form}/views"): Operation(
        "Save a view",
        body=closed(
            ("label",),
            label=TEXT,
            filter=TEXT,
            sort={"type": ["string", "array"], "items": TEXT},
            columns=items(TEXT),
            search=TEXT,
            view=TEXT,
            type=TEXT,
        ),
        answer=ref("SavedView"),
        status=201,
        problems=(404, 422),
    ),
    ("DELETE", "/api/apps/{app}/forms/{form}/views/{view}"): Operation(
        "Remove a saved view", status=204, problems=(404,)
    ),
    ("GET", "/api/apps/{app}/forms/{form}/public-link"): Operation(
        "The address under which strangers fill in the form",
        answer=PUBLIC_LINK,
        problems=(403, 404),
    ),
    ("GET", "/api/apps/{app}/forms/{form}/public-link/code.svg"): Operation(
        "That address as a QR code",
        answer=TEXT,
        media=("image/svg+xml",),
        problems=(403, 404),
    ),
    ("POST", "/api/apps/{app}/forms/{form}/public-link"): Operation(
        "Open the public form", answer=PUBLIC_LINK, problems=(403, 404)
    ),
    ("DELETE", "/api/apps/{app}/forms/{form}/public-link"): Operation(
        "Close the public form; its address stays reserved", status=204, problems=(403, 404)
    ),
    ("GET", "/api/apps/{app}/files"): Operation(
        "The files that I have uploaded, newest first",
        answer=page("files", ref("File")),
        parameters=(
            Parameter("after", "The cursor of the page before"),
            Parameter("limit", "Files a page, at most 200", {"type": "integer", "default": 50}),
        ),
        problems=(404, 422),
    ),
    ("POST", "/api/apps/{app}/files"): Operation(
        "Upload a file",
        form=shape(file={"type": "string", "format": "binary"}),
        answer=ref("File"),
        status=201,
        problems=(404, 413, 422),
    ),
    ("GET", "/api/apps/{app}/files/{file}"): Operation(
        "Download a file",
        answer={"type": "string", "format": "binary"},
        media=("application/octet-stream",),
        problems=(404,),
    ),
    ("GET", "/f/{token}"): Operation(
        "A public form: a page, or JSON where that is accepted",
        answer=ANYTHING,
        media=("text/html", "application/json"),
        problems=(404, 410),
        public=True,
    ),
    ("POST", "/f/{token}"): Operation(
        "Fill in a public form",
        body=ref("Values"),
        answer=ANYTHING,
        media=("text/html", "application/json"),
        problems=(404, 410, 422, 429),
        public=True,
    ),
}
