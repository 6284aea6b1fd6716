"""The OpenAPI 3.1 document of one application's forms, as one person may use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apps_runtime import forms
from apps_runtime.caller import Caller
from apps_runtime.openapi.areas import records
from apps_runtime.openapi.document import described, frame
from apps_runtime.openapi.operation import MOMENT, Operation, closed, items, maybe, page, ref, shape
from apps_runtime.openapi.shapes import SHAPES
from apps_runtime.releases import Installed
from engines.access import Rights
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.formulas.types import Type
from engines.texts import text

NUMBERS = {
    "type": ["string", "number"],
    "description": "A decimal number; a text keeps all digits.",
}
NAMED = {"type": ["integer", "string"]}
SHARED = (
    "Problem", "Problems", "PersonBrief", "DepartmentBrief", "Link", "FlowState", "Record",
    "RecordList", "Count", "Decimal", "Values", "HistoryEntry", "Change", "Comment",
)  # fmt: skip


def application_document(caller: Caller, installed: Installed, language: str) -> dict[str, Any]:
    """The record addresses of every form that the caller uses, with its fields."""
    plan = installed.plan
    paths: dict[str, dict[str, Any]] = {}
    schemas: dict[str, Any] = {name: SHAPES[name] for name in SHARED}
    allowed = caller.permissions(plan, installed.release)
    for key, form in plan.forms.items():
        rights = allowed.rights(key)
        if rights.see.nothing and not rights.create:
            continue
        name = "".join(part.capitalize() for part in key.split("_"))
        # Beside the shared names none can be called by both a form and us.
        schemas[f"form.{name}"] = _read(form, rights, language)
        schemas[f"form.{name}.values"] = _written(form, rights, language)
        _add_paths(paths, caller.app, form, rights, f"form.{name}", language)
    title = text(plan.label, language)
    return frame(title, f"The forms of {title}, release {installed.release}.", paths, schemas)


def _add_paths(
    paths: dict[str, dict[str, Any]],
    app: str,
    form: FormPlan,
    rights: Rights,
    name: str,
    language: str,
) -> None:
    root = f"/api/apps/{app}/records/{form.key}"
    one = f"{root}/{{record}}"
    values, record = ref(f"{name}.values"), ref(name)
    version = {"version": records.VERSION}
    found: dict[tuple[str, str], Operation] = {}

    def add(method: str, path: str, **changed: Any) -> None:
        generic = path.replace(root, records.FORM)
        base = records.OPERATIONS[(method, generic)]
        found[(method, path)] = replace(base, **changed)

    if not rights.see.nothing:
        listed = page("records", record, count=ref("Count"))
        add("GET", root, answer={**listed, "required": ["records", "next"]})
        add("GET", one, answer=record)
        add("GET", f"{one}/history")
        add("GET", f"{one}/comments")
        add("POST", f"{one}/comments")
    if rights.create:
        add("POST", root, body=values, answer=record)
    if not rights.edit.nothing:
        add(
            "PATCH",
            one,
            body={"allOf": [values, shape(("version",), **version)]},
            answer=record,
        )
    if not rights.delete.nothing:
        add("DELETE", one)
        add("POST", f"{one}/restore", answer=record)
    if rights.create or not rights.edit.nothing:
        change = {"id": {"type": "integer"}, **version}
        add(
            "POST",
            f"{root}/batch",
            body=closed(
                (),
                create=items(values),
                update=items({"allOf": [values, shape(("id", "version"), **change)]}),
                delete=records.DELETIONS,
            ),
        )
    for (method, path), operation in found.items():
        one_of_ours = described(method, path, operation, None)
        one_of_ours["tags"] = [text(form.label, language)]
        paths.setdefault(path, {})[method.lower()] = one_of_ours


def _read(form: FormPlan, rights: Rights, language: str) -> dict[str, Any]:
    properties = {
        field.key: {"title": text(field.label, language), **maybe(_shown(field.value_type, field))}
        for field in form.fields
        if forms.right_of(rights, field) != "hide"
    }
    return {
        "title": text(form.label, language),
        "allOf": [ref("Record"), {"type": "object", "properties": properties}],
    }


def _written(form: FormPlan, rights: Rights, language: str) -> dict[str, Any]:
    properties = {
        field.key: {"title": text(field.label, language), **maybe(_taken(field.value_type, field))}
        for field in form.fields
        if forms.right_of(rights, field) == "edit"
    }
    return {"title": text(form.label, language), "type": "object", "properties": properties}


def _shown(kind: Type, field: FieldPlan) -> dict[str, Any]:
    """What a value of ``kind`` looks like in an answer."""
    match kind.name:
        case "number":
            return dict(ref("Decimal"))
        case "date":
            return {"type": "string", "format": "date"}
        case "moment":
            return dict(MOMENT)
        case "boolean":
            return {"type": "boolean"}
        case "person":
            return dict(ref("PersonBrief"))
        case "department":
            return dict(ref("DepartmentBrief"))
        case "link":
            return dict(ref("Link"))
        case "list":
            return dict(items(_shown(kind.of or Type("text"), field)))
        case _:
            return _text(field)


def _taken(kind: Type, field: FieldPlan) -> dict[str, Any]:
    """What may be sent for a value of ``kind``."""
    match kind.name:
        case "number":
            return dict(NUMBERS)
        case "link":
            return {"type": "integer", "description": f"Id of a record of {kind.form}."}
        case "person":
            return {**NAMED, "description": "Id or username of a person."}
        case "department":
            return {**NAMED, "description": "Id or key of a department."}
        case "list":
            return dict(items(_taken(kind.of or Type("text"), field)))
        case _:
            return _shown(kind, field)


def _text(field: FieldPlan) -> dict[str, Any]:
    options = field.options.get("options")
    if isinstance(options, list | tuple) and field.type.group == "choice":
        words = [each["value"] for each in options if isinstance(each, Mapping)]
        return {"type": "string", "enum": words}
    return {"type": "string"}
