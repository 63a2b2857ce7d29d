"""WARC files by others as streams, plain or unpacked, counted from where reading begins."""

from __future__ import annotations

import io
import zlib
from typing import IO

_PIECE = 4096
_WINDOW = 1 << 20


class PlainStream(io.RawIOBase):
    """A file from where it stands, counted from 0."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._base = file, file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)

    def tell(self) -> int:
        return self._file.tell() - self._base

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset + (self._base if whence == 0 else 0), whence) - self._base


class UnpackedStream(io.RawIOBase):
    """What unpacking a gzip file gives from byte `skipped` on, counted from 0; all there is before damage."""

    def __init__(self, file: IO[bytes], skipped: int) -> None:
        self._file, self._opener = file, zlib.decompressobj(31)
        self._ready, self._given = b"", 0
        self._problem: Exception | None = None
        while skipped > 0 and (piece := self.read(min(skipped, _WINDOW))):
            skipped -= len(piece)
        self._given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if (offset, whence) not in ((0, 1), (self._given, 0)):
            raise io.UnsupportedOperation("seek")
        return self._given

    def read(self, size: int = -1, /) -> bytes:
        while not self._ready:
            if self._problem is not None:
                raise self._problem
            if self._opener.eof:
                self._opener, rest = zlib.decompressobj(31), self._opener.unused_data
            else:
                rest = b""
            piece = rest or self._file.read(_PIECE)
            if not piece:
                return b""
            try:
                self._ready = self._opener.decompress(piece)
            except zlib.error as error:
                self._problem = error
        taken = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(taken) :]
        self._given += len(taken)
        return taken
