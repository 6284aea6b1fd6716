"""A role definition compiled: its grants with row rules as checked formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engines.access.derived import hidden_within
from engines.access.masks import MASKS
from engines.access.row_rule import Clause
from engines.forms.plan import FormPlan
from engines.forms.system_fields import SYSTEM_TYPES
from engines.formulas.compile import Formula, compile_formula
from engines.formulas.scope import Scope
from engines.formulas.types import BOOLEAN
from engines.problems import Problem, Problems, pointer, problem
from engines.texts import Text

Right = Literal["hide", "see", "edit"]
RIGHTS: tuple[Right, ...] = ("hide", "see", "edit")


@dataclass(frozen=True, slots=True)
class Grant:
    """What one grant of a role says about one form.

    ``see``, ``edit`` and ``delete`` are clauses, None where the grant does not give it at all.
    ``edit`` and ``delete`` reach only rows that the same grant lets see. ``derived`` are formulas
    that the grant hides because of a field that they read.
    """

    role: str
    role_label: Text
    index: int
    form: str
    see: Clause | None
    edit: Clause | None
    delete: Clause | None
    create: bool
    export: bool
    import_: bool
    print_: bool
    otherwise: Right
    fields: Mapping[str, Right]
    masks: Mapping[str, str]
    derived: Mapping[str, str] = field(default_factory=dict)

    def right(self, field: str) -> Right:
        """The right to a field of the rows that this grant reaches."""
        if field in SYSTEM_TYPES:
            return "see"
        if field in self.derived:
            return "hide"
        return self.fields.get(field, self.otherwise)


@dataclass(frozen=True, slots=True)
class RolePlan:
    """A compiled role: grants by form."""

    key: str
    label: Text
    grants: Mapping[str, tuple[Grant, ...]]


def compile_role(body: Mapping[str, Any], forms: Mapping[str, FormPlan]) -> RolePlan:
    """The plan of a role; raises Problems with pointers into the role's definition.

    A grant for the form ``*`` stands for every form that the role names nowhere else.
    """
    plan, problems = compile_role_draft(body, forms)
    if problems:
        raise Problems(problems)
    return plan


def compile_role_draft(
    body: Mapping[str, Any], forms: Mapping[str, FormPlan]
) -> tuple[RolePlan, tuple[Problem, ...]]:
    """The plan as far as it goes, with every problem; what has a problem grants nothing."""
    compiler = _Compiler(body, forms)
    return compiler.run(), tuple(compiler.problems)


class _Compiler:
    def __init__(self, body: Mapping[str, Any], forms: Mapping[str, FormPlan]) -> None:
        self.body = body
        self.forms = forms
        self.problems: list[Problem] = []
        self.types = {
            key: {
                **SYSTEM_TYPES,
                **{field.key: field.value_type for field in plan.fields},
            }
            for key, plan in forms.items()
        }

    def run(self) -> RolePlan:
        grants: dict[str, list[Grant]] = {}
        written = self.body.get("grants") or ()
        named = {grant.get("form") for grant in written}
        for index, grant in enumerate(written):
            path = f"/grants/{index}"
            form = grant.get("form")
            if form == "*":
                for key in self.forms:
                    if key not in named:
                        grants.setdefault(key, []).append(self._grant(grant, index, key, path))
            elif form in self.forms:
                grants.setdefault(form, []).append(self._grant(grant, index, form, path))
            else:
                self.problems.append(problem(f"{path}/form", "unknown_form", form=form))
        key = str(self.body.get("key", ""))
        return RolePlan(
            key,
            self.body.get("label") or key,
            {form: tuple(found) for form, found in grants.items()},
        )

    def _grant(self, grant: Mapping[str, Any], index: int, form: str, path: str) -> Grant:
        see = self._clause(grant, "see", form, path)
        edit = self._clause(grant, "edit", form, path)
        delete = self._clause(grant, "delete", form, path)
        if see is None:
            edit = delete = None
        fields = dict(self._fields(grant, form, path))
        masks = dict(self._masks(grant, form, path))
        otherwise = fields.pop("*", "edit")
        derived = hidden_within(
            self.forms[form],
            lambda name: name in masks or fields.get(name, otherwise) == "hide",
            named=set(fields),
        )
        key = str(self.body.get("key", ""))
        return Grant(
            role=key,
            role_label=self.body.get("label") or key,
            index=index,
            form=form,
            see=see,
            edit=see.also(edit) if see is not None and edit is not None else None,
            delete=see.also(delete) if see is not None and delete is not None else None,
            create=self._given(grant, "create", path),
            export=self._given(grant, "export", path),
            import_=self._given(grant, "import", path),
            print_=self._given(grant, "print", path),
            otherwise=otherwise,
            fields=fields,
            masks=masks,
            derived=derived,
        )

    def _given(self, grant: Mapping[str, Any], name: str, path: str) -> bool:
        written = grant.get(name)
        if written not in (True, False, "true", "false", None):
            self.problems.append(problem(f"{path}/{name}", "yes_or_no_only", right=name))
        return written is True or written == "true"

    def _clause(self, grant: Mapping[str, Any], name: str, form: str, path: str) -> Clause | None:
        written = grant.get(name)
        if written is True or written == "true":
            return Clause()
        if written is None or written is False or written == "false":
            return None
        formula = self._formula(written, form, f"{path}/{name}")
        return Clause((formula,)) if formula is not None else None

    def _formula(self, text: Any, form: str, path: str) -> Formula | None:
        if not isinstance(text, str):
            self.problems.append(problem(path, "not_a_formula"))
            return None
        scope = Scope(names=self.types[form], forms=self.types)
        try:
            return compile_formula(text, scope, expect=BOOLEAN)
        except Problems as found:
            self.problems.extend(each.under(path) for each in found.problems)
            return None

    def _fields(
        self, grant: Mapping[str, Any], form: str, path: str
    ) -> Iterator[tuple[str, Right]]:
        for key, right in (grant.get("fields") or {}).items():
            if key != "*" and key not in self.forms[form].by_key:
                if grant.get("form") != "*":
                    where = f"{path}{pointer('fields', key)}"
                    self.problems.append(problem(where, "unknown_field", field=key, form=form))
            elif right in RIGHTS:
                yield key, right
            else:
                where = f"{path}{pointer('fields', key)}"
                self.problems.append(problem(where, "unknown_right", right=right))

    def _masks(self, grant: Mapping[str, Any], form: str, path: str) -> Iterator[tuple[str, str]]:
        for key, mask in (grant.get("mask") or {}).items():
            where = f"{path}{pointer('mask', key)}"
            field = self.forms[form].by_key.get(key)
            if field is None:
                self.problems.append(problem(where, "unknown_field", field=key, form=form))
            elif not field.type.maskable:
                self.problems.append(problem(where, "not_maskable", field=key))
            elif mask not in MASKS:
                self.problems.append(problem(where, "unknown_mask", mask=mask))
            else:
                yield key, mask
