"""Finds people by what somebody types: name, username, pinyin or its initials."""

from __future__ import annotations

from functools import lru_cache

from apps_runtime.models import Person


def matches(person: Person, search: str, *, email: bool = False) -> bool:
    """Whether ``search`` is part of the name, the username, the name's pinyin, or the address.

    Addresses only with ``email``: who may not read them must not find out by searching either.
    """
    wanted = search.lower()
    if wanted in person.name.lower() or wanted in person.username.lower():
        return True
    if email and wanted in person.email.lower():
        return True
    return any(wanted in spelling for spelling in _spellings(person.name))


@lru_cache(maxsize=20_000)
def _spellings(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # half a second and 30 MB that few processes need

    syllables = [syllable.lower() for syllable in lazy_pinyin(name)]
    return "".join(syllables), "".join(each[:1] for each in syllables)
