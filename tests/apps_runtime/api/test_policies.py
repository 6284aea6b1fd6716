"""No address without somebody having decided who may come in."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Plain Django views that decide by themselves or that everybody may see.
DECIDED_ELSEWHERE = {
    "not_found_view": "answers 404 to everybody",
}


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


def _policy(callback: Any) -> Any:
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None) or callback
    return getattr(view, "policy", None)


def test_every_address_declares_its_policy() -> None:
    undecided = [
        address
        for address, pattern in _patterns(get_resolver())
        if _policy(pattern.callback) is None
        and getattr(pattern.callback, "__name__", "") not in DECIDED_ELSEWHERE
    ]
    assert undecided == []


def test_the_runtime_has_addresses() -> None:
    assert any(address.startswith("api/") for address, _ in _patterns(get_resolver()))
