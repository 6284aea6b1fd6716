"""Sign-in, sign-out, and the change of a temporary password."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from apps_runtime import texts
from apps_runtime.attempts import TooMany
from apps_runtime.models import Person
from apps_runtime.pages.page import local_path, page, page_language, page_texts
from apps_runtime.people import sign_in as access
from apps_runtime.people.changes import change_own
from engines.problems import Problems

FIRST = "admin"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a signed-in person goes straight on."""
    target = local_path(request.POST.get("next") or request.GET.get("next"))
    if request.method == "POST":
        return _signed_in(request, target)
    person = access.signed_in(request)
    if person is not None:
        return HttpResponseRedirect(_after(person, target))
    return _sign_in_page(request, target)


def _signed_in(request: HttpRequest, target: str) -> HttpResponse:
    language = page_language(request)
    username = request.POST.get("username", "")
    try:
        person = access.sign_in(request, username, request.POST.get("password", ""))
    except TooMany as error:
        minutes = -(-error.seconds // 60)
        sentence = page_texts(language)["too_many"].format(minutes=minutes)
        response = _sign_in_page(request, target, username, sentence, status=429)
        response["Retry-After"] = str(error.seconds)
        return response
    except Problems as error:
        sentence = texts.message(error.problems[0], language)
        return _sign_in_page(request, target, username, sentence, status=401)
    return HttpResponseRedirect(_after(person, target))


def _sign_in_page(
    request: HttpRequest, target: str, username: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    first = not error and _is_first_start()
    return page(
        request,
        "login",
        {
            "title": page_texts(page_language(request))["sign_in"],
            "action": request.path,
            "next": target,
            "username": username or (FIRST if first else ""),
            "first_start": first,
            "ended": not error and "ended" in request.GET,
            "error": error,
        },
        status=status,
    )


def _is_first_start() -> bool:
    """Whether the first administrator exists and nobody has ever signed in."""
    signed_in_before = Person.objects.filter(last_login__isnull=False).exists()
    return not signed_in_before and Person.objects.filter(username=FIRST, active=True).exists()


def _after(person: Person, target: str) -> str:
    if person.must_change:
        return "/password?" + urlencode({"next": target})
    return target


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and show the sign-in page."""
    access.sign_out(request)
    return HttpResponseRedirect("/login")


@sensitive_post_parameters("password", "old_password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Where somebody with a temporary password sets his own."""
    target = local_path(request.POST.get("next") or request.GET.get("next"))
    person = access.signed_in(request)
    if person is None:
        return HttpResponseRedirect("/login?" + urlencode({"next": target}))
    language = page_language(request)
    errors: list[str] = []
    if request.method == "POST":
        body = {key: request.POST.get(key, "") for key in ("old_password", "password")}
        try:
            changed = change_own(person.id, body)
        except Problems as error:
            errors = [texts.message(each, language) for each in error.problems]
        else:
            access.keep_signed_in(request, changed)
            return HttpResponseRedirect(target)
    return page(
        request,
        "password",
        {
            "title": page_texts(language)["new_password_title"],
            "action": request.path,
            "next": target,
            "username": person.username,
            "errors": errors,
        },
        status=422 if errors else 200,
    )
