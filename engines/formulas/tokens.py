"""Text into tokens; full-width punctuation means what its ASCII twin means, outside quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engines.formulas.tree import Span
from engines.problems import Problems, refuse

MAX_LENGTH = 2000
MAX_NUMBER_DIGITS = 30

Kind = Literal["number", "text", "name", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token; for a text ``value`` is what stands between the quotes, unescaped."""

    kind: Kind
    value: str
    at: Span


# One character each, so that columns stay those of what was typed.
_TWINS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("、"): ",",
    ord("。"): ".",
    ord("【"): "[",
    ord("】"): "]",
    ord("×"): "*",
    ord("÷"): "/",
    ord("−"): "-",
}
_CLOSING = {
    "'": "'＇",
    '"': '"＂',
    "＇": "'＇",
    "＂": '"＂',
    "‘": "’",
    "’": "’",
    "“": "”",
    "”": "”",
}
_ALIASES = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_NUMBER = re.compile(r"\d+(\.\d+)?|\.\d+", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIGN = re.compile(r"==|!=|<>|<=|>=|[-+*/%=<>()\[\],.&≠≤≥;]")
_SPACE = " \t\r\n"


def wrong(code: str, at: Span, **params: object) -> Problems:
    """A problem at a place in the formula, ready to be raised."""
    return refuse("", code, column=at.column, length=at.length, **params)


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of ``text``, an ``end`` token last. Raises Problems at the first bad character."""
    if len(text) > MAX_LENGTH:
        raise wrong("formula_too_long", Span(1, len(text)), limit=MAX_LENGTH)
    plain = text.translate(_TWINS)
    found: list[Token] = []
    place = 0
    while place < len(text):
        if plain[place] in _SPACE:
            place += 1
            continue
        token, place = _next(text, plain, place)
        found.append(token)
    found.append(Token("end", "", Span(len(text) + 1, 1)))
    return tuple(found)


def _next(text: str, plain: str, start: int) -> tuple[Token, int]:
    if text[start] in _CLOSING:
        return _quoted(text, start)
    if match := _NUMBER.match(plain, start):
        end = match.end()
        tail = _NAME.match(plain, end)
        span = Span(start + 1, (tail.end() if tail else end) - start)
        if tail:
            raise wrong("not_a_number", span, text=text[start : tail.end()][:40])
        if sum(character.isdigit() for character in match[0]) > MAX_NUMBER_DIGITS:
            raise wrong("number_too_long", span, limit=MAX_NUMBER_DIGITS)
        return Token("number", match[0], span), end
    if match := _NAME.match(plain, start):
        return Token("name", match[0], Span(start + 1, len(match[0]))), match.end()
    if match := _SIGN.match(plain, start):
        sign = _ALIASES.get(match[0], match[0])
        return Token("sign", sign, Span(start + 1, len(match[0]))), match.end()
    raise wrong("unknown_character", Span(start + 1, 1), character=text[start])


def _quoted(text: str, start: int) -> tuple[Token, int]:
    closing = _CLOSING[text[start]]
    parts: list[str] = []
    place = start + 1
    while place < len(text):
        character = text[place]
        if character in closing:
            # A quote inside the text is written twice, as in a spreadsheet.
            if text[place + 1 : place + 2] == character:
                parts.append(character)
                place += 2
                continue
            span = Span(start + 1, place + 1 - start)
            content = "".join(parts)
            if "\x00" in content or any("\ud800" <= each <= "\udfff" for each in content):
                raise wrong("unknown_character", span, character="")
            return Token("text", content, span), place + 1
        parts.append(character)
        place += 1
    raise wrong("text_not_closed", Span(start + 1, len(text) - start))
