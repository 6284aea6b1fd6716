"""Texts as telephone numbers and e-mail addresses, in SQL: what `field_types` reads in Python."""

from __future__ import annotations

from engines.sql import Sql, sql, value

_MOBILE = "^1[3-9][0-9]{9}$"
_NUMBER = r"^\+?[0-9]{5,15}(-[0-9]{1,6})?$"
_SEPARATORS = "[\\s().\u2010-\u2015-]+"
_CHINA = r"^(\+86|0086|86)(1[3-9][0-9]{9})$"
_FRACTION = r"([0-9]{5})\.0+$"
_WORD_EXTENSION = r"^(.*?)\s*(?:转|分机|ext\.?|x|#)\s*([0-9]{1,6})$"
_HYPHEN_EXTENSION = "^((?:\\(?0[0-9]{2,3}\\)?[\\s-]?)?[0-9]{7,8})[-\u2010-\u2015]([0-9]{1,6})$"
_ADDRESS = (
    r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"
)


def phone_sql(text: Sql, *, mobile: bool) -> Sql:
    """The number that `PhoneField` keeps of ``text``; NULL where it refuses it."""
    written = sql("regexp_replace({}, {}, {})", _narrow(text), value(_FRACTION), value(r"\1"))
    return sql(
        "(SELECT CASE WHEN three.number ~ {} THEN three.number END FROM"
        " (SELECT CASE WHEN two.bare ~ {} OR two.part IS NULL THEN two.bare"
        " ELSE {} || '-' || two.part[2] END AS number FROM"
        " (SELECT {} AS bare, coalesce(regexp_match(one.written, {}, 'i'),"
        " regexp_match(one.written, {})) AS part FROM"
        " (SELECT CASE WHEN strpos(btrim({}, E' \\t\\r\\n'), E'\\n') = 0 THEN {} END AS written)"
        " AS one) AS two) AS three)",
        value(_MOBILE if mobile else _NUMBER),
        value(_MOBILE),
        _bare(Sql("two.part[1]")),
        _bare(Sql("one.written")),
        value(_WORD_EXTENSION),
        value(_HYPHEN_EXTENSION),
        text,
        written,
    )


def email_sql(text: Sql) -> Sql:
    """The address that `EmailField` keeps of ``text``; NULL where it refuses it."""
    return sql(
        "(SELECT CASE WHEN one.address ~ {} AND length(one.address) <= 254 THEN one.address END"
        " FROM (SELECT lower({}) AS address) AS one)",
        value(_ADDRESS),
        _narrow(text),
    )


def _narrow(text: Sql) -> Sql:
    return sql(r"regexp_replace(normalize({}, NFKC), '^\s+|\s+$', '', 'g')", text)


def _bare(text: Sql) -> Sql:
    return sql(
        "regexp_replace(regexp_replace({}, {}, '', 'g'), {}, {})",
        text,
        value(_SEPARATORS),
        value(_CHINA),
        value(r"\2"),
    )
