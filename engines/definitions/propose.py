"""Proposes keys from labels: pinyin for Chinese, never one that is taken or reserved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from pypinyin import lazy_pinyin

from engines.definitions.keys import MAX_KEY, RESERVED, is_key

FALLBACK = "item"


def proposed_key(label: str, taken: Collection[str] = (), *, fallback: str = FALLBACK) -> str:
    """A key for ``label``: 「商机」 → ``shang_ji``, "Due date" → ``due_date``.

    A number is added where the key is taken or reserved; a label without letters or digits gives
    ``fallback``.
    """
    stem = _stem(label) or fallback
    if stem not in taken and stem not in RESERVED:
        return stem
    number = 2
    while True:
        tail = f"_{number}"
        key = stem[: MAX_KEY - len(tail)].rstrip("_") + tail
        if key not in taken and key not in RESERVED:
            return key
        number += 1


def _stem(label: str) -> str:
    words: list[str] = []
    for part in lazy_pinyin(label[:200]):
        plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
        words += re.findall(r"[a-z0-9]+", plain)
    # A key begins with a letter: numbers in front move to the end.
    first = next((index for index, word in enumerate(words) if word[0].isalpha()), len(words))
    words = words[first:] + (words[:first] if first < len(words) else [])
    key = ""
    for word in words:
        longer = f"{key}_{word}" if key else word
        if len(longer) > MAX_KEY:
            break
        key = longer
    if not key and words:
        key = words[0][:MAX_KEY]
    return key if is_key(key) else ""
