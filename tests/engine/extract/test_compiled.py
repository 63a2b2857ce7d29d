"""Compiled, the rules find the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench._compiled import compiled_package

from tests.quality.scoring import records_of

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "tests" / "quality" / "pages"
_READ = """
import json, sys
from wellspring.engine.extract import walk
from tests.quality.scoring import records_of
from pathlib import Path
assert not walk.__file__.endswith(".py"), walk.__file__
print(json.dumps(records_of(Path(sys.argv[1]))))
"""


@pytest.mark.soak
def test_compiled_rules_read_the_same_records() -> None:
    path = os.pathsep.join([str(compiled_package(ROOT)), str(ROOT)])
    command = [sys.executable, "-c", _READ, str(PAGES)]
    told = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": path}, cwd="/")
    assert json.loads(told.stdout) == json.loads(json.dumps(records_of(PAGES)))
