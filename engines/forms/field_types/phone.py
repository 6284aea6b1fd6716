"""A telephone number."""

from __future__ import annotations

import re
from typing import ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed, option
from engines.forms.plain_text import narrow, read_text
from engines.formulas.types import TEXT, Type
from engines.texts import Text
from engines.values import JsonValue

_SEPARATORS = re.compile(r"[\s().\u2010-\u2015-]+")
_NUMBER = re.compile(r"^\+?[0-9]{5,15}(?:-[0-9]{1,6})?$")
_WORD_EXTENSION = re.compile(r"^(.*?)\s*(?:转|分机|ext\.?|x|#)\s*([0-9]{1,6})$", re.I)
_HYPHEN_EXTENSION = re.compile(
    r"^((?:\(?0[0-9]{2,3}\)?[\s-]?)?[0-9]{7,8})[-\u2010-\u2015]([0-9]{1,6})$"
)
_FRACTION = re.compile(r"(?<=[0-9]{5})\.0+$")
_MOBILE = re.compile(r"^1[3-9][0-9]{9}$")
_CHINA = re.compile(r"^(?:\+86|0086|86)(?=1[3-9][0-9]{9}$)")


class PhoneField(FieldType):
    """Kept without blanks, hyphens and +86 of a Chinese mobile, so that equal numbers match; an
    extension (转12) stays apart behind a hyphen."""

    key = "phone"
    label: ClassVar[Text] = {"zh-Hans": "电话", "en": "Phone"}
    group = "text"
    icon = "phone"
    widget = "phone"
    order = 110
    searchable = True
    maskable = True
    options_schema = closed(
        {
            "mobile": option(
                {"type": "boolean"},
                "只能填手机号",
                "Chinese mobile numbers only",
                order=10,
                group="rules",
                widget="boolean",
            )
        }
    )

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        text = read_text(value, limit=60, lines=False)
        if text is None:
            return None
        written = _FRACTION.sub("", narrow(text))  # what a spreadsheet made of a number
        number = _bare(written)
        extension = _WORD_EXTENSION.match(written) or _HYPHEN_EXTENSION.match(written)
        if extension is not None and _MOBILE.match(number) is None:
            number = f"{_bare(extension[1])}-{extension[2]}"
        if options.get("mobile") and _MOBILE.match(number) is None:
            raise InvalidValue("not_a_mobile_number")
        if _NUMBER.match(number) is None:
            raise InvalidValue("not_a_phone_number")
        return number

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None


def _bare(text: str) -> str:
    return _CHINA.sub("", _SEPARATORS.sub("", text))
