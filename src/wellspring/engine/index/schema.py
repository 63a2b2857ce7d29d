"""The fields of the index, and how a search document becomes one of its entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import tantivy

from wellspring.engine.records import SearchDocument

from .sketch import Sketch, sketch
from .text import fold, pairs, units
from .words import TITLE_WEIGHT, cut, telling_terms

FORMAT = 1
"""Raised with every change of fields or folding; an index of another format is built anew."""

_SPLIT = "by_space"


def schema() -> tantivy.Schema:
    """`text` holds every pair of neighbouring units with positions, so any two characters of a text are one term and
    any more are a phrase; `units` every unit, for queries of one character; `words` what related reports are found by.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("key", "kind", "channel", "topic", "source"):
        builder.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("id", fast=True)
    builder.add_integer_field("dated_at", fast=True)
    builder.add_text_field("title", tokenizer_name=_SPLIT, index_option="position")
    builder.add_text_field("text", tokenizer_name=_SPLIT, index_option="position")
    builder.add_text_field("units", tokenizer_name=_SPLIT, index_option="basic")
    builder.add_text_field("words", tokenizer_name=_SPLIT, index_option="freq")
    builder.add_bytes_field("traits", stored=True)
    return builder.build()


def opened(path: str) -> tantivy.Index:
    """The index in a folder, with the tokenizer that its fields name."""
    return _with_tokenizer(tantivy.Index.open(path))


def created(path: str) -> tantivy.Index:
    """A new empty index in an existing empty folder."""
    return _with_tokenizer(tantivy.Index(schema(), path, reuse=False))


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_SPLIT, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def key(kind: str, pk: int) -> str:
    return f"{kind}:{pk}"


def word_term(kind: str, word: str) -> str:
    """A word among the reports of one kind, so that other kinds neither slow down nor distort what is related."""
    return _kind_mark(kind) + word


@cache
def _kind_mark(kind: str) -> str:
    return f"{crc32(kind.encode()) & 0xFFF:03x}"


@dataclass(frozen=True, slots=True)
class Traits:
    """What is kept of a document to tell what it is related to; its text is not."""

    title: str
    """Folded."""
    source: str
    counted: str
    """Candidates for telling terms, each followed by its count."""
    sketch: Sketch

    def terms(self) -> list[tuple[str, int]]:
        flat = self.counted.split()
        return list(zip(flat[::2], map(int, flat[1::2]), strict=True))

    def packed(self) -> bytes:
        head = "\n".join((_line(self.title), _line(self.source), self.counted)).encode()
        return len(head).to_bytes(4, "little") + head + self.sketch.packed()

    @classmethod
    def unpacked(cls, data: bytes) -> Traits:
        size = int.from_bytes(data[:4], "little") + 4
        title, source, counted = data[4:size].decode().split("\n")
        return cls(title, source, counted, Sketch.unpacked(data[size:]))


def entry(document: SearchDocument) -> tantivy.Document:
    """The index entry of a search document."""
    title, text = fold(document.title), fold(document.text)
    title_units, text_units = units(title), units(text)
    everything = [*title_units, *text_units, *(unit for name in document.people for unit in units(fold(name)))]
    words = cut(text)
    title_words = cut(title)
    counted = " ".join(f"{word} {count}" for word, count in telling_terms(title_words, words))
    traits = Traits(title, document.source, counted, sketch(text_units))

    made = tantivy.Document()
    made.add_text("key", key(document.kind, document.id))
    made.add_text("kind", document.kind)
    made.add_integer("id", document.id)
    made.add_integer("dated_at", int(document.dated_at.timestamp()))
    for name, value in (("channel", document.channel), ("source", document.source)):
        if value:
            made.add_text(name, value)
    for topic in document.topics:
        made.add_text("topic", topic)
    # Single units of the title stand after its pairs, where no phrase of pairs meets them.
    made.add_text("title", " ".join([*pairs(title_units), *title_units]))
    made.add_text("text", " ".join(pairs(everything)))
    made.add_text("units", " ".join(dict.fromkeys(everything)))
    mark = _kind_mark(document.kind)
    made.add_text("words", " ".join([mark + word for word in (*words, *title_words * TITLE_WEIGHT)]))
    made.add_bytes("traits", traits.packed())
    return made


def _line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())
