"""Search and related reports at a million documents, beside SQLite FTS5 on the same documents and queries.

    .venv/bin/python bench/search.py [--documents 200000 1000000] [--peer-up-to 1000000]

Each engine reads the same generated reports and is measured when it holds so many of them. FTS5 gets the texts cut by
rjieba, as it cannot cut Chinese itself; its `trigram` tokenizer finds nothing shorter than three characters.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import Full
from typing import Any, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import rjieba
from rich.console import Console
from rich.progress import Progress

from bench._corpus import GeneratedReport, generated_reports
from bench._report import Row, report
from wellspring.engine.index import IndexWriter, SearchIndex, folders
from wellspring.engine.index.text import fold
from wellspring.engine.index.words import content_words, cut, telling_terms
from wellspring.engine.records import SearchDocument

KIND = "library.snapshot"
BATCH = 1_000
QUERIES = 1_000
PATIENCE = 30.0
"""Seconds for one measurement; a slow engine is asked fewer times, and the table says how often."""


class Engine(Protocol):
    name: str

    def add(self, reports: Sequence[GeneratedReport]) -> None: ...
    def settle(self) -> None:
        """Make everything added searchable, merges done."""

    def search(self, query: str) -> int: ...
    def finds(self, pk: int, part: str) -> bool:
        """Whether a part of its text finds a report at all, at whatever rank."""

    def related(self, pk: int) -> int: ...
    def megabytes(self) -> float: ...


class Wellspring:
    name = "Wellspring (Tantivy)"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._generation = folders.new_generation(folder)
        self._writer: IndexWriter | None = IndexWriter.for_rebuild(self._generation)
        self._index = SearchIndex(folder)

    def add(self, reports: Sequence[GeneratedReport]) -> None:
        if self._writer is None:
            self._writer = IndexWriter(self._generation, threads=2)
        self._writer.put(
            SearchDocument(KIND, r.id, r.title, r.text, r.dated_at, r.source, r.channel, (r.topic,)) for r in reports
        )

    def settle(self) -> None:
        assert self._writer is not None
        self._writer.commit(0)
        self._writer.close()
        self._writer = None
        folders.publish(self._folder, self._generation)

    def search(self, query: str) -> int:
        return len(self._index.search(query).hits)

    def finds(self, pk: int, part: str) -> bool:
        return any(hit.id == pk for hit in self._index.search(f'"{part}"', limit=10_000).hits)

    def related(self, pk: int) -> int:
        return len(self._index.related(KIND, pk))

    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self._generation.iterdir()) / 1e6


class Fts5:
    name = "SQLite FTS5 (cut by rjieba)"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts.sqlite3"
        self._db = sqlite3.connect(self._path)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA cache_size=-262144")
        self._db.execute("CREATE VIRTUAL TABLE reports USING fts5(title, text, tokenize='unicode61')")
        self._db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(reports, 'row')")
        self._terms: dict[int, list[tuple[str, int]]] = {}

    def add(self, reports: Sequence[GeneratedReport]) -> None:
        rows = [(r.id, _cut(r.title), _cut(r.text)) for r in reports]
        self._db.executemany("INSERT INTO reports(rowid, title, text) VALUES (?, ?, ?)", rows)
        self._db.commit()

    def settle(self) -> None:
        self._db.execute("INSERT INTO reports(reports) VALUES ('optimize')")
        self._db.commit()

    def search(self, query: str) -> int:
        match = self._match(query)
        found = "SELECT rowid FROM reports WHERE reports MATCH ? ORDER BY rank LIMIT 20"
        return len(self._db.execute(found, [match]).fetchall()) if match else 0

    def finds(self, pk: int, part: str) -> bool:
        found = "SELECT 1 FROM reports WHERE reports MATCH ? AND rowid = ?"
        return self._db.execute(found, [self._match(part), pk]).fetchone() is not None

    @staticmethod
    def _match(query: str) -> str:
        """Every chunk as a phrase of its words."""
        chunks = [" ".join(_cut(chunk).split()) for chunk in query.split()]
        return " AND ".join(f'"{chunk}"' for chunk in chunks if chunk)

    def prepare_related(self, reports: Sequence[GeneratedReport]) -> None:
        """Choose each report's 25 most telling terms beforehand; only the query is measured."""
        (total,) = self._db.execute("SELECT count(*) FROM reports").fetchone()
        for one in reports:
            weighed = []
            for word, count in telling_terms(cut(one.title), cut(one.text)):
                row = self._db.execute("SELECT doc FROM vocabulary WHERE term = ?", [word]).fetchone()
                if row:
                    weighed.append((count * total / row[0], word, count))
            self._terms[one.id] = [(word, count) for _, word, count in sorted(weighed, reverse=True)[:25]]

    def related(self, pk: int) -> int:
        match = " OR ".join(f'"{word}"' for word, _ in self._terms[pk])
        found = "SELECT rowid, rank FROM reports WHERE reports MATCH ? ORDER BY rank LIMIT 60"
        return len(self._db.execute(found, [match]).fetchall())

    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self._path.parent.glob("fts.sqlite3*")) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--peer-up-to", type=int, default=1_000_000, help="largest size at which FTS5 is measured")
    arguments = parser.parse_args()
    sizes = sorted(set(arguments.documents))
    folder = Path(tempfile.mkdtemp(prefix="wellspring-bench-"))
    try:
        rows = [*_measured(Wellspring(folder / "index"), sizes)]
        if peer_sizes := [size for size in sizes if size <= arguments.peer_up_to]:
            rows += _measured(Fts5(folder), peer_sizes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows.sort(key=lambda row: int(str(row["documents"])))
    note = (
        "Generated reports of about 600 characters, one in twenty a near-copy. A search gives the best 20; the queries "
        "are words, parts of texts, names and pairs of words. Related: ours gives ten re-scored reports and the copies "
        "apart, FTS5 the 60 best for the 25 most telling terms. FTS5 keeps the texts too, which its MB include."
    )
    report("search", rows, note, packages=("tantivy", "rjieba"))


def _measured(engine: Engine, sizes: Sequence[int]) -> Iterator[Row]:
    """One row for each size, the same documents first."""
    console = Console(stderr=True)
    batches = _generated(sizes[-1])
    held = 0
    spent = 0.0
    sample: list[GeneratedReport] = []
    rng = random.Random(1)
    for size in sizes:
        with Progress(console=console) as progress:
            task = progress.add_task(f"{engine.name}: {size:,} documents", total=size, completed=held)
            for batch in islice(batches, (size - held) // BATCH):
                begun = time.perf_counter()
                engine.add(batch)
                spent += time.perf_counter() - begun
                sample.extend(rng.sample(batch, 10))
                progress.advance(task, len(batch))
        held = size
        begun = time.perf_counter()
        engine.settle()
        spent += time.perf_counter() - begun
        row = {"documents": size, "engine": engine.name, "indexed/s": held / spent, **_figures(engine, sample)}
        console.print(row)
        yield row


def _figures(engine: Engine, sample: Sequence[GeneratedReport]) -> Row:
    rng = random.Random(2)
    queries = [_query(rng, rng.choice(sample)) for _ in range(QUERIES)]
    asked = rng.sample(sample, min(QUERIES, len(sample)))
    if isinstance(engine, Fts5):
        engine.prepare_related(asked[:300])
        asked = asked[:300]
    parts = [(one.id, _part(rng, one)) for one in rng.sample(sample, min(200, len(sample)))]
    found = [pk for pk, part in parts if engine.finds(pk, part)]
    return {
        "MB": engine.megabytes(),
        **_times("search", engine.search, queries),
        **_times("related", engine.related, [one.id for one in asked]),
        "any 6 characters found %": 100 * len(found) / len(parts),
    }


def _times(what: str, ask: Callable[..., object], questions: Sequence[object]) -> Row:
    """Milliseconds at the 50th and, of at least a hundred questions, the 99th percentile; warmed up."""
    for question in questions[:20]:
        ask(question)
    times: list[float] = []
    until = time.perf_counter() + PATIENCE
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - begun) * 1e3)
        if begun > until:
            break
    times.sort()
    return {
        f"{what} p50 ms": times[len(times) // 2],
        f"{what} p99 ms": times[int(len(times) * 0.99)] if len(times) >= 100 else None,
        f"{what} asked": len(times),
    }


def _query(rng: random.Random, one: GeneratedReport) -> str:
    """What somebody might type who looks for this report."""
    words = content_words(fold(one.text))
    kind = rng.random()
    if kind < 0.4:
        return rng.choice([word for word in words if len(word) > 1])
    if kind < 0.6:
        return f"{rng.choice(words)} {rng.choice(words)}"
    if kind < 0.8:
        return one.title.split("：")[rng.randrange(2)]
    return _part(rng, one)


def _part(rng: random.Random, one: GeneratedReport) -> str:
    """Six characters of the text without punctuation."""
    run = rng.choice([run for run in one.text.replace("。", "，").split("，") if len(run) >= 6])
    at = rng.randrange(len(run) - 5)
    return run[at : at + 6]


def _cut(text: str) -> str:
    return " ".join(rjieba.cut(text, False))


def _generated(count: int) -> Iterator[list[GeneratedReport]]:
    """The reports in batches, written by a process of their own."""
    context = get_context("spawn")
    queue = context.Queue(maxsize=20)
    process = context.Process(target=_write, args=(queue, count), daemon=True)
    process.start()
    while (batch := queue.get()) is not None:
        yield batch
    process.join()


def _write(queue: Any, count: int) -> None:
    reports = generated_reports(count)
    while batch := list(islice(reports, BATCH)):
        if not _taken(queue, batch):
            return
    _taken(queue, None)


def _taken(queue: Any, batch: list[GeneratedReport] | None) -> bool:
    """Whether the reading process still lives to take the batch."""
    parent = parent_process()
    while parent is not None and parent.is_alive():
        try:
            queue.put(batch, timeout=5)
        except Full:
            continue
        return True
    return False


if __name__ == "__main__":
    main()
