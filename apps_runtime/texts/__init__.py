"""The wording of problems, merged from one file per area."""

import json
import logging
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from engines.problems import Problem
from engines.texts import text
from engines.values import decimal_text

FOLDER = Path(__file__).parent / "problems"

logger = logging.getLogger(__name__)


@cache
def wordings() -> Mapping[str, Mapping[str, str]]:
    """Every problem code with its text per language. A test refuses a code worded twice."""
    merged: dict[str, Mapping[str, str]] = {}
    for file in sorted(FOLDER.glob("*.json")):
        for code, texts in json.loads(file.read_text(encoding="utf-8")).items():
            merged.setdefault(code, texts)
    return merged


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def message(problem: Problem, language: str) -> str:
    """The sentence for a problem in ``language``; the code itself where no wording exists."""
    # A check or a refusing rule carries its author's own sentence.
    own = problem.params.get("message")
    if isinstance(own, str | Mapping) and own:
        return text(own, language)
    wording = wordings().get(problem.code)
    if wording is None:
        logger.warning("the problem %s has no wording", problem.code)
        return problem.code
    values = _Params({key: _shown(value, language) for key, value in problem.params.items()})
    return wording[language if language in wording else "en"].format_map(values)


def _shown(value: object, language: str) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Mapping):
        return text({str(k): str(v) for k, v in value.items()}, language)
    if isinstance(value, list | tuple | set | frozenset):
        separator = "、" if language == "zh-Hans" else ", "
        return separator.join(_shown(each, language) for each in value)
    return "" if value is None else str(value)
