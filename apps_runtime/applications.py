"""Applications as one person sees them: navigation, forms, what he may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps_runtime import people, releases
from apps_runtime.caller import Caller
from apps_runtime.forms import localized
from apps_runtime.models import Application
from apps_runtime.permissions import may_design, may_manage_members
from apps_runtime.releases import Installed
from engines.access import Permissions
from engines.texts import text


def listed(person: int, language: str) -> list[dict[str, Any]]:
    """The applications that the person may enter or design."""
    found = []
    icons = dict(Application.objects.filter(archived=False).values_list("key", "icon"))
    for app, number in sorted(releases.numbers().items()):
        design = may_design(person, app)
        if not design and not people.roles(person, app):
            continue
        plan = releases.plan_of(app, number)
        found.append(
            {
                "key": app,
                "label": text(plan.label, language),
                "icon": icons.get(app, ""),
                "release": number,
                "rights": {"design": design, "enter": bool(people.roles(person, app))},
            }
        )
    return found


def as_json(caller: Caller, installed: Installed, language: str) -> dict[str, Any]:
    """GET /api/apps/{app}: only what the caller may see is named."""
    plan = installed.plan
    allowed = caller.permissions(plan, installed.release)
    forms: list[dict[str, Any]] = []
    for key, form in plan.forms.items():
        rights = allowed.rights(key)
        if rights.see.nothing and not rights.create:
            continue
        forms.append(
            {
                "key": key,
                "label": text(form.label, language),
                "icon": form.body.get("icon") or "",
                "views": [
                    {"key": view.key, "label": text(view.label, language), "type": view.type}
                    for view in form.views.values()
                ],
                "rights": {
                    "create": rights.create,
                    "see": not rights.see.nothing,
                    "edit": not rights.edit.nothing,
                    "delete": not rights.delete.nothing,
                    "export": rights.export,
                    "import": rights.import_,
                },
            }
        )
    shown_forms = {str(each["key"]) for each in forms}
    reports = {key: report for key, report in plan.reports.items() if sees(allowed, report.form)}
    viewer = caller.real_person or caller.person_id
    return {
        "key": caller.app,
        "label": text(plan.label, language),
        "icon": plan.icon or "",
        "release": installed.release,
        "timezone": plan.timezone,
        "currency": plan.currency,
        "language": plan.language,
        "navigation": _navigation(plan, shown_forms, set(reports), language),
        "forms": forms,
        "dashboards": [
            {"key": key, "label": text(each.label, language)}
            for key, each in plan.dashboards.items()
        ],
        "reports": [
            {"key": key, "label": text(each.label, language)} for key, each in reports.items()
        ],
        "flows": [
            {
                "key": key,
                "label": text(flow.label, language),
                "form": flow.form,
                "start": flow.start.event,
            }
            for key, flow in plan.flows.items()
            if flow.form in shown_forms
        ],
        "roles": sorted(people.roles(caller.person_id, caller.app)),
        "rights": {
            "design": may_design(viewer, caller.app),
            "manage_members": may_manage_members(viewer, caller.app),
        },
    }


def sees(allowed: Permissions, form: str) -> bool:
    """Whether any record of the form may be visible."""
    return not allowed.rights(form).see.nothing


def _navigation(
    plan: Any, forms: set[str], reports: set[str], language: str
) -> list[dict[str, Any]]:
    """The author's navigation without what is hidden; every visible form where there is none."""
    groups = []
    for group in plan.navigation or [
        {
            "label": "",
            "items": [
                *({"form": key} for key in plan.forms),
                *({"dashboard": key} for key in plan.dashboards),
            ],
        }
    ]:
        items = [
            shown
            for item in group.get("items", ())
            if (shown := _item(plan, item, forms, reports, language)) is not None
        ]
        if items:
            groups.append({"label": text(group.get("label"), language), "items": items})
    return groups


def _item(
    plan: Any, item: Mapping[str, Any], forms: set[str], reports: set[str], language: str
) -> dict[str, Any] | None:
    for kind, known in (
        ("form", plan.forms),
        ("dashboard", plan.dashboards),
        ("report", plan.reports),
    ):
        key = item.get(kind)
        if key is None or key not in known:
            continue
        if (kind == "form" and key not in forms) or (kind == "report" and key not in reports):
            return None
        target = known[key]
        view = item.get("view")
        label = item.get("label") or (
            target.views[view].label if kind == "form" and view in target.views else target.label
        )
        icon = item.get("icon") or (target.body.get("icon") if kind == "form" else None)
        return {
            "type": kind,
            "key": key,
            "label": text(localized(label, language), language),
            "icon": icon or "",
            "view": view,
        }
    return None
