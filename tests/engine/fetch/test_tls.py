"""Certificates are verified: who they are for, until when, and by whom."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from tests.engine.fetch.conftest import names, settings_for
from tests.engine.fetch.test_download import fetch
from tests.servers.certificates import server_context
from tests.servers.raw import RawServer, response
from wellspring.engine.errors import ConnectionFailed
from wellspring.engine.fetch.settings import FetchSettings


def excepted(server: RawServer) -> FetchSettings:
    return settings_for(
        server,
        guard_exceptions=frozenset({("news.example", server.port)}),
        resolver=names({"news.example": ["127.0.0.1"]}),
    )


@pytest.mark.parametrize(
    ("host_names", "days", "trusted", "refused_for"),
    [
        (("news.example",), 30, True, None),
        (("news.example",), 30, False, "self-signed"),
        (("other.example",), 30, True, "[Hh]ostname mismatch"),
        (("news.example",), -1, True, "expired"),
    ],
)
def test_a_certificate_must_be_trusted_valid_and_for_this_host(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host_names: tuple[str, ...],
    days: int,
    trusted: bool,
    refused_for: str | None,
) -> None:
    context = server_context(tmp_path, names=host_names, days=days)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with RawServer(otherwise=response(b"secret"), tls=context) as server:
        url = f"https://news.example:{server.port}/"
        if refused_for is None:
            assert fetch(url, excepted(server)).payload == b"secret"
        else:
            with pytest.raises(ConnectionFailed, match=f"certificate is not trusted.*{refused_for}"):
                fetch(url, excepted(server))
            assert server.requests == []


def test_a_server_that_speaks_no_tls_is_told_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer_in_the_clear() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        server = threading.Thread(target=answer_in_the_clear)
        server.start()
        with pytest.raises(ConnectionFailed, match="no secure connection could be agreed on"):
            fetch(f"https://127.0.0.1:{port}/", settings_for(guard_exceptions=frozenset({("127.0.0.1", port)})))
        server.join(5)
