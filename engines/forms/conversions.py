"""How the values of one field type become those of another, in SQL; empty where one cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engines.forms import choosing
from engines.forms.contacts import email_sql, phone_sql
from engines.forms.field import FieldPlan
from engines.forms.plain_text import LINE_LIMIT
from engines.forms.table import DEPARTMENT_TABLE, PERSON_TABLE
from engines.sql import Sql, identifier, join, sql, value
from engines.texts import all_texts

_TEXTS = frozenset({"text", "long_text", "serial", "phone", "email"})
_STRICT = frozenset({"phone", "email"})
_NUMBERS = frozenset({"number", "money"})
_NUMBER = r"^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,20})(\.[0-9]{1,10})?$"
_DATE = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$"
_MOMENT = r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$"
_YES = ("是", "true", "yes", "1", "√")
_NO = ("否", "false", "no", "0", "×")

Conversion = Callable[[FieldPlan, FieldPlan, Sql], Sql]


def conversion(before: FieldPlan, after: FieldPlan) -> Sql | None:
    """The value of ``after`` from the column of ``before``; None where the types have nothing in
    common, so that the old column can only be put away."""
    make = _CONVERSIONS.get((family(before), _wanted(before, after)))
    return make(before, after, identifier(before.key)) if make else None


def family(field: FieldPlan) -> str:
    """The type by which values are kept: of a formula, that of its result."""
    key = (
        str(field.options.get("returns", "text")) if field.type.key == "formula" else field.type.key
    )
    if key in _TEXTS:
        return "text"
    return "number" if key in _NUMBERS else key


def _wanted(before: FieldPlan, after: FieldPlan) -> str:
    """The family of ``after``, or the type itself where it refuses some texts of ``before``."""
    if after.type.key in _STRICT and after.type is not before.type:
        return after.type.key
    if after.type.key == "text" and before.type.key == "long_text":
        return "line"
    return family(after)


def keeps_values(before: FieldPlan, after: FieldPlan) -> bool:
    """True when the column can stay as it is."""
    if before.column is None or after.column is None:
        return False
    if family(before) != _wanted(before, after):
        return False
    return before.column == after.column


def _same_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("{}::text", column)


def _number_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("trim_scale({})::text", column)


def _moment_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    local = sql("({} AT TIME ZONE {})", column, value(before.options.get("zone", "UTC")))
    return sql("to_char({}, 'YYYY-MM-DD HH24:MI:SS')", local)


def _label_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    members = choosing.members(before.options)
    if not members:
        return column
    arms = [
        sql(
            "WHEN {} THEN {}",
            value(each["value"]),
            value(choosing.label_of(each["value"], before.options, "zh-Hans")),
        )
        for each in members
    ]
    return sql("CASE {} {} ELSE {} END", column, join(" ", arms), column)


def _labels_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    one = _label_text(before, after, Sql("one.option"))
    return sql(
        "(SELECT string_agg({}, '、' ORDER BY one.place)"
        " FROM unnest({}) WITH ORDINALITY AS one(option, place))",
        one,
        column,
    )


def _check_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("CASE WHEN {} THEN '是' WHEN NOT {} THEN '否' END", column, column)


def _person_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("(SELECT p.name FROM {} AS p WHERE p.id = {})", identifier(*PERSON_TABLE), column)


def _department_text(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql(
        "(SELECT d.name FROM {} AS d WHERE d.id = {})", identifier(*DEPARTMENT_TABLE), column
    )


def _text_phone(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return phone_sql(column, mobile=bool(after.options.get("mobile")))


def _number_phone(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return _text_phone(before, after, _number_text(before, after, column))


def _text_email(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return email_sql(column)


def _text_line(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql(
        "CASE WHEN strpos({}, E'\\n') = 0 AND length({}) <= {} THEN {} END",
        column,
        column,
        Sql(str(LINE_LIMIT)),
        column,
    )


def _text_number(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql(
        "CASE WHEN btrim({}) ~ {} THEN replace(btrim({}), ',', '')::numeric END",
        column,
        value(_NUMBER),
        column,
    )


def _text_date(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    day = sql("translate(btrim({}), '/.', '--')", column)
    return sql(
        "CASE WHEN {} ~ {} AND pg_input_is_valid({}, 'date') THEN {}::date END",
        day,
        value(_DATE),
        day,
        day,
    )


def _text_moment(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    text = sql("translate(btrim({}), '/', '-')", column)
    return sql(
        "CASE WHEN ({} ~ {} OR {} ~ {}) AND pg_input_is_valid({}, 'timestamp')"
        " THEN {}::timestamp AT TIME ZONE {} END",
        text,
        value(_MOMENT),
        text,
        value(_DATE),
        text,
        text,
        value(after.options.get("zone", "UTC")),
    )


def _text_check(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql(
        "CASE WHEN lower(btrim({})) = ANY({}) THEN TRUE"
        " WHEN lower(btrim({})) = ANY({}) THEN FALSE END",
        column,
        value(list(_YES)),
        column,
        value(list(_NO)),
    )


def _option(after: FieldPlan, text: Sql) -> Sql:
    """The option that a text means, by value or label, as in a spreadsheet cell."""
    arms = []
    seen: set[str] = set()
    members = choosing.members(after.options)
    by_value = [(str(each["value"]), (str(each["value"]),)) for each in members]
    by_label = [(str(each["value"]), all_texts(each.get("label"))) for each in members]
    for option, words in (*by_value, *by_label):
        mine = [word.strip().lower() for word in words if word.strip().lower() not in seen]
        seen.update(mine)
        if mine:
            arms.append(sql("WHEN {} = ANY({}) THEN {}", text, value(mine), value(option)))
    return sql("CASE {} END", join(" ", arms)) if arms else Sql("NULL::text")


def _text_choice(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return _option(after, sql("lower(btrim({}::text))", column))


def _text_choices(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    option = _option(after, Sql("lower(btrim(one.word))"))
    return sql(
        "(SELECT CASE WHEN bool_and(found.option IS NOT NULL)"
        " THEN array_agg(DISTINCT found.option) END"
        " FROM (SELECT {} AS option FROM regexp_split_to_table({}::text, '[,，;；、|]')"
        " AS one(word)"
        " WHERE btrim(one.word) <> '') AS found)",
        option,
        column,
    )


def _choice_choices(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("CASE WHEN {} IS NOT NULL THEN ARRAY[{}] END", column, column)


def _choices_choice(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("CASE WHEN cardinality({}) = 1 THEN ({})[1] END", column, column)


def _date_moment(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("({}::timestamp AT TIME ZONE {})", column, value(after.options.get("zone", "UTC")))


def _moment_date(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("({} AT TIME ZONE {})::date", column, value(before.options.get("zone", "UTC")))


def _check_number(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("{}::int::numeric", column)


def _number_check(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    return sql("CASE {} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END", column)


def _text_department(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    """By key, else by a name that only one department has."""
    departments = identifier(*DEPARTMENT_TABLE)
    return sql(
        "coalesce((SELECT d.id FROM {} AS d WHERE d.key = btrim({})),"
        " (SELECT min(d.id) FROM {} AS d WHERE d.name = btrim({}) HAVING count(*) = 1))",
        departments,
        column,
        departments,
        column,
    )


def _text_person(before: FieldPlan, after: FieldPlan, column: Sql) -> Sql:
    """By username, else by a name that only one person has."""
    people = identifier(*PERSON_TABLE)
    return sql(
        "coalesce((SELECT p.id FROM {} AS p WHERE p.username = btrim({})),"
        " (SELECT min(p.id) FROM {} AS p WHERE p.name = btrim({}) HAVING count(*) = 1))",
        people,
        column,
        people,
        column,
    )


_CONVERSIONS: Mapping[tuple[str, str], Conversion] = {
    ("number", "text"): _number_text,
    ("date", "text"): _same_text,
    ("moment", "text"): _moment_text,
    ("choice", "text"): _label_text,
    ("choices", "text"): _labels_text,
    ("check", "text"): _check_text,
    ("person", "text"): _person_text,
    ("department", "text"): _department_text,
    ("text", "number"): _text_number,
    ("text", "date"): _text_date,
    ("text", "moment"): _text_moment,
    ("text", "check"): _text_check,
    ("text", "choice"): _text_choice,
    ("text", "choices"): _text_choices,
    ("text", "person"): _text_person,
    ("text", "department"): _text_department,
    ("text", "line"): _text_line,
    ("text", "phone"): _text_phone,
    ("text", "email"): _text_email,
    ("number", "phone"): _number_phone,
    ("number", "choice"): _text_choice,
    ("choice", "choices"): _choice_choices,
    ("choices", "choice"): _choices_choice,
    ("date", "moment"): _date_moment,
    ("moment", "date"): _moment_date,
    ("check", "number"): _check_number,
    ("number", "check"): _number_check,
}
