"""What an installation would do to the records there are, without doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps_runtime.store import ddl
from apps_runtime.store.lookup import count_holding, held
from engines.application import ApplicationPlan
from engines.forms.choosing import members, values
from engines.forms.operation import Operation
from engines.forms.operations.archive_column import ArchiveColumn
from engines.forms.plan import FormPlan
from engines.problems import Problem, pointer, warning

SAMPLES = 20  # records named of each problem


def affected_rows(operation: Operation) -> int:
    """How many records hold a value that the operation puts away."""
    return ddl.affected(operation) if operation.loses_data else 0


def failing_records(operations: Iterable[Operation]) -> list[Problem]:
    """The records that stand against the operations."""
    return [problem for operation in operations for problem in ddl.failing_rows(operation)]


def without_conversion(
    operations: Iterable[Operation], new: ApplicationPlan
) -> tuple[Problem, ...]:
    """A warning for each field whose new type cannot take its values: the rows that have some."""
    found = []
    for each in operations:
        form = new.forms.get(each.form)
        if not isinstance(each, ArchiveColumn) or not each.loses_data or form is None:
            continue
        field = form.by_key.get(each.field)
        if field is None or field.computed:
            continue  # gone on purpose, or worked out from now on
        count, records, samples = held(each.schema, each.table, each.field, limit=SAMPLES)
        if count:
            path = pointer("forms", each.form, "fields", each.field)
            params = {"count": count, "samples": samples, "records": records}
            found.append(warning(path, "type_takes_no_values", **params))
    return tuple(found)


def options_in_use(old: ApplicationPlan, new: ApplicationPlan) -> tuple[Problem, ...]:
    """A warning for each choice that loses options which records have."""
    return tuple(
        found
        for key, form in old.forms.items()
        if key in new.forms
        for found in _stranded(form, new.forms[key])
    )


def _stranded(old: FormPlan, new: FormPlan) -> Iterator[Problem]:
    for field in old.stored:
        after = new.by_key.get(field.key)
        if after is None or after.type is not field.type or not members(field.options):
            continue
        kept = values(after.options)
        gone = [each for each in members(field.options) if each["value"] not in kept]
        if not gone or field.column is None:
            continue
        removed = [str(each["value"]) for each in gone]
        rows = count_holding(old.schema, old.table, field.key, field.column.sql_type, removed)
        if rows:
            yield warning(
                pointer("forms", new.key, "fields", field.key, "options"),
                "options_in_use",
                options=[each.get("label") or each["value"] for each in gone],
                rows=rows,
            )
