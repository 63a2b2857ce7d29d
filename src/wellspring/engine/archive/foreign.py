"""Reading WARC files that others wrote: every record it can, the place and the reason of what it cannot."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Generator, Iterator
from enum import Enum
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from wellspring.engine.errors import marked

from .foreign_record import ForeignRecord, Unreadable, taken
from .foreign_stream import PlainStream, UnpackedStream

_MAGIC = b"\x1f\x8b\x08"
_START = b"WARC/"
_WINDOW = 1 << 20
_PIECE = 4096
_PADDING = b"\r\n\t \x00"


class Form(Enum):
    """How a WARC file is packed."""

    PLAIN = "plain"
    MEMBERS = "members"
    """Each record is a gzip member of its own: after damage, reading goes on at the next one."""
    PACKED = "packed"
    """One gzip stream over all records: places count unpacked bytes, and after damage nothing can be read."""


class ForeignWarc:
    """A WARC file by others. Use it in a `with`; memory is bounded by the largest record, 256 MB."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        self.size = os.fstat(self._file.fileno()).st_size
        self.form = self._found_form()

    def __enter__(self) -> ForeignWarc:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def read_up_to(self) -> int:
        """Byte of the file itself that reading has come to, for a progress bar."""
        return min(self._file.tell(), self.size)

    def records(self, start: int = 0) -> Iterator[ForeignRecord | Unreadable]:
        """Everything from `start`, the place of a record or 0, in the order of the file.

        A record is given only when what follows it has been reached: until then its own end may still be damaged.
        """
        position: int | None = start
        while position is not None:
            held: ForeignRecord | Unreadable | None = None
            problem = ""
            try:
                source = self._from(position)
                for raw in ArchiveIterator(source, parse_http=False, stream_detect=True):
                    if held is not None:
                        yield held
                    held = taken(raw, position + raw.stream_pos)
            except (OSError, EOFError, ValueError, zlib.error) as error:
                problem = str(error)
            except BaseException as error:
                if type(error).__name__ != "PanicException":  # what fastwarc raises where its own code gives up
                    raise
                problem = str(error)
            position = yield from self._settled(position, held, problem)

    def _settled(
        self, begun: int, held: ForeignRecord | Unreadable | None, problem: str
    ) -> Generator[ForeignRecord | Unreadable, None, int | None]:
        """The last record before the end or the damage; then where to go on, None for nowhere."""
        if self.form is Form.PACKED:
            if held is not None:
                yield held
            if problem:
                yield Unreadable(held.place if held else begun, marked("the packed file is damaged from here on"))
            return None
        end = self._end_of(held.place) if held is not None else begun
        if held is not None:
            if end is None:
                yield Unreadable(held.place, marked("the record is damaged or cut off"))
                return self._next_start(held.place + 1)
            yield held
        assert end is not None
        if self._only_padding(end):
            return None
        if held is not None and end > begun and self._begins_at(end):
            return end
        yield Unreadable(end, marked("no WARC record can be read here"))
        return self._next_start(end + 1)

    def _from(self, position: int) -> io.RawIOBase:
        self._file.seek(0)
        if self.form is Form.PACKED:
            return UnpackedStream(self._file, position)
        self._file.seek(position)
        return PlainStream(self._file)

    def _found_form(self) -> Form:
        """Of a gzip file: does its first member end with its first record?"""
        if self._file.read(3) != _MAGIC:
            return Form.PLAIN
        self._file.seek(0)
        opener = zlib.decompressobj(31)
        begin = b""
        try:
            while len(begin) < _WINDOW and not opener.eof and (piece := self._file.read(_PIECE)):
                begin += opener.decompress(piece)
        except zlib.error:
            pass  # what came before the damage tells
        head, found, rest = begin.partition(b"\r\n\r\n")
        length = next(
            (line.split(b":", 1)[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b""
        )
        if not found or not length.strip().isdigit():
            return Form.MEMBERS
        return Form.PACKED if len(rest) > int(length) + 4 else Form.MEMBERS

    def _end_of(self, place: int) -> int | None:
        """Where the record at `place` ends; None where it is damaged or the file ends before."""
        return self._member_end(place) if self.form is Form.MEMBERS else self._plain_end(place)

    def _member_end(self, place: int) -> int | None:
        self._file.seek(place)
        opener = zlib.decompressobj(31)
        while piece := self._file.read(_WINDOW):
            try:
                while piece and not opener.eof:
                    opener.decompress(piece, 8 * _WINDOW)
                    piece = opener.unconsumed_tail
            except zlib.error:
                return None
            if opener.eof:
                return self._file.tell() - len(opener.unused_data)
        return None

    def _plain_end(self, place: int) -> int | None:
        self._file.seek(place)
        head, found, _ = self._file.read(_WINDOW).partition(b"\r\n\r\n")
        for line in head.split(b"\r\n") if found else ():
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                end = place + len(head) + 4 + int(value)
                self._file.seek(end)
                after = self._file.read(4)
                return end + len(after) - len(after.lstrip(b"\r\n")) if end <= self.size else None
        return None

    def _only_padding(self, place: int) -> bool:
        self._file.seek(place)
        while piece := self._file.read(_WINDOW):
            if piece.strip(_PADDING):
                return False
        return True

    def _next_start(self, place: int) -> int | None:
        """The next place at which a record begins."""
        wanted = _MAGIC if self.form is Form.MEMBERS else _START
        while place < self.size:
            self._file.seek(place)
            window = self._file.read(_WINDOW)
            at = window.find(wanted)
            while at >= 0:
                if self._begins_at(place + at):
                    return place + at
                at = window.find(wanted, at + 1)
            if len(window) < _WINDOW:
                return None
            place += len(window) - len(wanted) + 1
        return None

    def _begins_at(self, place: int) -> bool:
        if self.form is Form.PLAIN:
            self._file.seek(max(place - 1, 0))
            before = self._file.read(1) if place else b"\n"
            return before == b"\n" and self._file.read(7) in (b"WARC/1.", b"WARC/0.")
        self._file.seek(place)
        try:
            return zlib.decompressobj(31).decompress(self._file.read(4096), 16).startswith(_START)
        except zlib.error:
            return False
