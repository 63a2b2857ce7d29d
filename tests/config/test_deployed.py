"""Behind an address of one's own, the settings pass Django's own list for a deployment."""

from __future__ import annotations

import os
import subprocess
import sys


def test_behind_https_cookies_and_transport_are_strict() -> None:
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')\n"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_HSTS_SECONDS > 10**7\n"
        "assert 'news.example.org' in s.ALLOWED_HOSTS\n"
    )
    environment = {
        **os.environ,
        "WELLSPRING_PUBLIC_URL": "https://news.example.org",
        "DJANGO_SETTINGS_MODULE": "wellspring.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
