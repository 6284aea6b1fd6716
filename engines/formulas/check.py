"""Names resolved, types found, literals read as what they are compared with: the checked tree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from engines.formulas import moments
from engines.formulas.function import Argument, Function
from engines.formulas.functions import FUNCTIONS
from engines.formulas.scope import Scope
from engines.formulas.tree import Call, Literal, Name, Node, Span
from engines.formulas.types import (
    ANY,
    DATE,
    EMPTY,
    MOMENT,
    TEXT,
    Type,
    common,
    fits,
    is_reference,
    labelled,
)
from engines.problems import Problem

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "in"})


class Checker:
    """Turns a parsed tree into a checked one and keeps every problem found on the way."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.problems: list[Problem] = []

    def _wrong(self, code: str, at: Span, **params: object) -> None:
        self.problems.append(
            Problem("", code, {"column": at.column, "length": at.length, **params})
        )

    def _failed(self, code: str, at: Span, **params: object) -> Node:
        # Of type any, so that one mistake is told once.
        self._wrong(code, at, **params)
        return Literal(None, ANY, at)

    def check(self, node: Node) -> Node:
        """The node with its type, literals and conversions settled."""
        if isinstance(node, Literal):
            return node
        if isinstance(node, Name):
            return self._name(node)
        return self._call(node)

    def expect(self, node: Node, wanted: Type) -> Node:
        """The checked node as a value of type ``wanted``; a problem when it cannot be one."""
        found = self._fitted(node, wanted)
        if found is None:
            return self._failed(
                "wrong_result_type", node.at, expected=labelled(wanted), found=labelled(node.type)
            )
        return found

    def _name(self, node: Name) -> Node:
        first = node.path[0]
        if node.old and not self._scope.old:
            return self._failed("old_not_here", node.at)
        type_ = self._scope.names.get(first)
        if type_ is None:
            near = get_close_matches(first, list(self._scope.names), n=3)
            at = Span(node.at.column, len(first) if not node.old else node.at.length)
            return self._failed("unknown_name", at, name=first[:80], near=tuple(near))
        for name in node.path[1:]:
            following = self._scope.follow(type_, name)
            if following is None:
                leads = type_ if type_.name != "list" or type_.of is None else type_.of
                if leads.name == "link" and leads.form in self._scope.forms:
                    near = get_close_matches(name, list(self._scope.forms[leads.form or ""]), n=3)
                    return self._failed("unknown_name", node.at, name=name[:80], near=tuple(near))
                return self._failed("not_a_link", node.at, name=name[:80])
            type_ = following
        return replace(node, type=type_)

    def _call(self, node: Call) -> Node:
        args = tuple(self.check(arg) for arg in node.args)
        function = FUNCTIONS.get(node.key)
        if function is None or function.hidden:
            names = [key for key, each in FUNCTIONS.items() if each.family != "operators"]
            near = get_close_matches(node.key, names, n=3)
            at = Span(node.at.column, min(len(node.key), node.at.length))
            return self._failed("unknown_function", at, name=node.key[:80], near=tuple(near))
        if node.key in _COMPARISONS:
            args = self._same_grain(args)
        types = tuple(arg.type for arg in args)
        literals = tuple(arg.value if isinstance(arg, Literal) else None for arg in args)
        arrangement = function.arrangement(types, literals)
        if arrangement is None:
            return self._failed("wrong_argument_count", node.at, function=node.key, found=len(args))
        fitted = self._fitted_args(function, arrangement, args, node)
        if fitted is None:
            return Literal(None, ANY, node.at)
        types = tuple(arg.type for arg in fitted)
        returns = function.returns
        if isinstance(returns, Type):
            result = self._bound_type(returns, arrangement, types)
        else:
            literals = tuple(arg.value if isinstance(arg, Literal) else None for arg in fitted)
            result = returns(types, literals)
        return Call(node.key, fitted, node.at, result)

    @staticmethod
    def _same_grain(args: tuple[Node, ...]) -> tuple[Node, ...]:
        """A moment compared with a date is read as the date it shows."""
        if len(args) != 2:
            return args
        names = {_grain(arg) for arg in args}
        if names != {"date", "moment"}:
            return args
        return tuple(
            Call("DATE", (arg,), arg.at, DATE) if arg.type == MOMENT else arg for arg in args
        )

    @staticmethod
    def _bound_type(
        returns: Type, arrangement: tuple[Argument, ...], types: tuple[Type, ...]
    ) -> Type:
        variable = returns.of if returns.name == "list" and returns.of is not None else returns
        if variable.name not in ("T", "S"):
            return returns
        bound = _variable(variable, arrangement, types) or EMPTY
        return replace(returns, of=bound) if returns.name == "list" else bound

    def _fitted_args(
        self,
        function: Function,
        arrangement: tuple[Argument, ...],
        args: tuple[Node, ...],
        node: Call,
    ) -> tuple[Node, ...] | None:
        bindings: dict[str, Type] = {}
        for variable in (Type("T"), Type("S")):
            found = self._binding(variable, arrangement, args)
            if found is None:
                kinds = [labelled(arg.type) for arg in args]
                self._wrong("types_differ", node.at, function=node.key, types=kinds)
                return None
            allowed = [each for each in function.among if each != ANY]
            known = found not in (ANY, EMPTY) and _uses(variable, arrangement)
            if allowed and known and not any(fits(found, each) for each in allowed):
                self._wrong(
                    "wrong_type",
                    node.at,
                    function=node.key,
                    argument=1,
                    expected=[labelled(each) for each in allowed],
                    found=labelled(found),
                )
                return None
            bindings[variable.name] = found
        fitted: list[Node] = []
        for place, (argument, arg) in enumerate(zip(arrangement, args, strict=True), start=1):
            chosen = self._chosen(argument, arg, bindings)
            if chosen is None:
                self._wrong(
                    "wrong_type",
                    arg.at,
                    function=node.key,
                    argument=place,
                    expected=[labelled(_filled_in(each, bindings)) for each in argument.types],
                    found=labelled(arg.type),
                )
                return None
            if argument.literal and not isinstance(chosen, Literal):
                self._wrong("not_a_fixed_text", arg.at, function=node.key, argument=place)
                return None
            if argument.values is not None:
                named = self._named(argument, chosen, place, node)
                if named is None:
                    return None
                chosen = named
            fitted.append(chosen)
        return tuple(fitted)

    def _named(self, argument: Argument, arg: Node, place: int, node: Call) -> Node | None:
        values = argument.values or {}
        if isinstance(arg, Literal) and isinstance(arg.value, str):
            value = values.get(arg.value.strip().lower())
            if value is not None:
                return replace(arg, value=value)
        self._wrong(
            "not_one_of_words",
            arg.at,
            function=node.key,
            argument=place,
            values=list(dict.fromkeys(values.values())),
        )
        return None

    def _chosen(self, argument: Argument, arg: Node, bindings: dict[str, Type]) -> Node | None:
        wanted = [_filled_in(each, bindings) for each in argument.types]
        if isinstance(arg, Literal) and isinstance(arg.value, str) and wanted[0] in (DATE, MOMENT):
            # A text in quotes where a date is wanted first: a date, or with a time a moment.
            day = DATE in wanted and moments.read_day(arg.value) is not None
            return self._reread(arg, DATE if day or MOMENT not in wanted else MOMENT)
        for type_ in wanted:
            if arg.type == type_:
                return arg
        for type_ in wanted:
            fitted = self._fitted(arg, type_)
            if fitted is not None:
                return fitted
        return None

    @staticmethod
    def _binding(
        variable: Type, arrangement: tuple[Argument, ...], args: tuple[Node, ...]
    ) -> Type | None:
        firm: list[Type] = []
        soft: list[Type] = []
        for argument, arg in zip(arrangement, args, strict=True):
            for pattern in argument.types:
                if pattern == variable and arg.type.name != "list":
                    (soft if _is_soft(arg) else firm).append(arg.type)
                    break
                if pattern.of == variable and arg.type.name == "list":
                    (soft if _is_soft(arg) else firm).append(arg.type.of or EMPTY)
                    break
                if pattern == variable and len(argument.types) == 1:
                    (soft if _is_soft(arg) else firm).append(arg.type)
                    break
        known = common(tuple(firm))
        if known is None:
            return None
        if known not in (EMPTY, ANY) or not soft:
            return known
        return ANY if known == ANY else common(tuple(soft))

    def _fitted(self, node: Node, wanted: Type) -> Node | None:
        """The node as ``wanted``: itself, a literal read differently, or a conversion around it."""
        if isinstance(node, Literal) and node.value is None:
            return replace(node, type=node.type if wanted == ANY else wanted)
        if node.type == EMPTY and wanted not in (ANY, EMPTY):
            # Whatever is computed of empty values alone is empty.
            return Literal(None, wanted, node.at)
        if node.type.name == "list" and wanted.of not in (None, EMPTY, ANY):
            if _is_unsettled_list(node):
                return self._fitted_list(node, wanted)
            if node.type.of in (None, EMPTY, ANY):
                return Call("TYPED", (node,), node.at, wanted)
        if fits(node.type, wanted):
            return node
        if wanted == DATE and node.type == MOMENT:
            return Call("DATE", (node,), node.at, DATE)
        if wanted == MOMENT and node.type == DATE:
            return Call("MOMENT", (node,), node.at, MOMENT)
        if isinstance(node, Literal):
            return self._reread(node, wanted)
        return self._fitted_list(node, wanted)

    def _fitted_list(self, node: Node, wanted: Type) -> Node | None:
        if not isinstance(node, Call) or node.key != "[]" or wanted.of is None:
            return None
        items = [self._fitted(arg, wanted.of) for arg in node.args]
        args = tuple(item for item in items if item is not None)
        return Call("[]", args, node.at, wanted) if len(args) == len(items) else None

    def _reread(self, node: Literal, wanted: Type) -> Node | None:
        value = node.value
        if isinstance(value, str) and wanted.name in ("person", "department"):
            return replace(node, type=wanted)
        if isinstance(value, str) and wanted == DATE:
            day = moments.read_day(value)
            if day is None:
                return self._failed("not_a_date", node.at, text=value[:40])
            return replace(node, value=day, type=DATE)
        if isinstance(value, str) and wanted == MOMENT:
            if moments.read_moment(value, "UTC") is None:
                return self._failed("not_a_moment", node.at, text=value[:40])
            return Call("MOMENT", (node,), node.at, MOMENT)
        if isinstance(value, Decimal) and is_reference(wanted) and _is_id(value):
            return replace(node, value=int(value), type=wanted)
        return None


def _is_unsettled_list(node: Node) -> bool:
    """True for a list in brackets whose members say nothing of their type."""
    return isinstance(node, Call) and node.key == "[]" and node.type.of in (None, EMPTY, ANY)


def _is_id(value: Decimal) -> bool:
    return value == value.to_integral() and abs(value) < 2**63


def _grain(node: Node) -> str:
    type_ = node.type.of if node.type.name == "list" and node.type.of else node.type
    if type_ == TEXT and isinstance(node, Literal) and isinstance(node.value, str):
        # A text with a time of day is a moment, one without a date.
        return "date" if moments.read_day(node.value) else type_.name
    return type_.name


def _is_soft(node: Node) -> bool:
    """True for literals, which are read as what stands beside them."""
    if isinstance(node, Call):
        return node.key == "[]" and bool(node.args) and all(_is_soft(arg) for arg in node.args)
    return isinstance(node, Literal)


def _uses(variable: Type, arrangement: tuple[Argument, ...]) -> bool:
    return any(
        variable in (pattern, pattern.of) for argument in arrangement for pattern in argument.types
    )


def _filled_in(pattern: Type, bindings: dict[str, Type]) -> Type:
    if pattern.of is not None and pattern.of.name in bindings:
        member = bindings[pattern.of.name]
        return Type("list", of=None if member in (ANY, EMPTY) else member)
    found = bindings.get(pattern.name, pattern)
    return ANY if found == EMPTY else found


def _variable(
    variable: Type, arrangement: tuple[Argument, ...], types: tuple[Type, ...]
) -> Type | None:
    found: list[Type] = []
    for argument, type_ in zip(arrangement, types, strict=True):
        if type_.name == "list" and any(each.of == variable for each in argument.types):
            found.append(type_.of or EMPTY)
        elif variable in argument.types:
            found.append(type_)
    return common(tuple(found))
