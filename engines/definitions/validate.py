"""JSON against a schema, told as problems: exact path, a fact as code, what its text needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry

from engines.definitions.keys import PATTERN, key_problem
from engines.problems import Problem, pointer, problem

MOST_PROBLEMS = 100
_ELSEWHERE = re.compile(r"[a-z](_?[a-z0-9])*/[a-z](_?[a-z0-9])*", re.ASCII)
"""A form of another application, such as ``crm/customer``: reserved, and refused for now."""
_TYPE_NAMES = {"object", "array", "string", "integer", "number", "boolean", "null"}


def _constants(branch: Mapping[str, Any]) -> dict[str, Any]:
    properties = branch.get("properties") or {}
    return {
        name: part["const"]
        for name, part in properties.items()
        if isinstance(part, Mapping) and "const" in part
    }


def _discriminator(branches: list[dict[str, Any]]) -> str | None:
    """The property that tells the branches apart by a constant, if there is one."""
    shared = set(_constants(branches[0])).intersection(
        *(set(_constants(branch)) for branch in branches[1:])
    )
    return next(iter(sorted(shared)), None)


def _one_of(
    validator: Any, branches: list[dict[str, Any]], instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """``oneOf``, looking only at the branch that was meant: fast, and its problems are exact."""
    objects = [branch for branch in branches if branch.get("type") == "object"]
    if isinstance(instance, Mapping) and objects:
        chosen = _meant(objects, instance)
        if isinstance(chosen, ValidationError):
            yield chosen
            return
        if chosen is not None:
            yield from validator.descend(instance, chosen)
            return
    matching = [b for b in branches if validator.evolve(schema=b).is_valid(instance)]
    if matching:
        return
    fitting = [b for b in branches if _type_fits(validator, b, instance)]
    if len(fitting) == 1:
        yield from validator.descend(instance, fitting[0])
        return
    types = [str(b.get("type")) for b in branches if b.get("type") in _TYPE_NAMES]
    yield ValidationError("no branch", validator="type", validator_value=types)


def _meant(
    objects: list[dict[str, Any]], instance: Mapping[str, Any]
) -> dict[str, Any] | ValidationError | None:
    if len(objects) == 1:
        return objects[0]
    by = _discriminator(objects)
    if by is None:
        # Told apart by which properties they need: the first whose needs are there.
        for branch in objects:
            if all(name in instance for name in branch.get("required", ())):
                return branch
        return objects[-1]
    if by not in instance:
        return ValidationError(by, validator="missing", validator_value=by)
    for branch in objects:
        if branch["properties"][by]["const"] == instance[by]:
            return branch
    known = [branch["properties"][by]["const"] for branch in objects]
    return ValidationError(by, validator="unknown", validator_value=known, path=(by,))


def branch_of(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """The branch of ``oneOf`` that describes ``value``; the schema itself when it has none."""
    branches = schema.get("oneOf")
    if not branches:
        return schema
    objects = [branch for branch in branches if branch.get("type") == "object"]
    if isinstance(value, Mapping) and objects:
        chosen = _meant(objects, value)
        return {} if isinstance(chosen, ValidationError) or chosen is None else chosen
    plain: list[Mapping[str, Any]] = [each for each in branches if each.get("type") != "object"]
    return plain[0] if plain else {}


def _type_fits(validator: Any, branch: Mapping[str, Any], instance: Any) -> bool:
    wanted = branch.get("type")
    names = wanted if isinstance(wanted, list) else [wanted]
    return any(name and validator.is_type(instance, name) for name in names)


_Validator: Any = validators.extend(Draft202012Validator, {"oneOf": _one_of})  # type: ignore[no-untyped-call]


def schema_problems(data: Any, schema: Mapping[str, Any]) -> list[Problem]:
    """Everything in ``data`` that ``schema`` refuses, at most 100 facts, in order of place."""
    # The empty registry keeps a `$ref` from ever being fetched.
    validator = _Validator(schema, registry=Registry())
    found: list[Problem] = []
    for error in validator.iter_errors(data):
        found.extend(_problems(error))
        if len(found) >= MOST_PROBLEMS:
            break
    return found[:MOST_PROBLEMS]


def _problems(error: ValidationError) -> Iterator[Problem]:
    path = pointer(*error.absolute_path)
    rule = str(error.validator)
    wanted: Any = error.validator_value
    value: Any = error.instance
    if rule == "additionalProperties":
        known = (error.schema or {}).get("properties", {}) if isinstance(error.schema, dict) else {}
        for name in value:
            if name not in known:
                yield problem(path + pointer(name), "unknown_property", name=str(name)[:80])
    elif rule == "required":
        for name in wanted:
            if name not in value and f"'{name}' is a required" in error.message:
                yield problem(path + pointer(name), "missing_property", name=name)
    elif rule == "missing":
        yield problem(path + pointer(wanted), "missing_property", name=wanted)
    elif rule == "unknown":
        yield problem(
            path, "unknown_kind", value=_short(value.get(error.path[-1])), known=list(wanted)
        )
    elif _is_key_rule(error) and _ELSEWHERE.fullmatch(str(value)):
        yield problem(path, "other_application", value=str(value)[:90])
    elif _is_key_rule(error):
        yield key_problem(str(value), _key_path(error, path)) or problem(path, "not_a_key")
    else:
        yield _simple(path, rule, wanted, value)


def _is_key_rule(error: ValidationError) -> bool:
    if error.validator not in ("pattern", "maxLength") or not isinstance(error.instance, str):
        return False
    return isinstance(error.schema, dict) and error.schema.get("pattern") == PATTERN


def _key_path(error: ValidationError, path: str) -> str:
    if "propertyNames" in error.absolute_schema_path:
        return path + pointer(str(error.instance)[:80])
    return path


def _simple(path: str, rule: str, wanted: Any, value: Any) -> Problem:
    if rule == "type":
        expected = wanted if isinstance(wanted, list) else [wanted]
        return problem(path, "wrong_json_type", expected=expected)
    if rule in ("enum", "const"):
        values = list(wanted) if rule == "enum" else [wanted]
        return problem(path, "not_one_of", value=_short(value), values=values)
    codes = {
        "maxLength": "text_too_long",
        "minLength": "text_too_short",
        "maxItems": "too_many_items",
        "minItems": "too_few_items",
        "maxProperties": "too_many_items",
        "minProperties": "too_few_items",
        "minimum": "below_minimum",
        "maximum": "above_maximum",
        "exclusiveMinimum": "below_minimum",
        "exclusiveMaximum": "above_maximum",
        "pattern": "wrong_form",
    }
    if rule in codes:
        return problem(path, codes[rule], limit=wanted)
    return problem(path, "not_valid", rule=rule)


def _short(value: Any) -> Any:
    return value[:80] if isinstance(value, str) else value if isinstance(value, int | bool) else ""
