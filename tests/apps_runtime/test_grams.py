"""The search's letters are the same in Python and in Postgres."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engines.forms.search import grams

EXAMPLES = ["", "a", "GTX 榫卯x", "ΑΣ ς", "İstanbul", "ＡＢ", "a\u3000b\u00a0c", "𝄞x", "ß", "aaaa"]


def _in_postgres(text: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mortise.grams(%s)", (text,))
        return sorted(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("text", EXAMPLES)
def test_examples(text: str) -> None:
    assert _in_postgres(text) == grams(text)


class AnyText(TestCase):
    """Of all texts made of what people type."""

    @settings(max_examples=100, deadline=None)
    @given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=30))
    def test_any_text(self, text: str) -> None:
        # Letters whose lower case another version of Unicode has changed may differ.
        if all(each.lower().upper() == each or each.lower() == each for each in text):
            assert _in_postgres(text) == grams(text)
