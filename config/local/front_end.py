"""Installs the front end's packages and builds static/dist, each only if its sources changed."""

import fcntl
import gzip
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from config.local.home import BASE
from config.local.npm import STATIC, npm

MODULES = STATIC / "node_modules"
DIST = STATIC / "dist"
ATTEMPTS = 3
COMPRESSED = {".js", ".css", ".svg", ".json"}


def main() -> int:
    with (BASE / ".venv" / "front-end.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds at once would mix their files
        return install() or build()


def install() -> int:
    """`npm ci`, unless what is installed came from this very lock file."""
    wanted = digest([STATIC / "package.json", STATIC / "package-lock.json"])
    stamp = MODULES / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Installing the front end's packages …", flush=True)
    for attempt in range(1, ATTEMPTS + 1):
        # npm tries each download again by itself; this is for a registry that is away for longer.
        code = npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        if code == 0:
            stamp.write_text(wanted)
            return 0
        if attempt < ATTEMPTS:
            print("Trying again: what has been downloaded is kept.", file=sys.stderr, flush=True)
            time.sleep(5 * attempt)
    print("The front end's packages could not be installed: see above.", file=sys.stderr)
    return code


def build() -> int:
    """`npm run build`, unless dist was built from these very sources."""
    wanted = digest(sources())
    stamp = DIST / ".built"
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Building the front end …", flush=True)
    with tempfile.TemporaryFile() as said:  # two hundred lines that only matter when it fails
        code = npm("run", "--silent", "build", output=said)
        if code:
            said.seek(0)
            print(said.read().decode(errors="replace"), file=sys.stderr)
            print("The front end could not be built: see above.", file=sys.stderr)
            return code
    compress()
    stamp.write_text(wanted)
    return 0


def sources() -> Iterator[Path]:
    """Every file under static/ that the build may read."""
    for folder, folders, files in os.walk(STATIC):
        folders[:] = sorted(set(folders) - {"node_modules", "dist", "coverage"})
        yield from (Path(folder) / name for name in sorted(files))


def digest(paths: list[Path] | Iterator[Path]) -> str:
    """A hash over the names and contents of the files."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.relative_to(STATIC)}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def compress() -> None:
    """Write a .gz beside each text file of dist: whitenoise serves it, nobody compresses twice."""
    for path in DIST.rglob("*"):
        if path.suffix in COMPRESSED and path.stat().st_size > 500:
            packed = gzip.compress(path.read_bytes(), 9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(packed)


if __name__ == "__main__":
    if not (STATIC / "package.json").exists():
        sys.exit(0)
    sys.exit(main())
