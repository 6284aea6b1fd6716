"""Where a request comes from; a header is believed only from a named proxy."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address: the connection's, or what the nearest trusted proxy saw.

    Behind trusted proxies `X-Forwarded-For` is read from the right, and the first address that is
    no trusted proxy counts: whatever the client wrote himself stands further left.
    """
    address = str(request.META.get("REMOTE_ADDR") or "")
    trusted = set(settings.TRUSTED_PROXIES)
    if address not in trusted:
        return address
    for part in reversed(str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")):
        hop = part.strip()
        if hop and hop not in trusted:
            return hop if _is_address(hop) else address
    return address


def network(address: str) -> str:
    """What is counted as one client: an IPv4 address, or the /64 that one IPv6 client owns."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
