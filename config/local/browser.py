"""Finds the Chromium that browser tests drive, and installs Debian's where that is possible."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk")


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
        variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=variables)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
            check=False,
            stdout=subprocess.DEVNULL,
            env=variables,
        )
    return program() is not None


if __name__ == "__main__":
    sys.exit(0 if install() else 1)
