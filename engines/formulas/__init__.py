"""One formula language: text → parse → check → Python, SQL or a JSON tree for the browser.

Start at ``compile.compile_formula``. ``function.Function`` is what a function is; one module per
family in ``functions/`` holds them, and ``static/src/formulas/functions/<family>.ts`` the
browser's form under the same key.
"""
