"""Compiles a form: resolves every name, orders what is computed, reports all problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engines.forms.field import FieldPlan
from engines.forms.field_type import InvalidValue, field_types, load_field_types
from engines.forms.form import Field, Form, layout_rows
from engines.forms.lookups import MAX_LINKS, resolve_lookup, types_of
from engines.forms.plan import BehaviourRule, Check, FormPlan, Sort, TitlePart, ViewPlan
from engines.forms.public_fields import public_problems
from engines.forms.system_fields import SYSTEM_COLUMNS, system_fields
from engines.formulas.compile import Formula, compile_formula
from engines.formulas.scope import Scope
from engines.formulas.tree import Literal
from engines.formulas.types import BOOLEAN, Type
from engines.problems import Problem, Problems, has_errors, pointer, problem, warning
from engines.values import decimal_text

MAX_FIELDS = 300

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NO_UNIQUE = frozenset({"long_text", "choices", "check"})


def compile_form(form: Form, forms: Mapping[str, Form], app: str, *, zone: str = "UTC") -> FormPlan:
    """The plan of ``form`` among ``forms`` of application ``app``.

    Raises Problems with JSON pointers into the form's definition; warnings alone do not raise
    (`compile_draft` lists them).
    """
    plan, problems = compile_draft(form, forms, app, zone=zone)
    if has_errors(problems):
        raise Problems(problems)
    return plan


def compile_draft(
    form: Form, forms: Mapping[str, Form], app: str, *, zone: str = "UTC"
) -> tuple[FormPlan, tuple[Problem, ...]]:
    """The plan as far as it goes, with every problem, warnings included.

    What could not be compiled is left out of the plan, so that whatever builds on the form can be
    checked in the same breath.
    """
    return _Compiler(form, forms, app, zone).run()


def schema_name(app: str) -> str:
    """The database schema that holds an application's tables."""
    return f"app_{app}"


class _Compiler:
    """One compilation; collects problems so that people see all of them at once."""

    def __init__(self, form: Form, forms: Mapping[str, Form], app: str, zone: str) -> None:
        load_field_types()
        self.form = form
        self.forms = forms
        self.app = app
        self.zone = zone
        self.problems: list[Problem] = []
        self.types = types_of(form, forms, zone)
        self.scope = Scope(
            names=self.types,
            forms={key: types_of(other, forms, zone) for key, other in forms.items()},
        )

    def run(self) -> tuple[FormPlan, tuple[Problem, ...]]:
        fields = {key: self._field(field) for key, field in self.form.fields.items()}
        if not fields:
            self._add("/fields", "form_without_fields")
        if len(fields) > MAX_FIELDS:
            self._add("/fields", "too_many_fields", limit=MAX_FIELDS)
        order = self._order(fields)
        self._settle(fields, order)
        system = system_fields(self.zone)
        body = self.form.body
        self.problems += public_problems(self.form.key, body.get("public"), fields, self.zone)
        plan = FormPlan(
            app=self.app,
            key=self.form.key,
            label=self.form.label,
            schema=schema_name(self.app),
            table=self.form.key,
            zone=self.zone,
            fields=tuple(fields.values()),
            by_key=fields,
            system=system,
            title=self._title(fields),
            order=order,
            checks=tuple(self._checks(fields)),
            unique=tuple(self._unique(fields)),
            behaviour=tuple(self._behaviour(fields)),
            views=dict(self._views(fields)),
            page=self._page(fields),
            layout=self._layout(fields),
            body=body,
        )
        return plan, tuple(self.problems)

    def _add(self, path: str, code: str, **params: object) -> None:
        self.problems.append(problem(path, code, **params))

    def _formula(self, text: Any, path: str, expect: Type | None = None) -> Formula | None:
        if not isinstance(text, str):
            self._add(path, "not_a_formula")
            return None
        try:
            formula = compile_formula(text, self.scope, expect=expect)
        except Problems as found:
            self.problems.extend(each.under(path) for each in found.problems)
            return None
        self.problems.extend(each.under(path) for each in formula.warnings)
        longest = max((len(each) for each in formula.paths), default=0)
        if longest > MAX_LINKS + 1:
            self._add(path, "path_too_long", limit=MAX_LINKS)
            return None
        return formula

    def _field(self, field: Field) -> FieldPlan:
        path = pointer("fields", field.key)
        kind = field.type
        if field.key in SYSTEM_COLUMNS:
            self._add(path, "reserved_key", key=field.key)
        if kind is None:
            self._add(f"{path}/type", "unknown_field_type", type=field.type_key)
            kind = field_types["text"]
        self.problems.extend(each.under(path) for each in kind.problems(field.options))
        options: dict[str, Any] = {**field.options, "zone": self.zone}
        lookup: tuple[str, ...] | None = None
        formula: Formula | None = None
        value_type = self.types[field.key]
        column = None
        if field.type_key == "link" and options.get("form") not in self.forms:
            self._add(f"{path}/form", "unknown_form", form=options.get("form"))
        if field.type_key == "lookup":
            shown = resolve_lookup(self.form, field, self.forms, self.zone)
            if isinstance(shown, Problem):
                self.problems.append(shown.under(path))
            else:
                lookup = shown.path
                options |= {"shows": shown.type_key, "shown": shown.options}
        elif field.type_key == "formula":
            formula = self._formula(options.get("formula"), f"{path}/formula", value_type)
            column = kind.column(options)
        elif field.type is not None and (field.type_key != "link" or "form" in options):
            column = kind.column(options)
        plan = FieldPlan(
            key=field.key,
            type=kind,
            options=options,
            label=field.label,
            hint=field.common.get("hint"),
            help=field.common.get("help"),
            required=bool(field.common.get("required")),
            unique=bool(field.common.get("unique")),
            read_only=bool(field.common.get("read_only")),
            default=None,
            formula=formula,
            lookup=lookup,
            column=column,
            value_type=value_type,
        )
        if "default" in field.common:
            plan = replace(plan, default=self._default(plan, field.common["default"], path))
        if plan.unique and field.type_key in _NO_UNIQUE:
            self._add(f"{path}/unique", "cannot_be_unique", type=field.type_key)
        return plan

    def _default(self, field: FieldPlan, text: Any, path: str) -> Formula | None:
        formula = self._formula(text, f"{path}/default", field.value_type)
        if formula is None:
            return None
        if field.key in formula.names or any(each[0] == field.key for each in formula.paths):
            self._add(f"{path}/default", "default_reads_itself", field=field.key)
        if isinstance(formula.tree, Literal) and formula.tree.value is not None:
            value = formula.tree.value
            try:
                field.parse(value if isinstance(value, str | bool) else decimal_text(value))  # type: ignore[arg-type]
            except InvalidValue as wrong:
                self._add(f"{path}/default", wrong.code, **wrong.params)
        return formula

    def _order(self, fields: Mapping[str, FieldPlan]) -> tuple[str, ...]:
        """Computed fields, each after those it reads; a cycle is reported with its whole chain."""
        order: list[str] = []
        state: dict[str, bool] = {}

        def visit(key: str, chain: tuple[str, ...]) -> None:
            field = fields[key]
            if field.formula is None and field.lookup is None:
                return
            if state.get(key) is True:
                return
            if state.get(key) is False:
                cycle = (*chain[chain.index(key) :], key)
                self._add(
                    pointer("fields", key, "formula"),
                    "formula_cycle",
                    field=key,
                    chain=" → ".join(cycle),
                )
                return
            state[key] = False
            for name in sorted(_own_names(field)):
                if name in fields:
                    visit(name, (*chain, key))
            state[key] = True
            order.append(key)

        for key in fields:
            visit(key, ())
        return tuple(order)

    def _settle(self, fields: dict[str, FieldPlan], order: Sequence[str]) -> None:
        """Take the column from formulas whose value depends on more than the record itself."""
        for key in order:
            field = fields[key]
            formula = field.formula
            if formula is None:
                continue
            own = all(name in fields and fields[name].stored for name in formula.names)
            named = formula.people or formula.departments  # ids that the record does not know
            if formula.volatile or formula.paths or named or not own:
                fields[key] = replace(field, column=None)

    def _known(self, key: Any, path: str, fields: Mapping[str, FieldPlan]) -> FieldPlan | None:
        field = fields.get(key) or system_fields(self.zone).get(key)
        if field is None:
            self._add(path, "unknown_field", field=key, form=self.form.key)
        return field

    def _own(self, keys: Any, path: str, fields: Mapping[str, FieldPlan]) -> tuple[str, ...]:
        found = []
        for index, key in enumerate(keys or ()):
            if key in fields:
                found.append(key)
            else:
                self._add(f"{path}/{index}", "unknown_field", field=key, form=self.form.key)
        return tuple(found)

    def _title(self, fields: Mapping[str, FieldPlan]) -> tuple[TitlePart, ...]:
        written = self.form.title
        if not written:
            first = next((f.key for f in fields.values() if f.type.key == "text"), None)
            first = first or next((f.key for f in fields.values() if f.type.searchable), "id")
            return (TitlePart(path=(first,)),)
        parts: list[TitlePart] = []
        end = 0
        for match in _PLACE.finditer(written):
            if match.start() > end:
                parts.append(TitlePart(text=written[end : match.start()]))
            end = match.end()
            path = tuple(match.group(1).split("."))
            if self._title_path(path, fields):
                parts.append(TitlePart(path=path))
        if end < len(written):
            parts.append(TitlePart(text=written[end:]))
        for part in parts:
            if "{{" in part.text or "}}" in part.text:
                found = warning("/title", "placeholder_malformed", placeholder=part.text.strip())
                self.problems.append(found)
        return tuple(parts)

    def _title_path(self, path: tuple[str, ...], fields: Mapping[str, FieldPlan]) -> bool:
        if len(path) == 1:
            return self._known(path[0], "/title", fields) is not None
        link = self.form.fields.get(path[0])
        target = self.forms.get(str(link.options.get("form"))) if link is not None else None
        if link is None or link.type_key != "link" or len(path) > 2 or target is None:
            self._add("/title", "unknown_field", field=".".join(path), form=self.form.key)
            return False
        if path[1] not in target.fields:
            self._add("/title", "unknown_field", field=path[1], form=target.key)
            return False
        return True

    def _checks(self, fields: Mapping[str, FieldPlan]) -> Iterator[Check]:
        for index, check in enumerate(self.form.body.get("checks") or ()):
            path = f"/checks/{index}"
            that = self._formula(check.get("that"), f"{path}/that", BOOLEAN)
            at = check.get("at")
            if at is not None and at not in fields:
                self._add(f"{path}/at", "unknown_field", field=at, form=self.form.key)
            if that is not None:
                yield Check(that, check.get("message", ""), at)

    def _unique(self, fields: Mapping[str, FieldPlan]) -> Iterator[tuple[str, ...]]:
        seen: set[frozenset[str]] = set()
        for field in fields.values():
            if field.unique and field.stored and field.type.key not in _NO_UNIQUE:
                seen.add(frozenset({field.key}))
                yield (field.key,)
        for index, keys in enumerate(self.form.body.get("unique") or ()):
            path = f"/unique/{index}"
            own = self._own(keys, path, fields)
            for place, key in enumerate(own):
                if not fields[key].stored or fields[key].type.key in _NO_UNIQUE:
                    self._add(f"{path}/{place}", "cannot_be_unique", type=fields[key].type.key)
            if len(own) == len(keys) and frozenset(own) not in seen:
                seen.add(frozenset(own))
                yield own

    def _behaviour(self, fields: Mapping[str, FieldPlan]) -> Iterator[BehaviourRule]:
        for index, rule in enumerate(self.form.body.get("behaviour") or ()):
            path = f"/behaviour/{index}"
            when = self._formula(rule.get("when"), f"{path}/when", BOOLEAN)
            lists = {
                name: self._own(rule.get(name), f"{path}/{name}", fields)
                for name in ("show", "hide", "require", "read_only")
            }
            if when is not None:
                yield BehaviourRule(
                    when, lists["show"], lists["hide"], lists["require"], lists["read_only"]
                )

    def _views(self, fields: Mapping[str, FieldPlan]) -> Iterator[tuple[str, ViewPlan]]:
        for key, body in (self.form.body.get("views") or {}).items():
            path = pointer("views", key)
            columns = []
            listed = "card" if body.get("type") == "kanban" else "columns"
            for index, name in enumerate(body.get(listed) or ()):
                if self._known(name, f"{path}/{listed}/{index}", fields) is not None:
                    columns.append(name)
            where = None
            if body.get("where"):
                where = self._formula(body["where"], f"{path}/where", BOOLEAN)
            by = body.get("by")
            if body.get("type") == "kanban":
                field = fields.get(by)
                if field is None:
                    self._add(f"{path}/by", "unknown_field", field=by, form=self.form.key)
                elif field.type.key != "choice":
                    self._add(f"{path}/by", "not_a_choice_field", field=by)
            sort = tuple(self._sort(body.get("sort") or (), f"{path}/sort", fields))
            label = body.get("label") or key
            yield (
                key,
                ViewPlan(key, str(body.get("type")), label, tuple(columns), where, sort, by, body),
            )

    def _sort(
        self, keys: Sequence[Any], path: str, fields: Mapping[str, FieldPlan]
    ) -> Iterator[Sort]:
        for index, written in enumerate(keys):
            name = str(written).removeprefix("-")
            field = self._known(name, f"{path}/{index}", fields)
            if field is None:
                continue
            if not field.type.sortable:
                self._add(f"{path}/{index}", "not_sortable", field=name)
            else:
                yield Sort((name,), str(written).startswith("-"))

    def _page(self, fields: Mapping[str, FieldPlan]) -> Mapping[str, Any]:
        page = self.form.body.get("page") or {}
        for index, key in enumerate(page.get("header") or ()):
            self._known(key, f"/page/header/{index}", fields)
        for index, related in enumerate(page.get("related") or ()):
            path = f"/page/related/{index}"
            other = self.forms.get(related.get("form"))
            if other is None:
                self._add(f"{path}/form", "unknown_form", form=related.get("form"))
                continue
            link = other.fields.get(related.get("link"))
            if link is None:
                self._add(
                    f"{path}/link", "unknown_field", field=related.get("link"), form=other.key
                )
            elif link.type_key != "link" or link.options.get("form") != self.form.key:
                self._add(f"{path}/link", "link_leads_elsewhere", field=link.key, form=other.key)
        return page

    def _layout(self, fields: Mapping[str, FieldPlan]) -> tuple[Any, ...]:
        layout = self.form.body.get("layout") or ()
        placed: set[str] = set()
        for path, keys in layout_rows(layout, "/layout"):
            for index, key in enumerate(keys):
                if key not in fields:
                    self._add(f"{path}/{index}", "unknown_field", field=key, form=self.form.key)
                elif key in placed:
                    self.problems.append(warning(f"{path}/{index}", "placed_twice", field=key))
                placed.add(key)
        return tuple(layout)


def _own_names(field: FieldPlan) -> frozenset[str]:
    if field.formula is not None:
        return field.formula.names | {path[0] for path in field.formula.paths}
    return frozenset(field.lookup[:1]) if field.lookup else frozenset()
