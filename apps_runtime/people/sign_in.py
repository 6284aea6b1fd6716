"""Signs people in and out, and locks out whoever guesses."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, authenticate, login, logout
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from apps_runtime.address import client_address, network
from apps_runtime.attempts import TooMany, attempt, forget, forgive
from apps_runtime.models import AccessEntry, Person
from apps_runtime.people.facts import person as known_person
from apps_runtime.people.stamp import bump_stamp
from apps_runtime.refusals import Refused
from engines.problems import problem
from engines.values import storable

LIMIT = 10  # wrong passwords per account, and accounts got wrong per address
WINDOW = 15 * 60  # seconds
MAX_USERNAME = 150
NO_LIMIT = 1_000_000


def sign_in(request: HttpRequest, username: str, password: str) -> Person:
    """The person, signed in with a new session.

    Raises Problems ``wrong_sign_in`` (the same for an unknown name, a wrong password and a person
    who has left), or TooMany after ten wrong ones for the account, or when ten accounts have been
    got wrong from the address: whoever tries one password on many people is stopped, while a whole
    office behind one address is not locked out by somebody who has forgotten his.
    """
    username = username.strip()
    if len(username) > MAX_USERNAME or len(password) > 256 or not storable(username + password):
        raise Refused(401, (problem("", "wrong_sign_in"),))
    address = client_address(request)
    name = username.casefold()
    account = f"password:account:{name}"
    place = f"password:address:{network(address)}"
    here = f"{place}:{name}"
    # Counted before the password is looked at: a thousand guesses at once are counted too.
    if attempt(here, limit=NO_LIMIT, seconds=WINDOW) == 1:
        try:
            attempt(place, limit=LIMIT, seconds=WINDOW)
        except TooMany:
            forget(here)
            raise
    attempt(account, limit=LIMIT, seconds=WINDOW)
    person = authenticate(request, username=username, password=password)
    if not isinstance(person, Person):
        AccessEntry.objects.create(
            action="person.sign_in_failed", params={"username": username}, address=address
        )
        raise Refused(401, (problem("", "wrong_sign_in"),))
    known = known_person(person.id)
    if known is None or known.password != person.password:
        # A stronger hash has just been stored: without news of it the new session would not count.
        bump_stamp()
    forget(account)
    forget(here)
    forgive(place)
    # Django keeps the session of somebody who signs in again; an id that leaked would live on.
    request.session.flush()
    login(request, person)
    request.session["address"] = address
    AccessEntry.objects.create(
        person=person.id,
        action="person.signed_in",
        params={"device": str(request.META.get("HTTP_USER_AGENT", ""))[:200]},
        address=address,
    )
    return person


def keep_signed_in(request: HttpRequest, person: Person) -> None:
    """Carry this session over a change of the person's own password; his other sessions end.

    Not by Django's function for it: that one asks who is signed in, and the session, read after the
    change, no longer fits anybody.
    """
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()


def sign_out(request: HttpRequest) -> None:
    """End the session here and on the server: its cookie is worth nothing afterwards."""
    person = signed_in(request)
    if person is not None:
        AccessEntry.objects.create(
            person=person.id, action="person.signed_out", address=client_address(request)
        )
    logout(request)


def signed_in(request: HttpRequest) -> Person | None:
    """The active person of the request's session, or None.

    The person comes from the directory, whose stamp every change of a person bumps: a person made
    inactive or given a new password is out with the next request.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    stored = request.session.get(SESSION_KEY)
    if stored is None:
        return None
    try:
        person = known_person(int(stored))
    except ValueError:
        return None
    if person is None or not person.active:
        return None
    # A session made before the password changed carries the old password's hash.
    expected = person.get_session_auth_hash()
    if not constant_time_compare(str(request.session.get(HASH_SESSION_KEY, "")), expected):
        return None
    return person
