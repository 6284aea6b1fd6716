"""What a function or operator of the language is: one object with its types and back ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.formulas.types import ANY, BOOLEAN, DATE, MOMENT, NUMBER, TEXT, Type, Value, list_of
from engines.sql import Sql
from engines.texts import Text

# Stand for "whichever type, the same wherever this stands" in one signature.
T = Type("T")
S = Type("S")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: the types it takes, best first; ``values`` are the only texts allowed.

    ``values`` maps each accepted spelling to the canonical one; such an argument must be written
    as a text in quotes, because each back end decides by it when it compiles.
    """

    key: str
    types: tuple[Type, ...] = (ANY,)
    optional: bool = False
    repeated: bool = False
    values: Mapping[str, str] | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True)
class SqlArgs:
    """What a function needs to write itself as SQL: arguments, their types, literal values."""

    args: tuple[Sql, ...]
    types: tuple[Type, ...]
    literals: tuple[Value, ...]
    context: Mapping[str, Sql] = field(default_factory=dict)
    returns: Type = ANY


Signature = Callable[[tuple[Type, ...], tuple[Value, ...]], tuple[Argument, ...]]
Returns = Callable[[tuple[Type, ...], tuple[Value, ...]], Type]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """One entry of the registry.

    ``python`` gets the arguments, then the values of ``needs`` (now, zone, user, department,
    departments, subordinates, roles, name). ``sql`` is a template with ``{0}``, ``{1}``, … and
    ``{zone}`` or a function of SqlArgs. ``strict`` functions are empty when an argument is empty;
    their back ends never see an empty one (in SQL: ``sql`` must itself be strict).
    ``among`` restricts what T may be. ``family`` is the name of the module or package below
    ``functions/`` that lists it; the registry fills it in. Under the same key, TypeScript has the
    browser's form.
    """

    key: str
    label: Text
    arguments: tuple[Argument, ...]
    returns: Type | Returns
    python: Callable[..., Any]
    sql: str | Callable[[SqlArgs], Sql]
    needs: tuple[str, ...] = ()
    strict: bool = True
    volatile: bool = False
    among: tuple[Type, ...] = ()
    signature: Signature | None = None
    hidden: bool = False
    family: str = ""

    def arrangement(
        self, types: tuple[Type, ...], literals: tuple[Value, ...]
    ) -> tuple[Argument, ...] | None:
        """One Argument for each of the given ones, or None when their number is wrong."""
        chosen = self.signature(types, literals) if self.signature else self.arguments
        needed = sum(not argument.optional for argument in chosen)
        if len(types) < needed:
            return None
        extra = len(types) - len(chosen)
        if extra > 0:
            if not chosen or not chosen[-1].repeated:
                return None
            chosen += (chosen[-1],) * extra
        return chosen[: len(types)]


def function(
    key: str,
    label: tuple[str, str],
    arguments: tuple[Argument, ...],
    returns: Type | Returns,
    python: Callable[..., Any],
    sql: str | Callable[[SqlArgs], Sql],
    **options: Any,
) -> Function:
    """A Function whose label is given as (Chinese, English)."""
    texts = {"zh-Hans": label[0], "en": label[1]}
    return Function(key, texts, arguments, returns, python, sql, **options)


def number(key: str = "number", *, optional: bool = False) -> Argument:
    """A number."""
    return Argument(key, (NUMBER,), optional)


def text(key: str = "text", *, optional: bool = False) -> Argument:
    """A text."""
    return Argument(key, (TEXT,), optional)


def day_or_moment(key: str = "date", *, optional: bool = False) -> Argument:
    """A date or a moment; a text in quotes is read as one."""
    return Argument(key, (DATE, MOMENT), optional)


def day(key: str = "date", *, optional: bool = False) -> Argument:
    """A date; a moment is read as its date."""
    return Argument(key, (DATE,), optional)


def condition(key: str = "condition", *, optional: bool = False) -> Argument:
    """A condition."""
    return Argument(key, (BOOLEAN,), optional)


def same(key: str, of: Type = T, *, optional: bool = False, repeated: bool = False) -> Argument:
    """A value of the type that every such argument of the call shares."""
    return Argument(key, (of,), optional, repeated)


def many(key: str, of: Type = T) -> Argument:
    """Any number of values or lists of values, taken together as one list."""
    return Argument(key, (of, list_of(of)), repeated=True)
