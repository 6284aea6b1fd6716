"""Keys: their form, their length, and the words that no field may be called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from engines.problems import Problem, problem
from engines.values import FORBIDDEN_KEYS

PATTERN = "^[a-z](_?[a-z0-9])*$"
MAX_KEY = 40
_KEY = re.compile(r"[a-z](_?[a-z0-9])*", re.ASCII)

FORMULA_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "empty", "old"})
SYSTEM_COLUMNS = frozenset(
    {
        "id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at",
        "release", "flow_state", "grams",
    }
)  # fmt: skip
# Members that a record has in JSON beside its fields.
RECORD_MEMBERS = frozenset({"rights", "label"})
RESERVED = FORMULA_WORDS | SYSTEM_COLUMNS | RECORD_MEMBERS | FORBIDDEN_KEYS


def is_key(text: str) -> bool:
    """True for a key of the right form and length, reserved or not."""
    return len(text) <= MAX_KEY and _KEY.fullmatch(text) is not None


def key_problem(text: str, path: str, *, field: bool = False) -> Problem | None:
    """What is wrong with a key, or None; ``field`` also refuses reserved words."""
    if len(text) > MAX_KEY:
        return problem(path, "key_too_long", key=text[:80], limit=MAX_KEY)
    if not is_key(text):
        return problem(path, "not_a_key", key=text)
    if text in FORBIDDEN_KEYS or (field and text in RESERVED):
        return problem(path, "reserved_key", key=text)
    return None


def key_problems(text: object, *, field: bool = False) -> tuple[Problem, ...]:
    """The same for a value that may not even be text; paths are empty."""
    if not isinstance(text, str):
        return (problem("", "wrong_json_type", expected=["string"]),)
    wrong = key_problem(text, "", field=field)
    return (wrong,) if wrong else ()


def proposed_key(label: str, taken: Collection[str] = ()) -> str:
    """A key for a label: pinyin for Chinese, letters without accents, a number where taken."""
    # Its dictionaries take 20 MB: loaded only where a key is proposed.
    from pypinyin import lazy_pinyin

    plain = unicodedata.normalize("NFKD", " ".join(lazy_pinyin(label)))
    words = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    key = ""
    for word in words:
        longer = f"{key}_{word}" if key else word
        if len(longer) > MAX_KEY - 4:
            break
        key = longer
    key = key or "".join(words)[: MAX_KEY - 4] or "x"
    if not key[0].isalpha():
        key = f"x{key}"
    if key not in taken and key not in RESERVED:
        return key
    number = 2
    while f"{key}_{number}" in taken:
        number += 1
    return f"{key}_{number}"
