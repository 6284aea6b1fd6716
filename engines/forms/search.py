"""What the text search of a form sees: one text per record, and its uni- and bigrams.

``mortise.grams(text) → text[]`` is made by a migration: distinct uni- and bigrams without blanks,
in lower case. It serves statements over many rows; single values are worked out by ``grams``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add

from engines.forms.plan import FormPlan
from engines.sql import Sql, identifier, join, sql


def search_text(plan: FormPlan, values: Mapping[str, object]) -> str:
    """The text that a record is found by; what `search_expression` gives in SQL."""
    texts = (values.get(field.key) for field in plan.searchable)
    return "\n".join(text for text in texts if isinstance(text, str))


def grams(text: str) -> list[str]:
    """What ``mortise.grams`` gives: computed here it costs Postgres no planning of a function.

    Letters are lowered one by one, as Postgres does: of one that becomes two the first is kept, and
    a sigma does not look whether it ends a word.
    """
    letters = text.lower()
    if len(letters) != len(text) or "Σ" in text:
        letters = "".join(each.lower()[0] for each in text)
    found: set[str] = set()
    for word in letters.split():
        found.update(word)
        found.update(map(add, word, word[1:]))
    return sorted(found)


def telling_grams(text: str) -> list[str]:
    """Those of the grams that find as much as all of them.

    Letters that stand in pairs say nothing more, and have the longest lists of the index.
    """
    found = grams(text)
    paired = {letter for each in found if len(each) > 1 for letter in each}
    return [each for each in found if len(each) > 1 or each not in paired]


def joined_text(texts: Iterable[Sql]) -> Sql:
    """Several texts as one, empty ones left out."""
    pieces = tuple(texts)
    return sql("concat_ws(E'\\n', {})", join(", ", pieces)) if pieces else Sql("''")


def search_expression(plan: FormPlan) -> Sql:
    """The same text from the columns of the form's table."""
    return joined_text(identifier(field.key) for field in plan.searchable)
