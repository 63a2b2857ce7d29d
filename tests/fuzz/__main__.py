"""Feed the extractor pages that nobody would write: `python -m tests.fuzz --minutes 10`.

Each page must give a record or a named refusal, in time and in bounded memory. A process of its own reads them, so that
a crash or a page that never ends is told too. What fails is written to `var/fuzz/`, with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import Case, case_of
from wellspring.engine.errors import EmptyPage, NeedsJavaScript, NotHtml, PageTooComplex
from wellspring.engine.extract import extract

NAMED = (EmptyPage, NeedsJavaScript, NotHtml, PageTooComplex)
SECONDS = 12.0
"""Of processor time for one page: the reader's own budget and what the parser may take before it can be asked."""
MEGABYTES = 1500
"""Of address space that one page may take beyond what the process has at its start."""
ROOT = Path(__file__).parents[2]


def outcome_of(case: Case) -> tuple[str, float]:
    """What came of a page and the seconds that it took: "record", the code of a refusal, or "failed: …"."""
    started = time.process_time()
    try:
        record = extract(case.content, url=case.url, content_type=case.content_type)
        told = json.dumps(record.as_json(), ensure_ascii=False)
        told.encode("utf-8" if case.url is None or case.url.isascii() else "utf-16", "surrogatepass")
        if case.url is None or case.url.isascii():
            told.encode()
        outcome = "record" if all(block.text or block.src for block in record.body) else "failed: an empty block"
    except NAMED as refused:
        outcome = refused.code
    except Exception as fault:  # noqa: BLE001 - whatever is raised is what this looks for
        outcome = f"failed: {type(fault).__name__}: {str(fault)[:200]}"
    seconds = time.process_time() - started
    if seconds > SECONDS:
        outcome = f"failed: it took {seconds:.1f} s"
    return outcome, seconds


def main() -> int:
    """Run for the minutes given; the status is 1 if a page failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the first page; each following page has the next one")
    parser.add_argument("--only", action="store_true", help="only the page of this seed, with its outcome")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        case = case_of(asked.seed)
        print(case.kind, len(case.content), *outcome_of(case))
        return 0
    if asked.child:
        return _child(asked.seed, asked.minutes * 60)
    return _parent(asked.seed, time.monotonic() + asked.minutes * 60)


def _child(seed: int, seconds: float) -> int:
    """Read page after page; say before each which one it is, and after it what came of it."""
    os.nice(10)
    case_of(seed)
    with open("/proc/self/statm", encoding="ascii") as statm:
        used = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        print(json.dumps({"seed": seed}), flush=True)
        case = case_of(seed)
        # Making the page is not limited, only reading it.
        resource.setrlimit(resource.RLIMIT_AS, (used + MEGABYTES * 1_000_000, resource.RLIM_INFINITY))
        outcome, took = outcome_of(case)
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print(json.dumps({"kind": case.kind, "outcome": outcome, "seconds": took}), flush=True)
        seed += 1
    return 0


def _parent(seed: int, end: float) -> int:
    counts: Counter[str] = Counter()
    slowest: tuple[float, int, str] = (0.0, 0, "")
    failures = 0
    while time.monotonic() < end:
        minutes = (end - time.monotonic()) / 60
        command = [sys.executable, "-m", "tests.fuzz", "--child", "--seed", str(seed), "--minutes", str(minutes)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        assert child.stdout is not None
        told: dict[str, object] = {}
        for line in child.stdout:
            told = json.loads(line)
            if "seed" in told:
                seed = int(str(told["seed"]))
                continue
            kind, outcome, took = str(told["kind"]), str(told["outcome"]), float(str(told["seconds"]))
            counts[f"{kind.partition(':')[0]}: {outcome.partition(':')[0]}"] += 1
            slowest = max(slowest, (took, seed, kind))
            if outcome.startswith("failed"):
                failures += 1
                _keep(seed, f"{kind}: {outcome}")
            seed += 1
        child.wait()
        if child.returncode and "seed" in told:
            failures += 1
            counts["the process ended"] += 1
            _keep(seed, f"the process ended with {child.returncode}")
            seed += 1
        elif child.returncode:
            print(f"the process that reads the pages ended with {child.returncode}", file=sys.stderr)
            return 2
    for name, count in sorted(counts.items()):
        print(f"{count:8}  {name}")
    print(f"{counts.total()} pages, {failures} failures; the slowest took {slowest[0]:.1f} s: {slowest[1:]}")
    return 1 if failures else 0


def _keep(seed: int, why: str) -> None:
    """Write the page of a seed, made as small as is easily done, beside the reason."""
    folder = ROOT / "var" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{seed}.html").write_bytes(case_of(seed).content)
    (folder / f"{seed}.txt").write_text(f"{why}\npython -m tests.fuzz --only --seed {seed}\n", "utf-8")
    print(f"seed {seed}: {why}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
