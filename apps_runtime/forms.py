"""A form as one person works with it: fields with rights, trees for the browser, views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps_runtime.caller import Caller
from apps_runtime.models import PublicLink
from apps_runtime.refusals import not_found
from apps_runtime.releases import Installed
from engines.access import Rights
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.to_json import to_json
from engines.texts import LANGUAGES, text
from engines.values import JsonValue

_LANGUAGES = frozenset(LANGUAGES)


def localized(value: Any, language: str) -> Any:
    """A piece of a definition with every text in ``language`` as a plain string."""
    if isinstance(value, Mapping):
        if (
            value
            and _LANGUAGES.issuperset(value)
            and all(isinstance(each, str) for each in value.values())
        ):
            return text(value, language)
        return {key: localized(each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [localized(each, language) for each in value]
    return value


def form_of(installed: Installed, form: str) -> FormPlan:
    """The form's plan; 404 where the application has no such form."""
    found = installed.plan.forms.get(form)
    if found is None:
        raise not_found()
    return found


def right_of(rights: Rights, field: FieldPlan) -> str:
    """``hide``, ``see`` or ``edit``; what nobody writes is at most seen."""
    right = rights.right(field.key)
    return "see" if right == "edit" and (field.computed or field.read_only) else right


def as_json(
    caller: Caller, installed: Installed, form: FormPlan, rights: Rights, language: str
) -> dict[str, Any]:
    """GET /api/apps/{app}/forms/{form}; hidden fields are absent everywhere in it."""
    seen = {
        field.key: right for field in form.fields if (right := right_of(rights, field)) != "hide"
    }
    public = (
        PublicLink.objects.filter(app=caller.app, form=form.key, closed=False)
        .values_list("token", flat=True)
        .first()
    )
    return {
        "app": caller.app,
        "key": form.key,
        "label": text(form.label, language),
        "title": "".join(
            part.text if not part.path else "{{" + ".".join(part.path) + "}}"
            for part in form.title
            if not part.path or part.path[0] in seen or part.path[0] in form.system
        ),
        "release": installed.release,
        "fields": [
            _field(form, field, seen, language) for field in form.fields if field.key in seen
        ],
        "layout": localized(_without_hidden(form.layout, form, seen), language),
        "behaviour": [
            {
                "when": to_json(rule.when),
                "show": _visible(rule.show, seen),
                "hide": _visible(rule.hide, seen),
                "require": _visible(rule.require, seen),
                "read_only": _visible(rule.read_only, seen),
            }
            for rule in form.behaviour
            if _readable(rule.when, form, seen)
        ],
        "checks": [
            {
                "that": to_json(check.that),
                "message": text(check.message, language),
                "at": check.at,
            }
            for check in form.checks
            if _readable(check.that, form, seen)
        ],
        "views": {
            key: {
                **localized(_view(view.body, form, seen), language),
                "key": key,
                "label": text(view.label, language),
            }
            for key, view in form.views.items()
        },
        "page": localized(_page(form.page, form, seen), language),
        "rights": {
            "create": rights.create,
            "edit": not rights.edit.nothing,
            "delete": not rights.delete.nothing,
            "export": rights.export,
            "import": rights.import_,
        },
        "flows": [
            {"key": key, "label": text(flow.label, language), "start": flow.start.event}
            for key, flow in installed.plan.flows.items()
            if flow.form == form.key
        ],
        "public_url": f"/f/{public}" if public else None,
    }


def _field(
    form: FormPlan, field: FieldPlan, seen: Mapping[str, str], language: str
) -> dict[str, Any]:
    right = seen[field.key]
    return {
        "key": field.key,
        "type": field.type.key,
        "label": text(field.label, language),
        "hint": text(field.hint, language) or None,
        "help": text(field.help, language) or None,
        "widget": field.type.widget,
        "required": field.required,
        "unique": field.unique,
        "read_only": right != "edit",
        "right": right,
        "options": localized(
            {
                name: option
                for name, option in field.options.items()
                if name != "formula"  # its tree is below, where the reader sees all that it reads
            },
            language,
        ),
        "value_type": field.value_type.name,
        "computed": field.computed,
        "stored": field.stored,
        "sortable": field.type.sortable,
        "filterable": True,
        "default": _tree(field.default, form, seen),
        "formula": _tree(field.formula, form, seen),
    }


def _visible(keys: tuple[str, ...], seen: Mapping[str, str]) -> list[str]:
    return [key for key in keys if key in seen]


def _readable(formula: Formula, form: FormPlan, seen: Mapping[str, str]) -> bool:
    """A condition over a hidden field stays on the server: it would tell what the field holds."""
    names = set(formula.names) | {path[0] for path in formula.paths}
    return all(name in seen or name in form.system for name in names)


def _tree(formula: Formula | None, form: FormPlan, seen: Mapping[str, str]) -> JsonValue:
    return to_json(formula) if formula is not None and _readable(formula, form, seen) else None


def _known(key: Any, form: FormPlan, seen: Mapping[str, str]) -> bool:
    name = str(key).removeprefix("-").split(".")[0]
    return name in seen or name in form.system or name not in form.by_key


def _view(body: Mapping[str, Any], form: FormPlan, seen: Mapping[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, part in body.items():
        if name in ("columns", "card", "sort"):
            shown[name] = [key for key in part if _known(key, form, seen)]
        elif name == "by":
            if _known(part, form, seen):
                shown[name] = part
        else:
            shown[name] = part
    # What the view filters by is applied on the server and may name hidden fields.
    shown.pop("where", None)
    return shown


def _page(page: Mapping[str, Any], form: FormPlan, seen: Mapping[str, str]) -> dict[str, Any]:
    shown = dict(page)
    if "header" in shown:
        shown["header"] = [key for key in shown["header"] if _known(key, form, seen)]
    return shown


def _without_hidden(part: Any, form: FormPlan, seen: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {
            name: [
                row for each in value if (row := [key for key in each if _known(key, form, seen)])
            ]
            if name == "rows"
            else _without_hidden(value, form, seen)
            for name, value in part.items()
        }
    if isinstance(part, list | tuple):
        return [_without_hidden(each, form, seen) for each in part]
    return part
