"""clamd is asked in its own words: a tiny one of ours answers on a socket."""

from __future__ import annotations

import dataclasses
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wellspring.core.attachments import errors
from wellspring.core.attachments.scanning import scan


class Clamd(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        if b"EVIL" in data:
            self.wfile.write(b"stream: Eicar-Test FOUND\0")
        elif b"LARGE" in data:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif b"SILENT" not in data:
            self.wfile.write(b"stream: OK\0")


@pytest.fixture(params=["unix", "tcp"])
def _clamd(request: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    if request.param == "unix":
        server: socketserver.BaseServer = socketserver.ThreadingUnixStreamServer(str(tmp_path / "s"), Clamd)
        where = str(tmp_path / "s")
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        where = f"127.0.0.1:{server.server_address[1]}"  # type: ignore[str-bytes-safe]  # host and port
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, scan=f"clamd:{where}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("_clamd")
def test_what_clamd_says_counts() -> None:
    scan(b"good" * 50_000)
    with pytest.raises(errors.FileInfected):
        scan(b"x" * 100_000 + b"EVIL")
    for odd in (b"LARGE", b"SILENT"):
        with pytest.raises(errors.ScannerSilent):
            scan(odd)


@pytest.mark.parametrize("where", ["clamd:/nowhere/socket", "clamd:127.0.0.1:1", "clamd:nonsense", "/nowhere/scan"])
def test_a_scanner_that_is_not_there_lets_nothing_pass(settings: Any, where: str) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, scan=where)
    with pytest.raises(errors.ScannerSilent):
        scan(b"anything")
