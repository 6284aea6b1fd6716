"""Writing is the reverse of reading: nothing is lost, the order stays, numbers stay exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engines.definitions import digest, readable, write
from engines.values import FORBIDDEN_KEYS, read_json, storable

TEXTS = st.text(max_size=20).filter(storable)
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**10), 10**10, places=4, allow_nan=False, allow_infinity=False),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), TEXTS, NUMBERS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(TEXTS.filter(lambda key: key not in FORBIDDEN_KEYS), inner, max_size=5),
    ),
    max_leaves=30,
)


@given(JSON)
def test_reading_what_was_written_gives_the_same(data: Any) -> None:
    assert read_json(write(data)) == data
    assert read_json(readable(data)) == data


@given(JSON)
def test_writing_is_canonical(data: Any) -> None:
    assert write(read_json(write(data))) == write(data)


def test_the_authors_order_is_kept() -> None:
    assert write({"b": 1, "a": [True, None, "客户"]}) == '{"b":1,"a":[true,null,"客户"]}'
    assert digest({"a": 1, "b": 2}) != digest({"b": 2, "a": 1})


def test_decimals_do_not_become_floats() -> None:
    text = '{"a":12345678901234567890.1,"b":0.1}'
    assert write(read_json(text)) == text
    assert write({"a": Decimal("1.50"), "b": Decimal("2.0")}) == '{"a":1.5,"b":2}'
