"""The union of a person's roles: rights to forms, to their rows and to the fields of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as member
from functools import cached_property

from engines.access.derived import Closed
from engines.access.role import Grant, Right, RolePlan
from engines.access.row_rule import NOTHING, Clause, RowRule, same, union
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.to_python import Actor, Env

_RANK: Mapping[Right, int] = {"hide": 0, "see": 1, "edit": 2}


@dataclass(frozen=True, slots=True)
class RowRights:
    """What a person may do with one row; fields that are not named are hidden."""

    see: bool
    edit: bool
    delete: bool
    fields: Mapping[str, Right]
    masks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldAccess:
    """How one field is shown: in the rows of ``shown``, plainly in those of ``plain``, elsewhere
    with ``mask``. None stands for all rows that are seen."""

    shown: RowRule | None = None
    plain: RowRule | None = None
    mask: str | None = None


PLAIN = FieldAccess()


@dataclass(frozen=True)
class Rights:
    """What a person may do with a form: the union of the grants of all his roles.

    ``closed`` are live fields that nobody with these roles may see in any row, each with the path
    that it would tell. Computed once per snapshot, so the rules are kept after they were first
    asked for.
    """

    form: str
    grants: tuple[Grant, ...]
    closed: Mapping[str, str] = member(default_factory=dict)

    @cached_property
    def see(self) -> RowRule:
        """The rows he may read."""
        return union(each.see for each in self.grants if each.see is not None)

    @cached_property
    def edit(self) -> RowRule:
        """The rows he may change."""
        return union(each.edit for each in self.grants if each.edit is not None)

    @cached_property
    def delete(self) -> RowRule:
        """The rows he may delete."""
        return union(each.delete for each in self.grants if each.delete is not None)

    @property
    def create(self) -> bool:
        """Whether he may add records."""
        return any(each.create for each in self.grants)

    @property
    def export(self) -> bool:
        """Whether he may take records out as a file."""
        return any(each.export for each in self.grants)

    @property
    def import_(self) -> bool:
        """Whether he may bring records in from a file."""
        return any(each.import_ for each in self.grants)

    @property
    def print_(self) -> bool:
        """Whether he may print records."""
        return any(each.print_ for each in self.grants)

    def right(self, field: str) -> Right:
        """The best right that any row gives to ``field``."""
        if field in self.closed:
            return "hide"
        return max(
            (each.right(field) for each in self.grants if each.see is not None or each.create),
            key=lambda right: _RANK[right],
            default="hide",
        )

    def names(self, field: str) -> bool:
        """Whether a grant decides by name that ``field`` is shown, whatever it is computed from."""
        return any(each.fields.get(field, "hide") != "hide" for each in self.grants)

    def fields(self, plan: FormPlan) -> Mapping[str, Right]:
        """The best right to every field of the form."""
        return {field.key: self.right(field.key) for field in plan.fields}

    def field_rule(self, field: str) -> RowRule:
        """The rows in which ``field`` is shown: those of the grants that do not hide it."""
        if field in self.closed:
            return NOTHING
        return union(
            each.see for each in self.grants if each.see is not None and each.right(field) != "hide"
        )

    def plain_rule(self, field: str) -> RowRule:
        """The rows in which ``field`` is shown without a mask."""
        return union(
            each.see
            for each in self.grants
            if each.see is not None and each.right(field) != "hide" and field not in each.masks
        )

    def mask(self, field: str) -> str | None:
        """The mask of ``field`` where no grant shows it plainly; the first one that is written."""
        return next((each.masks[field] for each in self.grants if field in each.masks), None)

    def differs(self, field: str) -> bool:
        """True when ``field`` is not shown, or not plainly, in every row he may read."""
        return not same(self.plain_rule(field), self.see)

    @cached_property
    def _accesses(self) -> dict[str, FieldAccess | None]:
        return {}

    def access(self, field: str) -> FieldAccess | None:
        """How ``field`` is shown; None where every row hides it. Remembered: lists ask all day."""
        if field not in self._accesses:
            self._accesses[field] = self._access(field)
        return self._accesses[field]

    def _access(self, field: str) -> FieldAccess | None:
        shown = self.field_rule(field)
        if shown.nothing:
            return None
        if not self.differs(field):
            return PLAIN
        return FieldAccess(shown, self.plain_rule(field), self.mask(field))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """All conditions of the grants, for loading what they read."""
        rules = (self.see, self.edit, self.delete)
        mine = [each for rule in rules for each in rule.formulas]
        for grant in self.grants:
            for clause in (grant.see, grant.edit, grant.delete):
                mine.extend(clause.conditions if clause is not None else ())
        return tuple(dict.fromkeys(mine))

    def of_row(self, plan: FormPlan, env: Env) -> RowRights:
        """The rights to the row in ``env``: per field the best over the grants that let it be seen,
        edited only where the same grant lets the row be edited."""
        fields: dict[str, Right] = {}
        plain: set[str] = set()
        masks: dict[str, str] = {}
        see = edit = delete = False
        for grant in self.grants:
            if not _met(grant.see, env):
                continue
            see = True
            editable = _met(grant.edit, env)
            edit = edit or editable
            delete = delete or _met(grant.delete, env)
            for field in plan.fields:
                right = "hide" if field.key in self.closed else grant.right(field.key)
                if right == "edit" and not editable:
                    right = "see"
                if _RANK[right] > _RANK[fields.get(field.key, "hide")]:
                    fields[field.key] = right
                if right != "hide" and field.key in grant.masks:
                    masks.setdefault(field.key, grant.masks[field.key])
                elif right != "hide":
                    plain.add(field.key)
        kept = {key: mask for key, mask in masks.items() if key not in plain}
        return RowRights(see, edit, delete, fields, kept)

    def writable(self, plan: FormPlan, env: Env | None) -> Mapping[str, bool]:
        """Fields that `forms.submit.read_body` may accept: of the row in ``env``, or of a new one.

        Fields that are hidden are missing; a masked field cannot be written, or its stars would be
        saved over the value.
        """
        if env is not None:
            row = self.of_row(plan, env)
            return {
                key: right == "edit" and key not in row.masks
                for key, right in row.fields.items()
                if right != "hide"
            }
        best: dict[str, bool] = {}
        for grant in self.grants:
            if not grant.create:
                continue
            for field in plan.fields:
                right = grant.right(field.key)
                if right != "hide":
                    best[field.key] = best.get(field.key, False) or right == "edit"
        return best


@dataclass(frozen=True)
class Permissions:
    """A person's rights in one application. What no grant names is denied."""

    actor: Actor
    by_form: Mapping[str, Rights]
    roles: tuple[str, ...] = ()

    def rights(self, form: str) -> Rights:
        """The rights to a form; none at all where no role mentions it."""
        return self.by_form.get(form) or Rights(form, ())

    @cached_property
    def of_any_row(self) -> Mapping[str, Rights]:
        """The rights to fields as if every row were seen: for what somebody is asked about, though
        his row rules do not reach it. Forms that no role mentions are missing."""
        every = Clause()
        return {
            form: replace(
                rights, grants=tuple(replace(each, see=every, edit=None) for each in rights.grants)
            )
            for form, rights in self.by_form.items()
        }


def permissions(
    roles: Iterable[RolePlan], actor: Actor, forms: Mapping[str, FormPlan]
) -> Permissions:
    """The union of ``roles`` of an application with ``forms`` for ``actor``."""
    grants: dict[str, list[Grant]] = {}
    keys = []
    for role in roles:
        keys.append(role.key)
        for form, found in role.grants.items():
            grants.setdefault(form, []).extend(found)
    rights = {form: Rights(form, tuple(found)) for form, found in grants.items()}
    closed = Closed(
        forms,
        hidden=lambda form, key: form not in rights or rights[form].right(key) == "hide",
        unseen=lambda form: form not in rights or rights[form].see.nothing,
        named=lambda form, key: form in rights and rights[form].names(key),
    )
    for key, mine in tuple(rights.items()):
        if reasons := closed.of(forms[key]) if key in forms else {}:
            rights[key] = replace(mine, closed=reasons)
    return Permissions(actor, rights, tuple(keys))


def _met(clause: Clause | None, env: Env) -> bool:
    return clause is not None and RowRule((clause,)).met(env)
