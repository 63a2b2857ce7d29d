"""`python -m wellspring.demo.site [--base-port N] [--data DIR]`: the sample news sites until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .errors import DemoError
from .outlets import BASE_PORT
from .serve import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m wellspring.demo.site", description="The sample news sites.")
    parser.add_argument("--base-port", type=int, default=BASE_PORT)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("WELLSPRING_DATA") or "var"))
    chosen = parser.parse_args()
    try:
        serve(chosen.data, chosen.base_port, say=print)
    except DemoError as error:
        sys.exit(f"wellspring: {error}")


main()
