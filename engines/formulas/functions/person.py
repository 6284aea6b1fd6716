"""Who asks: person, departments, people below, roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engines.formulas.function import Argument, Function, SqlArgs
from engines.formulas.types import BOOLEAN, DEPARTMENT, PERSON, TEXT, list_of
from engines.sql import Sql


def _function(
    key: str,
    label: tuple[str, str],
    arguments: tuple[Argument, ...],
    returns: Any,
    python: Callable[..., Any],
    sql: str | Callable[[SqlArgs], Sql],
    needs: tuple[str, ...],
) -> Function:
    texts = {"zh-Hans": label[0], "en": label[1]}
    return Function(
        key,
        "person",
        texts,
        arguments,
        returns,
        python,
        sql,
        needs=needs,
        strict=False,
        volatile=True,
    )


def _itself(value: Any) -> Any:
    return value


def _has_role(role: str | None, roles: tuple[str, ...]) -> bool | None:
    return None if role is None else role in roles


FUNCTIONS = (
    _function("USER", ("当前用户", "The person asking"), (), PERSON, _itself, "{user}", ("user",)),
    _function(
        "USERNAME",
        ("当前用户的姓名", "The name of the person asking"),
        (),
        TEXT,
        _itself,
        "{name}",
        ("name",),
    ),
    _function(
        "DEPARTMENT",
        ("当前用户的部门", "The department of the person asking"),
        (),
        DEPARTMENT,
        _itself,
        "{department}",
        ("department",),
    ),
    _function(
        "DEPARTMENTS",
        ("当前用户的部门及其下级部门", "The department of the person asking and those below it"),
        (),
        list_of(DEPARTMENT),
        _itself,
        "{departments}",
        ("departments",),
    ),
    _function(
        "SUBORDINATES",
        ("当前用户的下属", "The people below the person asking"),
        (),
        list_of(PERSON),
        _itself,
        "{subordinates}",
        ("subordinates",),
    ),
    _function(
        "HAS_ROLE",
        ("当前用户是否有某个角色", "Whether the person asking has a role"),
        (Argument("role", (TEXT,)),),
        BOOLEAN,
        _has_role,
        "({0} = ANY({roles}))",
        ("roles",),
    ),
)
