"""Paths to SQL expressions inside one SELECT: joins on demand, with row rules and field rights."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engines.access.masks import masked_sql
from engines.access.row_rule import RowRule
from engines.forms.field import FieldPlan
from engines.forms.field_type import field_types
from engines.forms.plan import FormPlan, Path
from engines.formulas.to_sql import SqlEnv, to_sql
from engines.queries.access import PolicedQuery
from engines.queries.resolve import Forms, kind_of, shape_of
from engines.sql import Sql, all_of, identifier, join, sql, value

Mode = Literal["raw", "asked", "shown"]
"""raw: as stored, for formulas of the definition; asked: what the viewer sees, for filters, sorts
and groups (masked values are empty); shown: the same for display, masked values masked."""

MAIN = "m"


@dataclass
class Printer:
    """Expressions over one SELECT from a form's table called ``main``; collects its joins."""

    policed: PolicedQuery
    prefix: str = "j"
    main: str = MAIN
    _joins: dict[tuple[Path, Mode], str] = field(default_factory=dict)
    _clauses: list[Sql] = field(default_factory=list)

    @property
    def forms(self) -> Forms:
        """All forms of the application."""
        return self.policed.planned.forms

    @property
    def env(self) -> SqlEnv:
        """Time and person of this query."""
        return self.policed.planned.env

    def joins(self) -> Sql:
        """The joins that the expressions so far need, each behind those it builds on."""
        return join("", self._clauses)

    def column(self, path: Path, mode: Mode) -> Sql:
        """The value at the end of ``path``."""
        return self.walk((), self.policed.planned.form, path, mode)

    def reader(self, mode: Mode, prefix: Path = (), form: FormPlan | None = None) -> Reader:
        """What `to_sql` of a formula asks for columns."""
        return Reader(self, mode, prefix, form or self.policed.planned.form)

    def rule(self, rule: RowRule, prefix: Path, form: FormPlan, mode: Mode) -> Sql:
        """A row rule over the row that ``prefix`` leads to; it reads raw values and no joins."""
        alias = self.alias(prefix, mode)
        return rule.to_sql(RuleReader(alias, form, self.forms, self.env), self.env)

    def alias(self, prefix: Path, mode: Mode) -> str:
        """The name of the joined table at ``prefix``."""
        return self.main if not prefix else self._joins[prefix, _join_mode(mode)]

    def linked(self, prefix: Path, form: FormPlan, link: FieldPlan, mode: Mode) -> FormPlan:
        """Join what ``link`` of the row at ``prefix`` points to; rows the viewer may not see stay
        away, so that everything behind them is empty."""
        target = self.forms[str(link.target)]
        key = ((*prefix, link.key), _join_mode(mode))
        if key in self._joins:
            return target
        parent = self.own(prefix, form, link, _join_mode(mode))
        alias = f"{self.prefix}{len(self._joins) + 1}"
        self._joins[key] = alias
        conditions = [
            sql("{}.id = {}", Sql(alias), parent),
            Sql(f"{alias}.deleted_at IS NULL"),
        ]
        see = self.policed.access[target.key].see
        if not see.everything:
            conditions.append(see.to_sql(RuleReader(alias, target, self.forms, self.env), self.env))
        self._clauses.append(
            sql(
                " LEFT JOIN {} AS {} ON {}",
                identifier(target.schema, target.table),
                Sql(alias),
                all_of(conditions),
            )
        )
        return target

    def beside(self, query: Sql) -> Sql:
        """The one value of ``query``, at most one row that may depend on the joins so far, joined.

        Rows that ask for the same get what was found before; a sub-query in its place would be
        run for each.
        """
        alias = Sql(f"{self.prefix}_{len(self._clauses) + 1}")
        self._clauses.append(
            sql(" LEFT JOIN LATERAL ({} LIMIT 1) AS {} (found) ON TRUE", query, alias)
        )
        return alias + Sql(".found")

    def own(self, prefix: Path, form: FormPlan, field: FieldPlan, mode: Mode) -> Sql:
        """The value of a field of the row at ``prefix``, with the viewer's right to it."""
        plain = self._plain(prefix, form, field, mode)
        if mode == "raw":
            return plain
        access = self.policed.access[form.key].of(field.key)
        if access is None:
            return Sql(f"NULL::{column_type(field)}")
        if access.shown is None or access.plain is None:
            return plain
        open_ = self.rule(access.plain, prefix, form, mode)
        if mode == "asked" or access.mask is None:
            return sql("CASE WHEN {} THEN {} END", open_, plain)
        covered = masked_sql(plain, access.mask)
        shown = self.rule(access.shown, prefix, form, mode)
        return sql("CASE WHEN {} THEN {} WHEN {} THEN {} END", open_, plain, shown, covered)

    def _plain(self, prefix: Path, form: FormPlan, field: FieldPlan, mode: Mode) -> Sql:
        if field.lookup is not None:
            return self.walk(prefix, form, field.lookup, mode)
        if field.column is not None:
            return identifier(self.alias(prefix, mode), field.key)
        if field.formula is None:
            return Sql(f"NULL::{column_type(field)}")
        # A formula reads as the definition says only where a grant shows it by its name; else what
        # is masked or hidden in some rows is empty in it too.
        rights = self.policed.access[form.key].rights
        reading = mode if rights is not None and not rights.names(field.key) else "raw"
        # It reads through joins of its own; those to its row must be there first.
        self._join_along(prefix, _join_mode(reading))
        made = to_sql(field.formula, self.reader(_join_mode(reading), prefix, form), self.env)
        return restrained(made, field)

    def walk(self, prefix: Path, form: FormPlan, path: Path, mode: Mode) -> Sql:
        """The value at the end of ``path``, seen from the row at ``prefix``."""
        field = form.field(path[0])
        if field is None:
            raise LookupError(path)
        if len(path) == 1:
            return self.own(prefix, form, field, mode)
        if field.lookup is not None:
            return self.walk(prefix, form, field.lookup + path[1:], mode)
        target = self.linked(prefix, form, field, mode)
        return self.walk((*prefix, field.key), target, path[1:], mode)

    def _join_along(self, prefix: Path, mode: Mode) -> None:
        form = self.policed.planned.form
        done: Path = ()
        for key in prefix:
            link = form.field(key)
            if link is None:
                raise LookupError(prefix)
            form = self.linked(done, form, link, mode)
            done = (*done, key)


@dataclass(frozen=True, slots=True)
class Reader:
    """The columns of a formula over the row at ``prefix``."""

    printer: Printer
    mode: Mode
    prefix: Path
    form: FormPlan

    def column(self, path: Path) -> Sql:
        """The value at the end of ``path``."""
        return self.printer.walk(self.prefix, self.form, path, self.mode)


@dataclass(frozen=True, slots=True)
class RuleReader:
    """The columns of a row rule: raw, and through links by sub-queries, so that a rule can stand in
    the ON clause of the very join it guards."""

    alias: str
    form: FormPlan
    forms: Forms
    env: SqlEnv

    def column(self, path: Path) -> Sql:
        """The value at the end of ``path``."""
        field = self.form.field(path[0])
        if field is None:
            raise LookupError(path)
        if field.lookup is not None:
            return self.column(field.lookup + path[1:])
        if len(path) == 1:
            if field.column is not None:
                return identifier(self.alias, field.key)
            if field.formula is None:
                return Sql(f"NULL::{column_type(field)}")
            return restrained(to_sql(field.formula, self, self.env), field)
        target = self.forms[str(field.target)]
        inner = f"{self.alias}_{len(self.alias)}"
        reader = RuleReader(inner, target, self.forms, self.env)
        return sql(
            "(SELECT {} FROM {} AS {} WHERE {}.id = {} AND {}.deleted_at IS NULL)",
            reader.column(path[1:]),
            identifier(target.schema, target.table),
            Sql(inner),
            Sql(inner),
            identifier(self.alias, field.key),
            Sql(inner),
        )


def restrained(made: Sql, field: FieldPlan) -> Sql:
    """A computed value rounded as its field keeps it."""
    kind, options = kind_of(field)
    places = field_types[kind].places(options)
    if places is not None:
        return sql("round({}, {}::int)", made, value(places))
    if kind == "date" and field.formula is not None and field.formula.type.name == "moment":
        return sql("({} AT TIME ZONE {})::date", made, value(str(options.get("zone", "UTC"))))
    return made


def column_type(field: FieldPlan) -> str:
    """The SQL type of a field's values."""
    if field.column is not None:
        return field.column.sql_type
    kind, _ = shape_of(field)
    return {
        "number": "numeric",
        "money": "numeric",
        "date": "date",
        "moment": "timestamptz",
        "check": "boolean",
        "person": "bigint",
        "department": "bigint",
        "link": "bigint",
        "choices": "text[]",
    }.get(kind, "text")


def _join_mode(mode: Mode) -> Mode:
    return "raw" if mode == "raw" else "asked"
