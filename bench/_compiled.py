"""The package as `WELLSPRING_COMPILE=1 pip install .` makes it, in a folder of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def compiled_package(root: Path) -> Path:
    """Build the package in `root` with compiled rules, in a minute; the folder to import it from, removed at exit."""
    folder = Path(tempfile.mkdtemp(prefix="wellspring-compiled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    source = folder / "source"
    shutil.copytree(root, source, ignore=shutil.ignore_patterns(".*", "var", "build", "bench", "tests"))
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(folder / "lib"),
        str(source),
    ]
    subprocess.run(command, check=True, env={**os.environ, "WELLSPRING_COMPILE": "1"})
    return folder / "lib"
