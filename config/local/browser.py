"""Finds the Chromium that browser tests drive, and installs Debian's where that is possible."""

import os
import shutil
import subprocess
import sys
import time

PACKAGES = ("chromium", "fonts-noto-cjk")
ATTEMPTS = 3


def program() -> str | None:
    """The path of Chromium on this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def has_chinese_font() -> bool:
    """Whether pages in Chinese show characters and not boxes."""
    if shutil.which("fc-list") is None:
        return False
    fonts = subprocess.run(["fc-list", ":lang=zh-cn"], check=False, capture_output=True, text=True)
    return bool(fonts.stdout.strip())


def install() -> bool:
    """Make sure that both are there, through apt as root; whether Chromium is there now."""
    if program() and has_chinese_font():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium and a Chinese font for the browser tests …", flush=True)
        for attempt in range(1, ATTEMPTS + 1):
            said = apt("update") + apt("install", "-y", "--no-install-recommends", *PACKAGES)
            if program() and has_chinese_font():
                break
            print(said, file=sys.stderr, flush=True)
            if attempt < ATTEMPTS:
                time.sleep(10 * attempt)
    return program() is not None


def apt(*arguments: str) -> str:
    """Run apt-get, patient with mirrors and with others who hold its lock; what it said."""
    done = subprocess.run(
        [
            *("apt-get", "-qq", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120"),
            *arguments,
        ],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(0 if install() else 1)
