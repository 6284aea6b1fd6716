"""All functions and operators by key, gathered from one module or package per family."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace

from engines.formulas.function import Function


def _gathered() -> dict[str, Function]:
    found: dict[str, Function] = {}
    for module in pkgutil.iter_modules(__path__):
        for function in importlib.import_module(f"{__name__}.{module.name}").FUNCTIONS:
            if function.key in found:
                raise ValueError(f"the function {function.key!r} is registered twice")
            found[function.key] = replace(function, family=module.name)
    return found


FUNCTIONS: dict[str, Function] = _gathered()
