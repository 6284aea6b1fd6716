"""Who asks: person, departments, people below, roles."""

from __future__ import annotations

from typing import Any

from engines.formulas.function import Argument, Function, function
from engines.formulas.types import BOOLEAN, DEPARTMENT, PERSON, TEXT, Type, list_of

# Another person gets another answer, whatever the arguments.
_OF_THE_ASKER: dict[str, Any] = {"strict": False, "volatile": True}


def _asked(
    key: str,
    label: tuple[str, str],
    returns: Type,
    need: str,
) -> Function:
    """A function that answers what is known of the person asking."""
    return function(key, label, (), returns, _itself, f"{{{need}}}", needs=(need,), **_OF_THE_ASKER)


def _itself(value: Any) -> Any:
    return value


def _has_role(role: str | None, roles: tuple[str, ...]) -> bool | None:
    return None if role is None else role in roles


FUNCTIONS = (
    _asked("USER", ("当前用户", "The person asking"), PERSON, "user"),
    _asked("USERNAME", ("当前用户的姓名", "The name of the person asking"), TEXT, "name"),
    _asked(
        "DEPARTMENT",
        ("当前用户的部门", "The department of the person asking"),
        DEPARTMENT,
        "department",
    ),
    _asked(
        "DEPARTMENTS",
        ("当前用户的部门及其下级部门", "The department of the person asking and those below it"),
        list_of(DEPARTMENT),
        "departments",
    ),
    _asked(
        "SUBORDINATES",
        ("当前用户的下属", "The people below the person asking"),
        list_of(PERSON),
        "subordinates",
    ),
    function(
        "HAS_ROLE",
        ("当前用户是否有某个角色", "Whether the person asking has a role"),
        (Argument("role", (TEXT,)),),
        BOOLEAN,
        _has_role,
        "({0} = ANY({roles}))",
        needs=("roles",),
        **_OF_THE_ASKER,
    ),
)
