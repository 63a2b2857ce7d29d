"""A library with a data folder of its own, so that its key and its checkpoints are its own too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from django.conf import settings

    monkeypatch.setattr(
        settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=tmp_path, public_url="https://news.example.org")
    )
    return tmp_path
