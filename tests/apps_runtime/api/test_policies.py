"""No address without somebody having decided who may come in."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Pages decide by themselves; none of them shows a record. The name of the view and why it may.
PAGES = {
    "sign_in": "for everybody: this is where people sign in",
    "sign_out": "for everybody: ends a session",
    "password": "asks for the session itself",
    "view": "public forms: the token in the address decides",
    "runtime": "an empty frame; its data come from the API",
    "designer": "an empty frame; its data come from the API",
    "not_found_view": "answers 404 to everybody",
    "healthz": "says only whether the installation works",
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
        and getattr(pattern.callback, "__name__", "") not in PAGES
    ]
    assert undecided == []


def test_everything_below_api_declares_it_on_its_class() -> None:
    assert all(
        _policy(pattern.callback) is not None
        for address, pattern in _patterns(get_resolver())
        if address.startswith("api/")
    )


def test_the_runtime_has_addresses() -> None:
    assert any(address.startswith("api/") for address, _ in _patterns(get_resolver()))
