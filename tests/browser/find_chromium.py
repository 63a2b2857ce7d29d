"""Find a Chromium for the browser tests; with `--install`, get one (and Chinese fonts) where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def find_chromium() -> str | None:
    """Path of a Chromium: CHROMIUM, then the system's, then the one Playwright installed; None if there is none."""
    named = os.environ.get("CHROMIUM")
    for name in (named, *NAMES) if named else NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def main() -> int:
    install = "--install" in sys.argv[1:]
    path = find_chromium()
    if path is None and install:
        if _may_use_apt() and _apt("chromium"):
            path = find_chromium()
        if path is None:
            print("Installing Chromium with Playwright …", flush=True)
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
            path = find_chromium()
    if install and not _has_chinese_font():
        if _may_use_apt():
            _apt("fonts-noto-cjk")
        else:
            print("No Chinese font found: install fonts-noto-cjk to see what readers see.", file=sys.stderr)
    if path is None:
        print("No Chromium found: install the package chromium, or set CHROMIUM to the path of one.", file=sys.stderr)
        return 1
    print(f"Browser tests use {path}")
    return 0


def _may_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(package: str) -> bool:
    print(f"Installing {package} with apt …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package]
    if subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-qq"], env=environment)
    return subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode == 0


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
