"""Builds the package; with WELLSPRING_COMPILE=1 the reader of pages (engine/extract) is compiled, same source."""

import os
from pathlib import Path

from setuptools import setup

HERE = Path(__file__).resolve().parent
RULES = "src/wellspring/engine/extract"


def compiled() -> dict[str, object]:
    """What setuptools is told beyond pyproject.toml."""
    if os.environ.get("WELLSPRING_COMPILE") != "1":
        return {}
    try:
        from mypyc.build import mypycify
    except ImportError:  # asked by pip what the build needs: this
        return {"setup_requires": ["mypy>=1.15"]}
    os.environ["MYPYPATH"] = str(HERE / "src")
    modules = [str(path.relative_to(HERE)) for path in sorted((HERE / RULES).glob("[!_]*.py"))]
    options = ["--config-file", os.devnull, "--ignore-missing-imports"]
    return {"ext_modules": mypycify([*options, *modules, "src/wellspring/engine/records.py"], debug_level="0")}


setup(**compiled())
