"""Checks and compiles a whole application; the only module that knows every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.access.role import RolePlan, compile_role_draft
from engines.access.schema import role_definition_schema
from engines.calendars.calendar import Calendar, calendar_schema, read_calendar, standard
from engines.calendars.china import public_holidays
from engines.definitions.schemas import register_schema
from engines.flows.compile import FlowPlan, compile_flow
from engines.flows.flow import flow_schema
from engines.flows.starts import shared_starts
from engines.forms.change import Change, Columns, operations
from engines.forms.compile import compile_draft, schema_name
from engines.forms.cycles import cycle_problems
from engines.forms.field_type import load_field_types
from engines.forms.form import read_form
from engines.forms.moments import is_zone
from engines.forms.operation import Operation
from engines.forms.operations.add_reference import AddReference
from engines.forms.operations.archive_table import ArchiveTable
from engines.forms.operations.create_schema import CreateSchema
from engines.forms.operations.create_table import CreateTable
from engines.forms.operations.unarchive_table import UnarchiveTable
from engines.forms.plan import FormPlan
from engines.forms.schema import form_definition_schema
from engines.problems import Problem, Problems, has_errors, pointer, problem
from engines.reports.compile import compile_report
from engines.reports.dashboard import DashboardPlan, compile_dashboard
from engines.reports.plan import ReportPlan
from engines.reports.report import report_schema
from engines.rules.compile import RulePlan, compile_rule
from engines.rules.rule import rule_schema
from engines.texts import Text

Body = Mapping[str, Any]
Definitions = Mapping[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class ApplicationPlan:
    """An application compiled for use; each mapping is by key, in the author's order."""

    key: str
    label: Text
    icon: str | None
    timezone: str
    currency: str
    language: str
    navigation: tuple[Any, ...]
    forms: Mapping[str, FormPlan]
    roles: Mapping[str, RolePlan]
    flows: Mapping[str, FlowPlan]
    rules: Mapping[str, RulePlan]
    reports: Mapping[str, ReportPlan] = field(default_factory=dict)
    dashboards: Mapping[str, DashboardPlan] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    body: Body = field(default_factory=dict)


def compile_application(app_key: str, definitions: Definitions) -> ApplicationPlan:
    """The plan of all ``definitions``, by (kind, key).

    Raises Problems with paths such as ``/forms/opportunity/fields/amount``: plural of the kind,
    key, then a JSON pointer into the definition.
    """
    plan, problems = _compile(app_key, definitions)
    if has_errors(problems):
        raise Problems(problems)
    return plan


def check_application(app_key: str, definitions: Definitions) -> tuple[Problem, ...]:
    """Every problem of all definitions, warnings included."""
    return tuple(_compile(app_key, definitions)[1])


def table_operations(
    old: ApplicationPlan | None,
    new: ApplicationPlan,
    *,
    release: int = 0,
    present: Columns | None = None,
) -> tuple[Operation, ...]:
    """The steps from the tables of ``old`` to those of ``new``, in the order to run them in.

    ``release`` is the number that the new release gets; it names what is archived. ``present`` are
    the tables and columns that the schema holds, so that archived ones come back with their
    values. References come last, when every table is there.
    """
    before = old.forms if old is not None else {}
    change = Change(
        release=release,
        present=present or {},
        before=_filtered(old) if old is not None else {},
        after=_filtered(new),
    )
    found: list[Operation] = []
    if old is None:
        found.append(CreateSchema("", "", schema_name(new.key)))
    for key, form in before.items():
        if key not in new.forms:
            found.extend(operations(form, None, change))
    for key, form in new.forms.items():
        found.extend(operations(before.get(key), form, change))
    return tuple(sorted(found, key=_rank))  # sorting keeps the order of equals


def _rank(operation: Operation) -> int:
    """Names are freed first; then every table is there; then columns; references at the end."""
    if isinstance(operation, CreateSchema | ArchiveTable):
        return 0
    if isinstance(operation, CreateTable | UnarchiveTable):
        return 1
    return 3 if isinstance(operation, AddReference) else 2


def _filtered(plan: ApplicationPlan) -> Mapping[str, tuple[str, ...]]:
    """Fields that row rules read, by form: lists are selected by them all day."""
    found: dict[str, dict[str, None]] = {}
    for role in plan.roles.values():
        for form, grants in role.grants.items():
            for grant in grants:
                for clause in (grant.see, grant.edit, grant.delete):
                    for formula in clause.conditions if clause is not None else ():
                        found.setdefault(form, {}).update(dict.fromkeys(sorted(formula.names)))
    return {form: tuple(keys) for form, keys in found.items()}


def _of_kind(definitions: Definitions, kind: str) -> Iterator[tuple[str, Body]]:
    for (each, key), body in definitions.items():
        if each == kind and isinstance(body, Mapping):
            yield key, body


def _compile(app_key: str, definitions: Definitions) -> tuple[ApplicationPlan, list[Problem]]:
    problems: list[Problem] = []
    body: Body = next((body for _, body in _of_kind(definitions, "application")), {})
    zone = str(body.get("timezone") or "Asia/Shanghai")
    if not is_zone(zone):
        at = pointer("applications", app_key, "timezone")
        problems.append(problem(at, "not_a_timezone", value=zone))
        zone = "UTC"
    written = {key: read_form(each) for key, each in _of_kind(definitions, "form")}
    forms: dict[str, FormPlan] = {}
    for key, form in written.items():
        forms[key], found = compile_draft(form, written, app_key, zone=zone)
        problems.extend(each.under(pointer("forms", key)) for each in found)
    if not has_errors(problems):
        problems.extend(cycle_problems(forms))
    roles: dict[str, RolePlan] = {}
    for key, each in _of_kind(definitions, "role"):
        roles[key], found = compile_role_draft(each, forms)
        problems.extend(wrong.under(pointer("roles", key)) for wrong in found)
    role_keys = frozenset(roles)
    holidays = public_holidays(zone)
    calendars: dict[str, Calendar] = {
        "default": standard(zone, holidays),
        **_each(
            definitions,
            "calendar",
            problems,
            lambda each: read_calendar(each, timezone=zone, holidays=holidays),
        ),
    }
    flow_forms = {key: str(each.get("form")) for key, each in _of_kind(definitions, "flow")}
    flows: dict[str, FlowPlan] = _each(
        definitions,
        "flow",
        problems,
        lambda each: compile_flow(
            each, forms, roles=role_keys, flows=flow_forms, calendars=frozenset(calendars)
        ),
    )
    for plan_key, flow in flows.items():
        problems.extend(each.under(pointer("flows", plan_key)) for each in flow.warnings)
    problems.extend(shared_starts(flows))
    rules: dict[str, RulePlan] = _each(
        definitions,
        "rule",
        problems,
        lambda each: compile_rule(each, forms, roles=role_keys, flows=flow_forms),
    )
    for plan_key, rule in rules.items():
        problems.extend(each.under(pointer("rules", plan_key)) for each in rule.warnings)
    reports: dict[str, ReportPlan] = _each(
        definitions, "report", problems, lambda each: compile_report(each, forms)
    )
    for plan_key, report in reports.items():
        problems.extend(each.under(pointer("reports", plan_key)) for each in report.warnings)
    dashboards: dict[str, DashboardPlan] = _each(
        definitions, "dashboard", problems, lambda each: compile_dashboard(each, reports, forms)
    )
    for plan_key, board in dashboards.items():
        problems.extend(each.under(pointer("dashboards", plan_key)) for each in board.warnings)
    problems.extend(_navigation_problems(app_key, body, forms, reports, dashboards))
    plan = ApplicationPlan(
        key=app_key,
        label=body.get("label") or app_key,
        icon=body.get("icon"),
        timezone=zone,
        currency=str(body.get("currency") or "CNY"),
        language=str(body.get("language") or "zh-Hans"),
        navigation=tuple(body.get("navigation") or ()),
        forms=forms,
        roles=roles,
        flows=flows,
        rules=rules,
        reports=reports,
        dashboards=dashboards,
        calendars=calendars,
        body=body,
    )
    return plan, problems


def _navigation_problems(
    app_key: str,
    body: Body,
    forms: Mapping[str, FormPlan],
    reports: Mapping[str, ReportPlan],
    dashboards: Mapping[str, DashboardPlan],
) -> Iterator[Problem]:
    """Entries that lead nowhere."""
    known = {"form": forms, "report": reports, "dashboard": dashboards}
    for place, group in enumerate(body.get("navigation") or ()):
        for index, item in enumerate(group.get("items") or ()):
            path = pointer("applications", app_key, "navigation", place, "items", index)
            for kind, plans in known.items():
                if kind in item and item[kind] not in plans:
                    yield problem(f"{path}/{kind}", f"unknown_{kind}", **{kind: item[kind]})
            form = forms.get(str(item.get("form")))
            if form is not None and "view" in item and item["view"] not in form.views:
                yield problem(f"{path}/view", "unknown_view", view=item["view"], form=form.key)


def _each(
    definitions: Definitions,
    kind: str,
    problems: list[Problem],
    compile_one: Callable[[Body], Any],
) -> dict[str, Any]:
    """All definitions of a kind compiled; what fails is left out and reported."""
    plans: dict[str, Any] = {}
    for key, body in _of_kind(definitions, kind):
        try:
            plans[key] = compile_one(body)
        except Problems as found:
            problems.extend(each.under(pointer(f"{kind}s", key)) for each in found.problems)
        except (KeyError, TypeError, AttributeError):
            # The schema has not been met; reading the definition says how.
            problems.append(problem(pointer(f"{kind}s", key), "definition_not_valid"))
    return plans


def load() -> None:
    """Let every engine say what its definitions look like; done once, when this module is read."""
    load_field_types()
    register_schema("form", form_definition_schema)
    register_schema("role", role_definition_schema)
    register_schema("flow", flow_schema)
    register_schema("rule", rule_schema)
    register_schema("report", report_schema)
    register_schema("calendar", calendar_schema)


load()
