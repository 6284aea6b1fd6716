"""All functions and operators by key, gathered from one module per family."""

from __future__ import annotations

import importlib
import pkgutil

from engines.formulas.function import Function


def _gathered() -> dict[str, Function]:
    found: dict[str, Function] = {}
    for module in pkgutil.iter_modules(__path__):
        family = importlib.import_module(f"{__name__}.{module.name}")
        for function in family.FUNCTIONS:
            if function.family != module.name:
                raise ValueError(f"{function.key}: family {function.family} in {module.name}.py")
            if function.key in found:
                raise ValueError(f"the function {function.key!r} is registered twice")
            found[function.key] = function
    return found


FUNCTIONS: dict[str, Function] = _gathered()
