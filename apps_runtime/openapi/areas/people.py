"""Sessions, people, departments, tokens and the members of roles."""

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

PERSON_NAMED: Schema = {
    "type": ["integer", "string", "null"],
    "description": "A person by id or username.",
}
DEPARTMENT_NAMED: Schema = {
    "type": ["integer", "string", "null"],
    "description": "A department by id or key.",
}
PERSON_PROPERTIES: dict[str, Schema] = {
    "username": TEXT,
    "name": TEXT,
    "email": TEXT,
    "department": DEPARTMENT_NAMED,
    "superior": PERSON_NAMED,
    "positions": items(TEXT),
    "system_roles": items(
        some("platform_administrator", "application_designer", "operator", "auditor")
    ),
    "language": maybe(TEXT),
    "active": FLAG,
    "password": TEXT,
    "must_change_password": FLAG,
}
MEMBERS = shape(
    people=items(ref("PersonBrief")),
    departments=items(ref("DepartmentBrief")),
    positions=items(TEXT),
)

OPERATIONS: Operations = {
    ("GET", "/api/session"): Operation("Who am I; 401 for nobody", answer=ref("Session")),
    ("POST", "/api/session"): Operation(
        "Sign in; sets the session's cookie and the CSRF cookie",
        body=closed(("username", "password"), username=TEXT, password=TEXT),
        answer=ref("Session"),
        problems=(422, 429),
        public=True,
    ),
    ("PATCH", "/api/session"): Operation(
        "Change my language or password",
        body=closed((), language=maybe(TEXT), password=TEXT, old_password=TEXT),
        answer=ref("Session"),
        problems=(422,),
    ),
    ("DELETE", "/api/session"): Operation("Sign out", status=204, public=True),
    ("GET", "/api/people"): Operation(
        "The people of the organisation",
        answer=page("people", ref("Person")),
        parameters=(
            Parameter("search", "Part of the name, username or pinyin"),
            Parameter("department", "Id or key; the departments below it are included"),
            Parameter("active", "Only active or only inactive people", FLAG),
            Parameter("limit", "At most 1000", {"type": "integer", "default": 200}),
            Parameter("after", "The cursor of the page before"),
        ),
    ),
    ("POST", "/api/people"): Operation(
        "Add a person",
        body=closed(("username",), **PERSON_PROPERTIES),
        answer=ref("Person"),
        status=201,
        problems=(403, 422),
        once=True,
    ),
    ("GET", "/api/people/{person_id}"): Operation(
        "One person, also an inactive one", answer=ref("Person"), problems=(404,)
    ),
    ("PATCH", "/api/people/{person_id}"): Operation(
        "Change a person; what is not named stays. Who is made inactive may hand over what he has"
        " been asked to do",
        body=closed((), **PERSON_PROPERTIES, hand_over=PERSON_NAMED),
        answer={
            "allOf": [
                ref("Person"),
                shape(hand_over={"allOf": [ref("Holdings"), shape(handed_over=NUMBER)]}),
            ]
        },
        problems=(403, 404, 422),
    ),
    ("GET", "/api/people/{person_id}/hand_over"): Operation(
        "What somebody who leaves would leave behind",
        answer=ref("Holdings"),
        problems=(403, 404),
    ),
    ("POST", "/api/people/{person_id}/password"): Operation(
        "Give a temporary password, told once",
        answer=shape(password=TEXT),
        problems=(403, 404),
    ),
    ("GET", "/api/departments"): Operation(
        "Every department with its parent", answer=page("departments", ref("Department"))
    ),
    ("POST", "/api/departments"): Operation(
        "Add a department",
        body=closed(("name",), key=TEXT, name=TEXT, parent=DEPARTMENT_NAMED, head=PERSON_NAMED),
        answer=ref("Department"),
        status=201,
        problems=(403, 422),
        once=True,
    ),
    ("GET", "/api/departments/{department_id}"): Operation(
        "One department", answer=ref("Department"), problems=(404,)
    ),
    ("PATCH", "/api/departments/{department_id}"): Operation(
        "Change name, parent or head",
        body=closed((), key=TEXT, name=TEXT, parent=DEPARTMENT_NAMED, head=PERSON_NAMED),
        answer=ref("Department"),
        problems=(403, 404, 422),
    ),
    ("DELETE", "/api/departments/{department_id}"): Operation(
        "Remove an empty department", status=204, problems=(403, 404, 409)
    ),
    ("GET", "/api/tokens"): Operation(
        "My tokens, without their secrets", answer=page("tokens", ref("Token"))
    ),
    ("POST", "/api/tokens"): Operation(
        "Make a token; its secret is shown in this answer only",
        body=closed(
            ("name",),
            name=TEXT,
            scopes=items(some("*", "read", "write")),
            app=maybe(TEXT),
            expires_at=maybe(MOMENT),
        ),
        answer={"allOf": [ref("Token"), shape(token=TEXT)]},
        status=201,
        problems=(422,),
    ),
    ("DELETE", "/api/tokens/{token_id}"): Operation(
        "Revoke a token at once", status=204, problems=(404,)
    ),
    ("GET", "/api/apps/{app}/roles/{role}/members"): Operation(
        "Who has a role", answer=MEMBERS, problems=(403, 404)
    ),
    ("PUT", "/api/apps/{app}/roles/{role}/members"): Operation(
        "Replace the members; kinds that the body does not name stay",
        body=closed(
            (),
            people=items({"type": ["integer", "string"]}),
            departments=items({"type": ["integer", "string"]}),
            positions=items(TEXT),
        ),
        answer=MEMBERS,
        problems=(403, 404, 422),
    ),
    ("POST", "/api/people/import/inspect"): Operation(
        "Look into a file of people",
        body=closed(("file",), file={"type": "string", "format": "uuid"}, sheet=TEXT),
        form=shape(("file",), file={"type": "string", "format": "binary"}, sheet=TEXT),
        answer=ref("Inspection"),
        problems=(403, 404, 422),
    ),
    ("POST", "/api/people/import"): Operation(
        "Import people: columns name, username, email, department, superior",
        body=ref("ImportOptions"),
        form=shape(
            ("options",),
            file={"type": "string", "format": "binary"},
            options={
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": ref("ImportOptions"),
            },
        ),
        answer=ref("Queued"),
        status=202,
        once=True,
        problems=(403, 404, 422),
    ),
}
