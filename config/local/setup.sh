# Makes .venv with a fitting Python and installs the pinned packages; the Makefile calls it.
set -eu

fits() {
    "$1" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' \
        >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    candidates=$PYTHON
else
    candidates="python3.12 python3.11 python3 python"
fi
python=
for candidate in $candidates; do
    if fits "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Mortise needs Python 3.11 or 3.12 with its venv module, and found none as: $candidates" \
        "(PYTHON=/path/to/python3.12 make … names one)." >&2
    exit 1
fi

if ! fits .venv/bin/python; then
    rm -rf .venv
    "$python" -m venv .venv
fi
# `run` needs less than `check` and `test`: $1 is "run" or "all", and names the stamp.
requirements() {
    .venv/bin/python -c 'import sys, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
groups = project["dependency-groups"]
wanted = project["project"]["dependencies"] + groups["local"]
print("\n".join(wanted + (groups["dev"] if sys.argv[1] == "all" else [])))' "$1"
}
fingerprint() {
    requirements "$1" | cat - constraints.txt | cksum
}
if [ "$(fingerprint "$1")" != "$(cat ".venv/.installed-$1" 2>/dev/null)" ]; then
    echo "Installing Python packages …"
    requirements "$1" > .venv/requirements.txt
    # Quiet twice: pip's warnings are about the machine's own settings, such as a mirror that lacks
    # a package, one line for each package. Errors are still shown.
    # Without --no-compile, pip spends as long again on compiling modules that nobody imports.
    try=1
    until .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input \
        --no-compile --retries 5 --timeout 60 \
        --constraint constraints.txt --requirement .venv/requirements.txt; do
        if [ "$try" -ge 3 ]; then
            echo "The Python packages could not be installed: see the errors above." >&2
            exit 1
        fi
        echo "Trying again: what has been downloaded is kept." >&2
        sleep $((try * 5))
        try=$((try + 1))
    done
fi
fingerprint "$1" > ".venv/.installed-$1"
if [ "$1" = all ]; then
    fingerprint run > .venv/.installed-run
fi
