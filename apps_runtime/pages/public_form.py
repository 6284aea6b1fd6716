"""Public forms at /f/{token}: HTML without a framework, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from csp.decorators import csp_update
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps_runtime import idempotency, records, texts
from apps_runtime.address import client_address, network
from apps_runtime.api.problems import problems_json
from apps_runtime.api.render import json_bytes
from apps_runtime.attempts import TooMany, attempt
from apps_runtime.caller import Caller, Through
from apps_runtime.pages import ticket as tickets
from apps_runtime.pages.controls import body_of, controls, shown
from apps_runtime.pages.missing import missing
from apps_runtime.pages.page import page, page_language, page_texts
from apps_runtime.public_links import PublicForm, public_form, take_one
from apps_runtime.refusals import Refused, status_of
from engines.forms.field import FieldPlan
from engines.formulas.to_json import to_json
from engines.problems import Problem, Problems, pointer, problem, warning
from engines.texts import text
from engines.values import JsonValue, read_json

PER_ADDRESS = 30  # submissions a minute
PER_FORM = 300
QUICK_PER_ADDRESS = 5  # of them within two seconds of opening the page, or without its ticket
MAX_BODY = 200_000
STATUS = {"closed": 410, "expired": 410, "full": 410, "early": 403}
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@csrf_exempt  # no cookie is read here, so there is nothing that a foreign page could misuse
# Companies show the form inside their own pages.
@csp_update({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
@xframe_options_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form, or take an answer."""
    as_json = _wants_json(request)
    try:
        form = public_form(token)
        if form.state != "open":
            return _not_open(request, form, as_json)
        if request.method != "POST":
            return _form_json(request, form) if as_json else _form_page(request, form)
        return _answer_json(request, form) if as_json else _answer_page(request, form)
    except Problems as error:
        if status_of(error) == 404 and not as_json:
            return missing(request)
        return _problems_json(request, error)


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted or request.content_type == "application/json"


def _not_open(request: HttpRequest, form: PublicForm, as_json: bool) -> HttpResponse:
    code = f"form_{form.state}"
    at = ""
    if form.moment is not None:
        at = form.moment.astimezone(ZoneInfo(form.plan.zone)).strftime("%Y-%m-%d %H:%M")
    if as_json:
        return _problems_json(request, Refused(STATUS[form.state], (problem("", code, at=at),)))
    wording = page_texts(page_language(request))
    return page(
        request,
        "message",
        {"title": wording[f"{code}_title"], "sentence": wording[code].format(at=at)},
        status=STATUS[form.state],
        keep_language=False,
    )


def _form_page(
    request: HttpRequest,
    form: PublicForm,
    sent: QueryDict | None = None,
    problems: Iterable[Problem] = (),
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    language = page_language(request)
    wording = page_texts(language)
    found = _by_field(problems, form.fields, language)
    count = sum(map(len, found.values()))
    if count:
        notice = notice or wording["some_wrong"].format(count=count)
    return page(
        request,
        "public_form",
        {
            "title": text(form.settings.get("title") or form.plan.label, language),
            "intro": text(form.settings.get("text"), language),
            "submit": text(form.settings.get("button"), language, wording["submit"]),
            "notice": notice,
            "notice_kind": "bad" if count else "warn",
            "action": request.get_full_path(),
            "token": form.token,
            "ticket": tickets.new_ticket(form.token),
            "controls": controls(form.fields, language, sent, found),
            "behaviour": _behaviour(form),
        },
        status=status,
        keep_language=False,
    )


def _by_field(
    problems: Iterable[Problem], fields: tuple[FieldPlan, ...], language: str
) -> dict[str, tuple[str, ...]]:
    keys = {field.key for field in fields}
    found: dict[str, tuple[str, ...]] = {}
    for each in problems:
        key = each.path.strip("/").split("/")[0]
        if key in keys:
            found[key] = (*found.get(key, ()), texts.message(each, language))
    return found


def _behaviour(form: PublicForm) -> SafeString:
    """The rules that touch published fields, for the browser; the server applies them again."""
    keys = {field.key for field in form.fields}
    rules = [
        {
            "when": to_json(rule.when),
            "show": [key for key in rule.show if key in keys],
            "hide": [key for key in rule.hide if key in keys],
            "require": [key for key in rule.require if key in keys],
        }
        for rule in form.plan.behaviour
        # A condition over other fields would tell strangers about them.
        if rule.when.names <= keys and not rule.when.paths
    ]
    return mark_safe(json_bytes(rules).decode().translate(ESCAPES))  # noqa: S308 - escaped


def _answer_page(request: HttpRequest, form: PublicForm) -> HttpResponse:
    language = page_language(request)
    wording = page_texts(language)
    sent = request.POST
    try:
        _count(request, form)
    except TooMany as error:
        response = _form_page(request, form, sent, notice=wording["too_often"], status=429)
        response["Retry-After"] = str(error.seconds)
        return response
    ticket = tickets.ticket_of(form.token, sent.get("_ticket", ""))
    if refused := _refused(request, sent, ticket):
        return _form_page(request, form, sent, notice=wording[refused], status=422)
    body, wrong = body_of(form.fields, sent, form.plan.zone)
    problems = [problem(f"/{key}", each.code, **each.params) for key, each in wrong.items()]
    try:
        if problems:
            raise Problems(problems)
        _store(form, body, ticket.key if ticket is not None else None)
    except Problems as error:
        if any(each.code == "idempotency_key_reused" for each in error.problems):
            return _form_page(request, form, sent, notice=wording["stale"], status=422)
        neutral = _neutral(error)
        notice = ""
        if not _by_field(neutral, form.fields, language):
            notice = texts.message(neutral[0], language)
        return _form_page(request, form, sent, neutral, notice=notice, status=status_of(error))
    return page(
        request,
        "public_receipt",
        {
            "title": wording["received_title"],
            "sentence": text(form.settings.get("thanks"), language, wording["received"]),
            "facts": [
                (text(field.label, language), shown(field, body.get(field.key), language))
                for field in form.fields
                if body.get(field.key) not in (None, "", [])
            ],
            "token": form.token,
            "action": request.get_full_path(),
        },
        keep_language=False,
    )


def _refused(request: HttpRequest, sent: QueryDict, ticket: tickets.Ticket | None) -> str | None:
    """Why this answer looks like a machine's; the person behind it may send it once more.

    A browser that fills forms in, or a page of one's own without our ticket, may be quick now and
    then; a flood is not.
    """
    if ticket is None and sent.get("_ticket"):
        return "stale"
    if sent.get("_website"):
        return "trapped"
    if ticket is None or ticket.age < tickets.QUICKEST:
        try:
            place = network(client_address(request))
            attempt(f"public:quick:{place}", limit=QUICK_PER_ADDRESS, seconds=60)
        except TooMany:
            return "too_quick"
    return None


def _form_json(request: HttpRequest, form: PublicForm) -> HttpResponse:
    language = page_language(request)
    fields = [
        {
            "key": field.key,
            "type": field.type.key,
            "label": text(field.label, language),
            "hint": text(field.hint, language),
            "help": text(field.help, language),
            "required": field.required,
            "options": [
                {"value": each["value"], "label": text(each.get("label"), language, each["value"])}
                for each in field.options.get("options", ())
            ],
        }
        for field in form.fields
    ]
    title = text(form.settings.get("title") or form.plan.label, language)
    return _json(
        {"title": title, "text": text(form.settings.get("text"), language), "fields": fields}
    )


def _answer_json(request: HttpRequest, form: PublicForm) -> HttpResponse:
    if request.content_type != "application/json":
        raise Refused(415, (problem("", "media_type"),))
    try:
        _count(request, form)
    except TooMany as error:
        response = _problems_json(request, Refused(429, (problem("", "too_many_requests"),)))
        response["Retry-After"] = str(error.seconds)
        return response
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        raise Refused(413, (problem("", "too_large", limit=MAX_BODY),))
    sent = read_json(request.body)
    if not isinstance(sent, Mapping):
        raise Refused(400, (problem("", "not_an_object"),))
    keys = {field.key for field in form.fields}
    body = {key: value for key, value in sent.items() if key in keys}
    # Whether the form has such a field is nobody's business out here: all are answered alike.
    left_out = [
        warning(pointer(key), "not_asked_for", field=key[:60]) for key in sent.keys() - keys
    ]
    try:
        _store(form, body, request.headers.get("Idempotency-Key"))
    except Problems as error:
        raise Refused(status_of(error), _neutral(error)) from None
    language = page_language(request)
    sentence = text(form.settings.get("thanks"), language, page_texts(language)["received"])
    answer: dict[str, object] = {"received": True, "message": sentence}
    if left_out:
        left_out.sort(key=lambda each: each.path)
        answer["problems"] = problems_json(left_out, language)
    return _json(answer, status=201)


def _count(request: HttpRequest, form: PublicForm) -> None:
    place = network(client_address(request))
    attempt(f"public:address:{place}", limit=PER_ADDRESS, seconds=60)
    attempt(f"public:form:{form.token}", limit=PER_FORM, seconds=60)


def _store(form: PublicForm, body: Mapping[str, JsonValue], key: str | None) -> None:
    """One record, by the application itself; sent twice with one key it is still one."""
    caller = Caller.application(form.app, Through("public", form.plan.key))

    @transaction.atomic
    def work() -> idempotency.Answer:
        take_one(form)
        records.create(caller, form.plan.key, body)
        return idempotency.Answer(201, b"{}")

    if key is None:
        work()
    else:
        idempotency.once(0, f"POST /f/{form.token}", key, json_bytes(dict(body)), work)


def _neutral(error: Problems) -> list[Problem]:
    """Without what would tell strangers who is known here: that a value exists already."""
    keep = [each for each in error.problems if "unique" not in each.code]
    return keep or [problem("", "cannot_be_accepted")]


def _json(data: Mapping[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(json_bytes(data), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def _problems_json(request: HttpRequest, error: Problems) -> HttpResponse:
    language = page_language(request)
    return _json({"problems": problems_json(error.problems, language)}, status_of(error))
