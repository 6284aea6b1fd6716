"""What must be loaded before a submission can be completed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engines.forms import serials
from engines.forms.field_type import FieldValue, Named
from engines.forms.plan import FormPlan, Path
from engines.forms.scope import for_fields, for_formulas, local_day
from engines.forms.serials import SerialNeed
from engines.forms.submission import Needs, Parsed, PathNeed, Reference, Values
from engines.formulas.to_python import Env, evaluate


def needs(
    plan: FormPlan,
    parsed: Parsed,
    current: Values | None,
    env: Env,
    *,
    numbers: bool = True,
) -> Needs:
    """What `complete` will ask for. ``current`` are the stored values of the record, None for a new
    one. Serial numbers are asked for new records, unless ``numbers`` is off (a dry run)."""
    values: Values = {**_before(plan, parsed, current, env), **parsed.values}
    names = [each for each in values.values() if isinstance(each, Named)]
    references = tuple(
        Reference(key, field.column.references, value, field.column.form)
        for key, value in parsed.values.items()
        if (field := plan.by_key.get(key)) is not None
        and field.column is not None
        and field.column.references is not None
        and isinstance(value, int)
        and (current is None or current.get(key) != value)
    )
    taken: tuple[SerialNeed, ...] = ()
    if current is None and numbers:
        today = local_day(env)
        taken = tuple(
            serials.need(field.key, field.options["pattern"], today)
            for field in plan.fields
            if field.type.key == "serial"
        )
    return Needs(
        paths=path_needs(plan, values, plan.submitted_paths) if plan.submitted_paths else (),
        references=references,
        usernames=frozenset(each.name for each in names if each.kind == "person")
        | plan.named_people,
        departments=frozenset(each.name for each in names if each.kind == "department")
        | plan.named_departments,
        serials=taken,
    )


def path_needs(plan: FormPlan, values: Values, paths: Iterable[Path]) -> tuple[PathNeed, ...]:
    """Straight ``paths`` as reads from the records that ``values`` link to."""
    found = []
    for path in sorted(set(paths)):
        link = plan.by_key.get(path[0])
        target = link.target if link is not None else None
        value = values.get(path[0])
        if target is not None and isinstance(value, int) and not isinstance(value, bool):
            found.append(PathNeed(path, target, value))
    return tuple(found)


def _before(plan: FormPlan, parsed: Parsed, current: Values | None, env: Env) -> Values:
    """Current values, or for a new record what the defaults give that need nothing loaded."""
    if current is not None:
        return current
    values: dict[str, FieldValue] = {}
    if not plan.submitted_paths:
        return values
    for field in plan.stored:
        default = field.default
        if default is not None and field.key not in parsed.given and not default.paths:
            known = {key: for_formulas(each) for key, each in {**values, **parsed.values}.items()}
            values[field.key] = for_fields(evaluate(default, replace(env, values=known)))
    return values
