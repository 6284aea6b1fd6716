"""Tells a text file's encoding and its separator, without believing either blindly."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from apps_runtime.exchange.text_rows import SEPARATOR_LINE
from engines.problems import refuse

SAMPLE = 256 * 1024
SEPARATORS = (",", "\t", ";", "|")
SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"\xd0\xcf\x11\xe0",  # .xls, .doc and .ppt of old
    b"\x1f\x8b",  # gzip
    b"Rar!",
    b"7z\xbc\xaf",
)
PRINTABLE = bytes((9, 10, 11, 12, 13, 26, 27, *range(32, 256)))
_THREE_BYTES = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How the bytes of a text table are to be read."""

    encoding: str
    separator: str


def text_format(path: Path) -> TextFormat:
    """The format of the file at ``path``.

    A byte order mark decides. Else the encoding is UTF-8 where the file is valid UTF-8, or most of
    its lines of Chinese are, and GB18030 (a superset of GBK and GB2312) otherwise: a file with one
    broken row is still what its other rows are.
    Raises Problems ``not_a_table`` for pictures, documents and other files that are not text.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if _is_binary(head):
        raise refuse("/file", "not_a_table")
    encoding = next((name for mark, name in BOMS if head.startswith(mark)), None)
    if encoding is None:
        encoding = _utf16_without_mark(head) or ("utf-8" if _is_utf8(path) else "gb18030")
    return TextFormat(encoding, separator_in(head.decode(encoding, errors="replace")))


def _is_binary(head: bytes) -> bool:
    """By what such files begin with, or by many bytes that no text has; single ones are broken
    rows of a text."""
    if head.startswith(SIGNATURES):
        return True
    if head.startswith(tuple(mark for mark, _ in BOMS)) or _utf16_without_mark(head):
        return False
    controls = len(head.translate(None, delete=PRINTABLE))
    return controls > 10 and controls > len(head) * 0.05


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 of mostly Latin text shows a NUL in every other byte."""
    pairs = head[:4096]
    if len(pairs) < 8:
        return None
    even, odd = pairs[0::2].count(0), pairs[1::2].count(0)
    half = len(pairs) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    """Line by line, so that one broken row does not decide.

    Short texts in GBK are often valid UTF-8 too (女 is U+016E), but hardly ever with a character of
    three bytes: only lines with such a one speak for UTF-8 where other lines speak against it.
    """
    good = bad = 0
    with path.open("rb") as file:
        for line in file:
            if line.isascii():
                continue
            try:
                line.decode()
                good += _THREE_BYTES.search(line) is not None
            except UnicodeDecodeError:
                bad += 1
    return bad <= good


def separator_in(text: str) -> str:
    """The separator that splits the first lines into the most, and equally many, cells."""
    if named := SEPARATOR_LINE.match(text.split("\n", 1)[0]):
        return named[1]
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if not lines:
        return ","
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        counts = [_outside_quotes(line, separator) for line in lines]
        usual = max(set(counts), key=counts.count)
        score = (counts.count(usual) if usual else 0, usual)
        if usual and score > best_score:
            best, best_score = separator, score
    return best


def _outside_quotes(line: str, separator: str) -> int:
    count, quoted = 0, False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            count += 1
    return count
