"""What every field type can do; one file per type in ``field_types``, found by the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal

from engines.formulas.types import Type
from engines.problems import Problem
from engines.registry import Registry
from engines.texts import Text
from engines.values import JsonValue, decimal_text

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A person or department written by name, until the facts of a submission say which id."""

    kind: Literal["person", "department"]
    name: str


FieldValue = None | bool | int | str | Decimal | date | tuple[str, ...] | Named
"""A typed value: ids are ints, a moment is a ``datetime`` (a kind of date) in UTC."""

Group = Literal["text", "number", "choice", "time", "people", "link", "computed", "layout"]

PLAIN_GROUPS: tuple[Group, ...] = ("text", "number", "choice", "time")

COMMON = ("label", "hint", "help", "required", "unique", "default", "read_only")
COMPUTED_COMMON = ("label", "help")


class InvalidValue(ValueError):
    """The value is not one of this field type: which fact, with which parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Column:
    """The typed column of a field: its SQL type, and whose ``id`` it holds."""

    sql_type: str
    references: Literal["form", "person", "department"] | None = None
    form: str | None = None


class FieldType(ABC):
    """One kind of field; a member has no state, its options come with each call."""

    key: ClassVar[str]
    label: ClassVar[Text]
    group: ClassVar[Group]
    icon: ClassVar[str]
    widget: ClassVar[str]
    options_schema: ClassVar[dict[str, Any]]
    order: ClassVar[int] = 1000
    common: ClassVar[tuple[str, ...]] = COMMON
    computed: ClassVar[bool] = False
    stored: ClassVar[bool] = True
    searchable: ClassVar[bool] = False
    sortable: ClassVar[bool] = True
    maskable: ClassVar[bool] = False

    @property
    def plain(self) -> bool:
        """True where a value is typed or chosen, and nobody has to look up people or records: what
        pages without a framework, and strangers, may be asked."""
        return self.group in PLAIN_GROUPS and not self.computed

    @abstractmethod
    def value_type(self, options: Options) -> Type:
        """The type that formulas see."""

    @abstractmethod
    def column(self, options: Options) -> Column | None:
        """The column that keeps the value; None for a field that is computed when read."""

    @abstractmethod
    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        """JSON → typed value, empty as None; raises InvalidValue."""

    @abstractmethod
    def present(self, value: FieldValue, options: Options) -> JsonValue:
        """Typed value → JSON; the reverse of parse."""

    def to_row(self, value: FieldValue) -> object:
        """Typed value → parameter of a statement."""
        return list(value) if isinstance(value, tuple) else value

    def from_row(self, value: Any) -> FieldValue:
        """What the database driver hands back → typed value; the reverse of to_row."""
        if isinstance(value, Decimal):
            return Decimal(decimal_text(value))
        result: FieldValue = (tuple(value) or None) if isinstance(value, list) else value
        return result

    def from_text(self, text: str, options: Options) -> JsonValue:
        """A cell of a spreadsheet → JSON that parse accepts; raises InvalidValue."""
        return text.strip() or None

    def to_text(self, value: Any, options: Options, language: str) -> str:
        """A typed value, or its JSON with a label, as people read it."""
        return "" if value is None else str(value)

    def places(self, options: Options) -> int | None:
        """The decimals that a number is kept with; None for what is no number."""
        return None

    def initial(self, options: Options) -> FieldValue:
        """The value of a new record when nobody gives one and there is no default."""
        return None

    def restrained(self, value: FieldValue, options: Options) -> FieldValue:
        """A computed value, brought to what the column keeps (rounding); not for input."""
        return value

    def problems(self, options: Options) -> tuple[Problem, ...]:
        """What is wrong with the options beyond their schema; paths begin below the field."""
        return ()


field_types: Registry[FieldType] = Registry("field types", FieldType)


@cache
def load_field_types() -> None:
    """Register every file of ``field_types``; calling it again adds nothing."""
    import engines.forms.field_types as package

    field_types.discover(package)
