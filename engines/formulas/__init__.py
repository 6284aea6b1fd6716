"""One formula language: text → parse → check → Python, SQL or a JSON tree for the browser.

Start at ``compile.compile_formula``. ``function.Function`` is what a function is; ``functions/``
holds a module or a package per family, and ``static/src/formulas/functions/<family>.ts`` the
browser's form under the same key.
"""
