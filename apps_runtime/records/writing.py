"""Creates, changes, deletes and restores records, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg2
from django.db import IntegrityError, transaction

from apps_runtime import releases, wake
from apps_runtime.caller import Caller
from apps_runtime.forms import form_of
from apps_runtime.language import DEFAULT
from apps_runtime.records import submission as submitting
from apps_runtime.records.asking import rights_of
from apps_runtime.records.current import Current, current
from apps_runtime.records.echo import without_echo
from apps_runtime.records.followers import FOLLOWERS
from apps_runtime.records.held import holds
from apps_runtime.records.reading import record_json
from apps_runtime.records.submission import Prepared, Row
from apps_runtime.refusals import Refused, conflict, forbidden, not_found
from apps_runtime.releases import Installed
from apps_runtime.store import write
from apps_runtime.store.write import Told, Written
from engines.forms.plan import FormPlan
from engines.forms.scope import environment
from engines.forms.table import table
from engines.problems import Problems, pointer, problem
from engines.values import JsonValue

Body = Mapping[str, JsonValue]


def create(
    caller: Caller, form: str, body: Body, *, language: str = DEFAULT, run_rules: bool = True
) -> dict[str, Any]:
    """A new record as JSON. Raises Problems as ``add`` does."""
    installed, plan, record = add(caller, form, body, run_rules=run_rules)
    return record_json(caller, installed, plan, record, language=language, must=False)


def add(
    caller: Caller, form: str, body: Body, *, run_rules: bool = True
) -> tuple[Installed, FormPlan, int]:
    """Write a new record, unread: under which release, into which form, its id.

    Raises Problems where the values are not valid, 403 without the right, 404 for a form that the
    caller does not know of.
    """
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        writable = require_create(caller, installed, plan)
        prepared = submitting.submit(
            caller, installed, plan, [Row("", body, writable)], run_rules=run_rules
        )[0]
        written = new_row(caller, installed, plan, prepared)
        try:
            record = write.insert(plan, written, told(caller, plan))
        except IntegrityError as error:
            raise as_problems(error, plan) from error
        follow(caller, installed, plan, record, "created", prepared)
    return installed, plan, record


def update(
    caller: Caller, form: str, record: int, body: Body, *, language: str = DEFAULT
) -> dict[str, Any]:
    """The record with the fields in ``body`` changed.

    ``body`` names the version that the change starts from: 428 where it does not, 409 with both
    values where another change came first, 403 where the record is visible but not to be edited.
    """
    values: Body = {key: each for key, each in body.items() if key != "version"}
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        found = current(caller, installed, plan, record)
        if not found.may_edit:
            raise forbidden("record_not_editable")
        version = version_in(body)
        if version != found.version:
            raise _stale(caller, installed, plan, record, values, language)
        values = without_echo(caller, installed, plan, found, values, language=language)
        if holds(caller, plan, found, values):
            raise conflict("record_locked")
        changed = _change(caller, installed, plan, found, values)
        if changed is None:
            raise _stale(caller, installed, plan, record, values, language)
    return record_json(caller, installed, plan, record, language=language, must=False)


def set_values(
    caller: Caller, form: str, record: int, values: Body, *, run_rules: bool = True
) -> frozenset[str]:
    """Set fields of a record whatever its version: for rules and flows. The fields that changed.

    All checks apply; a record that is gone is left alone.
    """
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        try:
            found = current(caller, installed, plan, record, lock=True)
        except Refused:
            return frozenset()
        changed = _change(caller, installed, plan, found, values, run_rules=run_rules)
        return changed or frozenset()


def delete(caller: Caller, form: str, record: int, *, version: JsonValue = None) -> None:
    """Put the record into the recycle bin; ``version`` is looked at where it is given."""
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        found = current(caller, installed, plan, record, lock=True)
        if not found.may_delete:
            raise forbidden("record_not_deletable")
        if version is not None and version_in({"version": version}) != found.version:
            raise _stale(caller, installed, plan, record, {}, DEFAULT)
        if found.locked and not caller.everything:
            raise conflict("record_locked")
        write.change(
            plan,
            gone_row(caller, found, gone=True),
            told(caller, plan),
            kind="deleted",
            action="deleted",
        )
        wake.after_commit()


def restore(caller: Caller, form: str, record: int, *, language: str = DEFAULT) -> dict[str, Any]:
    """Take the record out of the recycle bin; whoever may delete it may do so."""
    with transaction.atomic():
        installed = releases.enter(caller.app)
        plan = form_of(installed, form)
        found = current(caller, installed, plan, record, lock=True, deleted="only")
        if not found.may_delete:
            raise forbidden("record_not_deletable")
        try:
            write.change(
                plan,
                gone_row(caller, found, gone=False),
                told(caller, plan),
                kind="restored",
                action="restored",
            )
        except IntegrityError as error:
            raise as_problems(error, plan) from error
        wake.after_commit()
    return record_json(caller, installed, plan, record, language=language, must=False)


def require_create(
    caller: Caller, installed: Installed, form: FormPlan
) -> Mapping[str, bool] | None:
    """The fields that the caller may fill in; 403 without the right to create."""
    if caller.everything:
        return None
    rights = rights_of(caller, installed, form.key)
    if not rights.create:
        raise not_found() if rights.see.nothing else forbidden("records_not_creatable")
    return rights.writable(form, None)


def told(caller: Caller, form: FormPlan, *, events: bool = True) -> Told:
    """What history and event say about who writes, and how."""
    return Told(
        caller.app,
        form.key,
        caller.person_id,
        caller.through.as_json(),
        caller.chain,
        caller.depth,
        events,
    )


def new_row(caller: Caller, installed: Installed, form: FormPlan, prepared: Prepared) -> Written:
    """A prepared row as an INSERT."""
    columns = submitting.columns(form, prepared.submission, only_changed=False)
    return Written(
        {
            **columns,
            "release": installed.release,
            "created_by": caller.person_id,
            "updated_by": caller.person_id,
        },
        submitting.changes(form, prepared.submission, None),
        {
            key: each
            for key, each in submitting.stays(form, prepared.submission).items()
            if each is not None
        },
    )


def changed_row(
    caller: Caller, installed: Installed, form: FormPlan, found: Current, prepared: Prepared
) -> Written:
    """A prepared row as an UPDATE of the record that was read."""
    columns = submitting.columns(form, prepared.submission, only_changed=True)
    return Written(
        {**columns, "release": installed.release, "updated_by": caller.person_id},
        submitting.changes(form, prepared.submission, found.values),
        submitting.stays(form, prepared.submission),
        found.id,
        found.version,
    )


def gone_row(caller: Caller, found: Current, *, gone: bool) -> Written:
    """Deletes the record, or restores it."""
    return Written(
        {"deleted_at": write.NOW if gone else None, "updated_by": caller.person_id},
        {},
        {},
        found.id,
        found.version,
    )


def _change(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    found: Current,
    values: Body,
    *,
    run_rules: bool = True,
) -> frozenset[str] | None:
    """The fields that changed; None where the version has gone up meanwhile."""
    row = Row("", values, found.writable, found.values, found.system)
    prepared = submitting.submit(caller, installed, form, [row], run_rules=run_rules)[0]
    if not prepared.submission.changed:
        return frozenset()
    try:
        done = write.change(
            form,
            changed_row(caller, installed, form, found, prepared),
            told(caller, form),
            kind="updated",
            action="changed",
        )
    except IntegrityError as error:
        raise as_problems(error, form) from error
    if not done:
        return None
    follow(caller, installed, form, found.id, "updated", prepared)
    return prepared.submission.changed


def version_in(body: Body) -> int:
    """The version that a change starts from; 428 where none is named."""
    version = body.get("version")
    if version is None:
        raise Refused(428, (problem("/version", "version_missing"),))
    if isinstance(version, bool) or not isinstance(version, int):
        raise Refused(422, (problem("/version", "not_a_version"),))
    return version


def _stale(
    caller: Caller, installed: Installed, form: FormPlan, record: int, yours: Body, language: str
) -> Problems:
    return conflict(
        "record_changed",
        extra={
            "yours": dict(yours),
            "current": record_json(caller, installed, form, record, language=language, must=False),
        },
    )


def follow(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    record: int,
    kind: str,
    prepared: Prepared,
    *,
    later: bool = False,
) -> None:
    """Start the flows that this begins, and wake a worker for the rules after commit."""
    starts = any(
        flow.form == form.key and flow.start.event == kind for flow in installed.plan.flows.values()
    )
    if starts:
        known = environment(form, prepared.submission.values, prepared.env, prepared.facts)
        for follower in FOLLOWERS:
            follower(
                installed,
                form.key,
                record,
                kind,
                env=known,
                changed=prepared.submission.changed,
                starter=caller.person_id,
                chain=caller.chain,
                depth=caller.depth,
                later=later or caller.everything,
            )
    wake.after_commit()


def as_problems(error: IntegrityError, form: FormPlan, given: Iterable[str] = ()) -> Problems:
    """A broken constraint as a problem at the field it is about."""
    cause = error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg2.Error) else None
    shape = table(form)
    for unique in shape.uniques:
        if unique.name == name:
            field = next((key for key in unique.columns if key in given), unique.columns[-1])
            labels = [form.by_key[key].label for key in unique.columns]
            return Problems((problem(pointer(field), "not_unique", fields=labels, field=field),))
    for key in shape.foreign_keys:
        if key.name == name:
            found = problem(pointer(key.column), "linked_record_missing", form=key.target[1])
            return Problems((found,))
    return conflict("conflict")
