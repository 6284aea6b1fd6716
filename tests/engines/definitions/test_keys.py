"""Keys proposed from labels are keys, and new."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engines.definitions import is_key, key_problems, proposed_key


def test_pinyin() -> None:
    assert proposed_key("商机") == "shang_ji"
    assert proposed_key("客户名称") == "ke_hu_ming_cheng"
    assert proposed_key("Deal Value (CNY)") == "deal_value_cny"
    assert proposed_key("商机", {"shang_ji", "shang_ji_2"}) == "shang_ji_3"
    assert proposed_key("2026年") == "x2026_nian"
    assert proposed_key("ID") != "id"


@settings(deadline=None)  # the first call loads the dictionaries of pinyin
@given(st.text(max_size=80), st.sets(st.sampled_from(["x", "x_2", "a"])))
def test_always_a_key(label: str, taken: set[str]) -> None:
    key = proposed_key(label, taken)
    assert is_key(key)
    assert key not in taken
    assert key_problems(key, field=True) == ()
