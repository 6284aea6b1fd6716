"""One assignment on a page of its own at /approve/{id}: opened from a link, decided on a phone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_http_methods

from apps_runtime import assignments, people, records, releases, run_view, runs, texts
from apps_runtime.caller import Caller, Through
from apps_runtime.models import Assignment, Person
from apps_runtime.pages.controls import Control, body_of, controls, sent_of
from apps_runtime.pages.page import page, page_language, page_texts
from apps_runtime.people.sign_in import signed_in
from apps_runtime.refusals import status_of
from engines.application import ApplicationPlan
from engines.flows.event import Decision
from engines.forms.currency import currency_of, with_sign
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.problems import Problem, Problems, problem
from engines.texts import text

# More people than this are searched in the inbox instead of standing in a list.
MOST_LISTED = 300
DECISIONS: Mapping[str, Decision] = {"agree": "agree", "refuse": "refuse"}


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Show what is to be decided, or take the decision and show that it was taken."""
    person = signed_in(request)
    if person is None or person.must_change:
        place = "/login?" if person is None else "/password?"
        return HttpResponseRedirect(place + urlencode({"next": request.get_full_path()}))
    language = person.language or page_language(request)
    found = (
        Assignment.objects.filter(pk=assignment_id, person_id=person.pk)
        .select_related("run")
        .first()
    )
    if found is None:
        return _not_yours(request, language)
    subject = _Subject.of(found, person, language)
    if request.method == "POST" and request.POST.get("decision") in DECISIONS:
        return _decided(request, subject)
    return _shown(request, subject)


def _not_yours(request: HttpRequest, language: str) -> HttpResponse:
    """The same for what is a colleague's and for what does not exist."""
    wording = page_texts(language)
    return page(
        request,
        "message",
        {
            "title": wording["not_yours_title"],
            "sentence": wording["not_yours"],
            "link": "/inbox",
            "link_text": wording["back_to_inbox"],
        },
        status=404,
        language=language,
        keep_language=False,
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    """An assignment with what its reader may know of the record and write into it."""

    row: Assignment
    person: Person
    language: str
    plan: ApplicationPlan | None
    form: FormPlan | None
    record: Mapping[str, Any] | None  # as the application sees it; None: it is gone
    seen: Mapping[str, Any]  # what the reader's roles and the node show of it, masks included
    fields: tuple[FieldPlan, ...]  # the fields that the node opens and this page can draw
    elsewhere: tuple[FieldPlan, ...]  # those it opens and this page cannot draw

    @classmethod
    def of(cls, row: Assignment, person: Person, language: str) -> _Subject:
        """Read all of it."""
        run = row.run
        installed = releases.installed(run.app)
        plan = installed.plan if installed is not None else None
        form = plan.forms.get(run.form) if plan is not None else None
        if form is None:
            return cls(row, person, language, plan, None, None, {}, (), ())
        node = releases.plan_of(run.app, run.release).flows[run.flow].nodes[row.node]
        record = _record(Caller.application(run.app), form, run.record, language)
        own = _record(Caller(person.pk, run.app, Through("ui")), form, run.record, language)
        opened = [
            replace(field, required=field.key in node.required)
            for field in form.fields
            if field.key in node.opened and not field.computed
        ]
        return cls(
            row,
            person,
            language,
            plan,
            form,
            record,
            {key: each for key, each in (own or {}).items() if node.rights.get(key) != "hide"},
            tuple(field for field in opened if _drawn(field)),
            tuple(field for field in opened if not _drawn(field)),
        )

    @property
    def zone(self) -> str:
        return self.plan.timezone if self.plan is not None else "UTC"

    @property
    def open(self) -> bool:
        return self.row.state == "open"

    def stored(self) -> QueryDict:
        """What the fields hold now, as a browser would send it."""
        return sent_of(self.fields, self.record or {}, self.zone)

    def kept(self) -> QueryDict:
        """The same with what was saved for later over it."""
        saved = (self.row.saved or {}).get("values", {})
        return sent_of(self.fields, {**(self.record or {}), **saved}, self.zone)


def _listed(kind: str) -> list[tuple[int, str]]:
    """Who can be chosen in a field of this kind; nobody where it holds something else."""
    known = people.directory()
    if kind == "person":
        found = [(each.pk, each.name) for each in known.people.values() if each.active]
    elif kind == "department":
        found = [(each.pk, each.name) for each in known.departments.values()]
    else:
        return []
    return sorted(found, key=lambda each: (each[1], each[0]))


def _drawn(field: FieldPlan) -> bool:
    """Whether this page can draw it: a long list of people is not for a phone."""
    return field.type.plain or 0 < len(_listed(field.type.key)) <= MOST_LISTED


def _choices(subject: _Subject) -> dict[str, list[tuple[int, str]]]:
    """For each field of a person or department: who can be chosen, and who is in it now."""
    found = {}
    for field in subject.fields:
        if field.type.plain:
            continue
        listed = _listed(field.type.key)
        now = (subject.record or {}).get(field.key)
        if isinstance(now, Mapping) and now["id"] not in {key for key, _ in listed}:
            listed.append((now["id"], str(now.get("name") or now["id"])))
        found[field.key] = listed
    return found


def _record(caller: Caller, form: FormPlan, record: int, language: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(
            records.read_one(caller, form.key, record, language=language)
        )
    except Problems:
        return None
    return found


def _decided(request: HttpRequest, subject: _Subject) -> HttpResponse:
    sent = request.POST
    row, person = subject.row, subject.person
    try:
        opinion = runs.read_opinion(sent.get("opinion", ""))
        body, wrong = body_of(subject.fields, sent, subject.zone)
        if wrong:
            raise Problems(
                problem(f"/values/{key}", each.code, **each.params) for key, each in wrong.items()
            )
        stored = subject.stored()
        values = {
            key: value
            for key, value in body.items()
            if stored.getlist(key) != [each for each in sent.getlist(key) if each]
        }
        version = sent.get("version", "")
        answer = runs.Answer(
            DECISIONS[sent["decision"]],
            opinion,
            values,
            int(version) if version.isascii() and version.isdecimal() else None,
        )
        runs.decide(row.pk, person.pk, answer)
    except Problems as error:
        now = Assignment.objects.select_related("run").get(pk=row.pk)
        again = _Subject.of(now, person, subject.language)
        return _shown(request, again, sent, error.problems, status_of(error))
    return HttpResponseRedirect(request.path)


def _shown(
    request: HttpRequest,
    subject: _Subject,
    sent: QueryDict | None = None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> HttpResponse:
    row, language = subject.row, subject.language
    wording = page_texts(language)
    shown = assignments.as_json([row], row.person_id, language)[0]
    drawn, notice = _controls(subject, sent, problems)
    decidable = subject.open and row.kind == "approve"
    following = None if subject.open else _following(row, language)
    context = {
        "title": shown["record"]["label"] or wording["untitled"],
        "about": shown,
        "from": wording["approval_from"].format(person=shown["starter"]["name"])
        if shown["starter"]
        else "",
        "due": wording["due_at"].format(at=_at(row.due, subject.zone))
        if row.due and subject.open
        else "",
        "facts": _facts(subject, shown),
        "gone": subject.record is None,
        "partly": subject.record is not None and not subject.seen,
        "controls": drawn if decidable else [],
        "elsewhere": wording["fields_in_inbox"].format(
            fields=("、" if language == "zh-Hans" else ", ").join(
                text(field.label, language) for field in subject.elsewhere
            )
        )
        if subject.elsewhere and decidable
        else "",
        "opinion": sent.get("opinion", "") if sent else (row.saved or {}).get("opinion", ""),
        "max_opinion": runs.MAX_OPINION,
        "notice": notice,
        "decidable": decidable,
        "outcome": "" if subject.open and row.kind != "copy" else _outcome(row, wording),
        "outcome_kind": "refused" if row.decision == "refuse" else "",
        "when": _at(row.decided_at, subject.zone) if row.decided_at else "",
        "log": _log(subject),
        "following": following,
        "following_text": wording["next_one"].format(
            name=following["record"]["label"] or wording["untitled"]
        )
        if following
        else "",
    }
    return page(request, "approval", context, status=status, language=language, keep_language=False)


def _controls(
    subject: _Subject, sent: QueryDict | None, problems: tuple[Problem, ...]
) -> tuple[list[Control], str]:
    """The fields to fill in with what is wrong with them, and what is wrong besides."""
    language = subject.language
    at: dict[str, tuple[str, ...]] = {}
    other = []
    drawn = {field.key for field in subject.fields}
    for each in problems:
        key = each.path.removeprefix("/values/").split("/")[0]
        sentence = texts.message(each, language)
        if key in drawn:
            at[key] = (*at.get(key, ()), sentence)
        else:
            other.append(sentence)
    found = controls(subject.fields, language, sent or subject.kept(), at, _choices(subject))
    if at:
        other.insert(0, page_texts(language)["some_wrong"].format(count=len(at)))
    return found, " ".join(dict.fromkeys(other))


def _facts(subject: _Subject, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the record says besides the summary and the fields to fill in; empty ones left out."""
    if subject.form is None or subject.record is None or subject.plan is None:
        return []
    drawn = {field.key for field in subject.fields} if subject.open else set()
    known = {(each["label"], each["value"]) for each in shown["summary"]}
    found = []
    for field in subject.form.fields:
        if field.key not in subject.seen or field.key in drawn:
            continue
        words = field.to_text(subject.seen[field.key], subject.language)
        currency = currency_of(field, subject.plan.currency)
        fact = (text(field.label, subject.language), words)
        if words and currency:
            fact = (fact[0], with_sign(words, currency))
        if words and fact not in known:
            found.append(fact)
    return found


def _outcome(row: Assignment, wording: Mapping[str, str]) -> str:
    """What became of it, in a sentence."""
    if row.kind == "copy":
        return wording["for_your_information"]
    if row.decision and row.decided_by_id == row.person_id:
        return wording.get(f"you_{row.decision}", wording["no_longer_needed"])
    faster = runs.decided_beside(row)
    by = people.person(faster.decided_by_id)
    sentence = wording.get(f"they_{faster.decision}")
    if by is None or sentence is None:
        return wording["no_longer_needed"]
    return sentence.format(person=by.name)


def _log(subject: _Subject) -> list[dict[str, str]]:
    """What people did in the run so far, oldest first."""
    return [
        {
            "at": _at(line["at"], subject.zone),
            "text": line["message"],
            "opinion": line["opinion"] or "",
        }
        for line in run_view.as_json(subject.row.run, subject.person.pk, subject.language)["log"]
        if line["person"] is not None or line["event"] == "asked"
    ]


def _following(row: Assignment, language: str) -> dict[str, Any] | None:
    """The next thing that waits for the same person."""
    waiting = assignments.box(row.person_id, "open", language=language, limit=1).items
    return waiting[0] if waiting else None


def _at(moment: Any, zone: str) -> str:
    return str(moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M"))
