# Makes .venv with a fitting Python and installs the pinned packages; `make setup` calls it.
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
.venv/bin/python -c 'import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
groups = project["dependency-groups"]
print("\n".join(project["project"]["dependencies"] + groups["local"] + groups["dev"]))' \
    > .venv/requirements.txt
wanted=$(cat .venv/requirements.txt constraints.txt | cksum)
if [ "$wanted" != "$(cat .venv/.installed 2>/dev/null)" ]; then
    echo "Installing Python packages …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --constraint constraints.txt --requirement .venv/requirements.txt
fi
echo "$wanted" > .venv/.installed
