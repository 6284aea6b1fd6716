"""Why somebody may or may not do something: every grant with the clause that decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engines.access.permissions import Permissions
from engines.access.role import Grant
from engines.access.row_rule import Clause, RowRule
from engines.formulas.to_python import Env
from engines.texts import Text

Action = Literal["see", "edit", "delete", "create", "export", "import", "print"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One grant's answer.

    ``clause`` is the formula that was asked, "" where the grant says yes or no for all rows;
    ``met`` is None where no record was named. ``code`` is the fact: grant_gives, grant_gives_rows,
    grant_refuses, row_not_met, grant_hides_field, field_masked, field_read_only, no_grant, or
    field_reads_hidden where ``reads`` is the field that a computed one would tell.
    """

    code: str
    role: str
    role_label: Text
    grant: int
    clause: str
    met: bool | None
    reads: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer and the reasons for it, in the order of roles and grants."""

    allowed: bool
    reasons: tuple[Reason, ...]


def explain(
    permissions: Permissions,
    form: str,
    env: Env | None = None,
    *,
    field: str | None = None,
    action: Action = "see",
) -> Explanation:
    """Whether ``action`` on ``form`` is allowed: for the row in ``env``, or for any row at all.

    With ``field`` the field's right is part of the question.
    """
    rights = permissions.rights(form)
    closed = rights.closed.get(field or "", "")
    reasons = [_reason(grant, env, field, action, closed) for grant in rights.grants]
    if not reasons:
        return Explanation(False, (Reason("no_grant", "", "", -1, "", None),))
    allowed = any(
        each.code in ("grant_gives", "grant_gives_rows", "field_masked") for each in reasons
    )
    return Explanation(allowed, tuple(reasons))


def _reason(
    grant: Grant, env: Env | None, field: str | None, action: Action, closed: str
) -> Reason:
    def answer(code: str, clause: str = "", met: bool | None = None, reads: str = "") -> Reason:
        return Reason(code, grant.role, grant.role_label, grant.index, clause, met, reads)

    text, met = "", None
    if action in ("see", "edit", "delete"):
        clause: Clause | None = getattr(grant, action)
        if clause is None:
            return answer("grant_refuses")
        text = _text(clause)
        if clause.conditions and env is not None:
            met = RowRule((clause,)).met(env)
            if not met:
                return answer("row_not_met", text, False)
        elif not clause.conditions and env is not None:
            met = True
    elif not _given(grant, action):
        return answer("grant_refuses")
    if field is not None:
        right = grant.right(field)
        reads = grant.derived.get(field, closed)
        if reads:
            return answer("field_reads_hidden", text, met, reads)
        if right == "hide":
            return answer("grant_hides_field", text, met)
        if action in ("edit", "create") and right != "edit":
            return answer("field_read_only", text, met)
        if action == "see" and field in grant.masks:
            return answer("field_masked", text, met)
    return answer("grant_gives_rows" if text and env is None else "grant_gives", text, met)


def _given(grant: Grant, action: Action) -> bool:
    return {
        "create": grant.create,
        "export": grant.export,
        "import": grant.import_,
        "print": grant.print_,
    }[action]


def _text(clause: Clause) -> str:
    return " and ".join(_texts(clause))


def _texts(clause: Clause) -> Iterable[str]:
    if len(clause.conditions) == 1:
        return (clause.conditions[0].text,)
    return (f"({each.text})" for each in clause.conditions)
