"""What an administrator chose for an import, read from JSON once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engines.problems import Problem, Problems, problem
from engines.values import JsonValue

MODES = ("create", "skip", "update", "upsert")
KNOWN = frozenset(
    {
        "columns",
        "match",
        "values",
        "run_rules",
        "mode",
        "key",
        "dry_run",
        "file",
        "create_people",
        "sheet",
    }
)


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """``columns`` header → field; ``match`` field → the other form's field that a cell names;
    ``values`` field → cell → replacement (null leaves the field empty); ``mode`` what happens to a
    row whose ``key`` field finds a record: create regardless, skip, update only, or upsert.
    """

    columns: Mapping[str, str]
    match: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    run_rules: bool = False
    mode: str = "create"
    key: str | None = None
    dry_run: bool = False
    create_people: bool = False
    sheet: str = ""
    """The name of a workbook's sheet; "" is the first one."""
    language: str = "zh-Hans"
    """Of whoever imports, for the reasons in the file of failed rows."""

    def as_json(self) -> dict[str, JsonValue]:
        """The reverse of ``read_options``."""
        return {
            "columns": dict(self.columns),
            "match": dict(self.match),
            "values": {name: dict(cells) for name, cells in self.values.items()},
            "run_rules": self.run_rules,
            "mode": self.mode,
            "key": self.key,
            "dry_run": self.dry_run,
            "create_people": self.create_people,
            "sheet": self.sheet,
            "language": self.language,
        }


def read_options(
    data: JsonValue, *, headers: Iterable[str], fields: Iterable[str], needs_key: bool = True
) -> ImportOptions:
    """The options in ``data`` for a file with ``headers`` into a form with ``fields``.

    ``needs_key`` False: what is there already is recognised without one too.

    Raises Problems naming every option that is not right: unknown ones, headers that the file does
    not have, fields that the form does not have or cannot be imported into, a field mapped twice.
    """
    if not isinstance(data, Mapping):
        raise Problems((problem("/options", "bad_import_option", option="options"),))
    known_headers, known_fields = set(headers), set(fields)
    problems: list[Problem] = [
        problem(f"/options/{name}", "bad_import_option", option=name)
        for name in data
        if name not in KNOWN
    ]
    columns = _texts(data, "columns", problems)
    match = _texts(data, "match", problems)
    for header, name in columns.items():
        if header not in known_headers:
            problems.append(problem("/options/columns", "unknown_header", header=header))
        if name not in known_fields:
            problems.append(problem("/options/columns", "unknown_import_field", field=name))
    problems.extend(
        problem("/options/columns", "field_mapped_twice", field=name)
        for name, times in sorted(Counter(columns.values()).items())
        if times > 1
    )
    if not columns:
        problems.append(problem("/options/columns", "no_columns_mapped"))
    repairs = _repairs(data, problems)
    problems.extend(
        problem(f"/options/{option}", "unknown_import_field", field=name)
        for option, names in (("match", match), ("values", repairs))
        for name in names
        if name not in known_fields
    )
    mode = data.get("mode", "create")
    if mode not in MODES:
        problems.append(problem("/options/mode", "bad_import_option", option="mode"))
    key = data.get("key")
    if (needs_key and mode != "create" and not key) or (key and key not in columns.values()):
        problems.append(problem("/options/key", "import_key_missing"))
    options = ImportOptions(
        columns=columns,
        match=match,
        values=repairs,
        run_rules=_flag(data, "run_rules", problems),
        mode=str(mode),
        key=str(key) if key else None,
        dry_run=_flag(data, "dry_run", problems),
        create_people=_flag(data, "create_people", problems),
        sheet=sheet_of(data),
    )
    if problems:
        raise Problems(problems)
    return options


def sheet_of(data: object) -> str:
    """The sheet that somebody names, "" for none; raises Problems where it is no text."""
    sheet = data.get("sheet") or "" if isinstance(data, Mapping) else ""
    if not isinstance(sheet, str):
        raise Problems((problem("/options/sheet", "bad_import_option", option="sheet"),))
    return sheet


def _texts(data: Mapping[str, JsonValue], name: str, problems: list[Problem]) -> dict[str, str]:
    given = _object(data, name)
    if given is None or not all(v is None or isinstance(v, str) for v in given.values()):
        problems.append(problem(f"/options/{name}", "bad_import_option", option=name))
        return {}
    return {key: str(value) for key, value in given.items() if value}


def _repairs(
    data: Mapping[str, JsonValue], problems: list[Problem]
) -> dict[str, dict[str, str | None]]:
    given = _object(data, "values")
    result: dict[str, dict[str, str | None]] = {}
    if given is None:
        given = {"": None}
    for name, cells in given.items():
        if not isinstance(cells, Mapping) or any(
            isinstance(value, Mapping | list) for value in cells.values()
        ):
            problems.append(problem("/options/values", "bad_import_option", option="values"))
            continue
        result[name] = {cell: _cell(value) for cell, value in cells.items()}
    return result


def _cell(value: JsonValue) -> str | None:
    """A replacement as the file would write it."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object(data: Mapping[str, JsonValue], name: str) -> Mapping[str, JsonValue] | None:
    """The option where it is an object, {} where it is absent."""
    given = data.get(name)
    if given is None:
        return {}
    return given if isinstance(given, Mapping) else None


def _flag(data: Mapping[str, JsonValue], name: str, problems: list[Problem]) -> bool:
    given = data.get(name, False)
    if not isinstance(given, bool):
        problems.append(problem(f"/options/{name}", "bad_import_option", option=name))
        return False
    return given
