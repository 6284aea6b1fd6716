"""The types of formula values, and which of them stand in for one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = None | bool | int | str | Decimal | date | datetime | tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Type:
    """``name`` is one of number text date moment boolean person department link list empty any
    duration; ``of`` is the type of a list's members, ``form`` the form a link leads to."""

    name: str
    of: Type | None = None
    form: str | None = None

    def __str__(self) -> str:
        if self.of is not None:
            return f"{self.name} of {self.of}"
        return f"{self.name} to {self.form}" if self.form else self.name


NUMBER = Type("number")
TEXT = Type("text")
DATE = Type("date")
MOMENT = Type("moment")
BOOLEAN = Type("boolean")
PERSON = Type("person")
DEPARTMENT = Type("department")
EMPTY = Type("empty")
ANY = Type("any")


def list_of(member: Type) -> Type:
    """The type of lists whose members are of type ``member``."""
    return Type("list", of=member)


def link_to(form: str) -> Type:
    """The type of links to records of ``form``."""
    return Type("link", form=form)


def is_reference(type_: Type) -> bool:
    """True for what is stored as the id of something else."""
    return type_.name in ("person", "department", "link")


def fits(found: Type, wanted: Type) -> bool:
    """True when a value of type ``found`` may stand where ``wanted`` is asked, unchanged."""
    if ANY in (found, wanted) or found in (EMPTY, wanted):
        return True
    if found.name == wanted.name == "list":
        return found.of is None or wanted.of is None or fits(found.of, wanted.of)
    if found.name == wanted.name == "link":
        return found.form is None or wanted.form is None
    return False


def common(types: tuple[Type, ...]) -> Type | None:
    """The one type that all of ``types`` can be read as, or None; a date reads as a moment."""
    known = [each for each in types if each not in (EMPTY, ANY)]
    if not known:
        return ANY if ANY in types else EMPTY
    if {each.name for each in known} == {"date", "moment"}:
        return MOMENT
    first = next((each for each in known if each.name != "list" or each.of != EMPTY), known[0])
    return first if all(fits(each, first) for each in known) else None


_LABELS: dict[str, dict[str, str]] = {
    "number": {"zh-Hans": "数字", "en": "number"},
    "text": {"zh-Hans": "文本", "en": "text"},
    "date": {"zh-Hans": "日期", "en": "date"},
    "moment": {"zh-Hans": "时间", "en": "date and time"},
    "boolean": {"zh-Hans": "是/否", "en": "yes/no"},
    "person": {"zh-Hans": "人员", "en": "person"},
    "department": {"zh-Hans": "部门", "en": "department"},
    "link": {"zh-Hans": "关联记录", "en": "linked record"},
    "list": {"zh-Hans": "列表", "en": "list"},
    "empty": {"zh-Hans": "空", "en": "empty"},
}


def labelled(type_: Type) -> dict[str, str]:
    """The type in words, for problems that people read."""
    if type_.name == "list" and type_.of is not None and type_.of.name in _LABELS:
        member = _LABELS[type_.of.name]
        return {"zh-Hans": f"{member['zh-Hans']}列表", "en": f"list of {member['en']}"}
    return _LABELS.get(type_.name, {"zh-Hans": "任意值", "en": "anything"})
