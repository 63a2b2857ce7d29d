"""WARC files as other tools write them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DAY = "2019-05-06T07:08:09Z"


def report(number: int) -> str:
    """A page of a news site, as HTML."""
    text = f"柳湾社区第{number}次恳谈在议事亭里开了两个小时，社工把三十多条意见贴在墙上，一条一条地念给大家听。"
    paragraphs = "".join(f"<p>{text}{line}</p>" for line in range(8))
    return (
        f"<html><head><meta charset='utf-8'><title>柳湾社区第{number}次恳谈侧记</title></head><body>"
        f"<h1>柳湾社区第{number}次恳谈侧记</h1><div>2019-05-0{number % 9 + 1} 10:00 来源：柳湾时报</div>"
        f"<div class='content'>{paragraphs}</div></body></html>"
    )


def url(number: int) -> str:
    return f"http://news.example.org/{number}.html"


class Foreign:
    """A file under way, by warcio."""

    def __init__(self, *, packed: bool = True) -> None:
        self.buffer = io.BytesIO()
        self.writer = WARCWriter(self.buffer, gzip=packed)
        self.places: list[int] = []
        """Where each record begins."""
        self._add(self.writer.create_warcinfo_record("other.warc.gz", {"software": "another tool"}))

    def page(self, number: int, *, coded: bool = False, chunked: bool = False, date: str = DAY) -> Foreign:
        body = report(number).encode()
        headers = [("Content-Type", "text/html; charset=utf-8")]
        if coded:
            body = gzip.compress(body, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        if chunked:
            headers.append(("Transfer-Encoding", "chunked"))
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        else:
            headers.append(("Content-Length", str(len(body))))
        return self.answer(url(number), body, headers, date=date)

    def answer(
        self, target: str, body: bytes, headers: list[tuple[str, str]], *, status: str = "200 OK", date: str = DAY
    ) -> Foreign:
        head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            target,
            "response",
            payload=io.BytesIO(body),
            http_headers=head,
            warc_headers_dict={"WARC-Date": date, "WARC-IP-Address": "203.0.113.7"},
        )
        return self._add(record)

    def revisit(self, number: int, *, of: int, date: str) -> Foreign:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self.writer.create_revisit_record(url(number), "sha1:X", url(of), DAY, http_headers=head)
        record.rec_headers.replace_header("WARC-Date", date)
        return self._add(record)

    def other(self, kind: str, target: str, content_type: str, body: bytes) -> Foreign:
        record = self.writer.create_warc_record(
            target, kind, payload=io.BytesIO(body), warc_content_type=content_type, warc_headers_dict={"WARC-Date": DAY}
        )
        return self._add(record)

    def save(self, path: Path) -> Path:
        path.write_bytes(self.buffer.getvalue())
        return path

    def _add(self, record: object) -> Foreign:
        self.places.append(self.buffer.tell())
        self.writer.write_record(record)
        return self
