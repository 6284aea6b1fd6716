"""Masks: what of a text is shown to those who may not read all of it. In Python and as SQL."""

from __future__ import annotations

from engines.sql import Sql, sql

MASKS = ("middle", "tail", "all", "email")

LABELS = {
    "middle": {"zh-Hans": "隐藏中间", "en": "Hide the middle"},
    "tail": {"zh-Hans": "隐藏末尾", "en": "Hide the end"},
    "all": {"zh-Hans": "全部隐藏", "en": "Hide all"},
    "email": {"zh-Hans": "隐藏邮箱用户名", "en": "Hide the name before @"},
}

STARS = "****"


def masked(text: str, mask: str) -> str:
    """``text`` as the mask shows it; the number of stars says nothing about the length.

    middle: a third at each end, three characters at most; tail: half, six at most; email: the
    first letter and the domain. One character alone is never shown.
    """
    length = len(text)
    if mask == "middle":
        end = min(3, length // 3)
        return text[:end] + STARS + text[length - end :]
    if mask == "tail":
        return text[: min(6, length // 2)] + STARS
    if mask == "email" and "@" in text:
        name, _, domain = text.rpartition("@")
        return (name[:1] if len(name) > 1 else "") + STARS + "@" + domain
    return STARS


def masked_sql(column: Sql, mask: str) -> Sql:
    """The same in SQL; empty stays empty."""
    if mask == "middle":
        end = sql("least(3, char_length({}) / 3)", column)
        return sql("(left({}, {}) || '****' || right({}, {}))", column, end, column, end)
    if mask == "tail":
        return sql("(left({}, least(6, char_length({}) / 2)) || '****')", column, column)
    if mask == "email":
        name = sql("regexp_replace({}, '@[^@]*$', '')", column)
        return sql(
            "CASE WHEN {} LIKE '%%@%%' THEN CASE WHEN char_length({}) > 1 THEN left({}, 1)"
            " ELSE '' END || '****@' || regexp_replace({}, '^.*@', '')"
            " WHEN {} IS NOT NULL THEN '****' END",
            column,
            name,
            column,
            column,
            column,
        )
    return sql("CASE WHEN {} IS NOT NULL THEN '****' END", column)
