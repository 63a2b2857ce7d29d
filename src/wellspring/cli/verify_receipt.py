"""`wellspring verify-receipt`: one receipt, offline, without a database."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from wellspring.engine.errors import NoteRefused, ReceiptUnreadable, marked
from wellspring.engine.proof import NoteVerifier
from wellspring.engine.proof.receipt import Check, Receipt, checks_of

LARGEST = 1_000_000
GIVEN = marked("Checked against the key that was given.")
OWN = marked("Checked against this installation's own key, in %(path)s.")


@click.command("verify-receipt")
@click.argument("file", type=click.File("rb"))
@click.option("--key", metavar="KEY", help="A key name+id+base64, or a file with what /log/key says.")
@click.option("--page", type=click.File("rb"), help="The bytes as downloaded; they are compared with the digest.")
@click.option("--warc", type=click.Path(exists=True, dir_okay=False), help="A WARC file that should hold the bytes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--data", metavar="DIR", help="Data folder whose own key is used (default: WELLSPRING_DATA, or var/).")
def command(file: Any, key: str | None, page: Any, warc: str | None, as_json: bool, data: str | None) -> None:
    """Check a receipt: the address, the proof that it is in the log, the signature, the key, and the bytes if given.

    Nothing is asked over the network. Exit status 1 with the name of what does not hold.
    """
    _speak()
    from django.utils.translation import gettext

    receipt = _receipt(file.read(LARGEST + 1))
    trusted, against = _keys(key, data)
    content = page.read() if page else None
    if content is None and warc:
        content = _payload_in(warc, receipt.leaf.payload_digest)
    checks = list(checks_of(receipt, trusted=trusted, page=content))
    failed = next((check for check in checks if not check.holds), None)
    if as_json:
        told = {
            "holds": failed is None,
            "failed": failed.code if failed else None,
            "against": against,
            "keys": [str(one) for one in trusted],
            "checks": [{"code": one.code, "holds": one.holds, "said": _said(one)} for one in checks],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for check in checks:
            click.secho(f"{'✓' if check.holds else '✗'} {_said(check)}", fg="green" if check.holds else "red")
        click.echo(against)
        if failed is None:
            click.echo(gettext("The receipt holds."))
        else:
            click.echo(gettext("The receipt does not hold: %(code)s.") % {"code": failed.code})
    if failed is not None:
        sys.exit(1)


def _receipt(content: bytes) -> Receipt:
    """Raises ReceiptUnreadable."""
    if len(content) > LARGEST:
        raise ReceiptUnreadable(detail=marked("it is far too large"))
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise ReceiptUnreadable(detail=marked("it is no JSON")) from None
    return Receipt.parse(told)


def _keys(given: str | None, data: str | None) -> tuple[list[NoteVerifier], str]:
    """The keys to check against and where they are from. Raises click.ClickException where there are none."""
    from django.utils.translation import gettext

    if given is not None:
        path = Path(given)
        try:
            text = path.read_text("utf-8") if path.is_file() else given
            return _listed(text), gettext(GIVEN)
        except (OSError, UnicodeDecodeError):
            raise NoteRefused(detail=marked("this is no Ed25519 key in the form name+id+key")) from None
    path = Path(data or os.environ.get("WELLSPRING_DATA") or "var").expanduser() / "log" / "keys"
    try:
        return _listed(path.read_text("utf-8")), gettext(OWN) % {"path": path}
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(
            gettext(
                "There is no key to check against: give one with --key (the log's own address /log/key has it), or the "
                "data folder of the installation with --data."
            )
        ) from None


def _listed(text: str) -> list[NoteVerifier]:
    """The keys of the first paragraph, one a line; what follows a key in its line is for people."""
    lines = text.strip().split("\n\n")[0].splitlines() or [""]
    return [NoteVerifier.parse((line.split() or [""])[0]) for line in lines]


def _payload_in(warc: str, digest: str) -> bytes:
    """The payload of this digest in a WARC file; something else where there is none."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    from wellspring.engine.archive.message import payload_of, split_message

    with Path(warc).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
            try:
                head, body = split_message(record.reader.read())
                payload = payload_of(head, body, truncated=True)
            except ValueError:
                continue
            if hashlib.sha256(payload).hexdigest() == digest:
                return payload
    return b""


def _said(check: Check) -> str:
    from django.utils.translation import gettext

    data = {name: gettext(value) if isinstance(value, str) and value else value for name, value in check.data.items()}
    return gettext(check.said) % data


def _speak() -> None:
    """The reader's language without settings of an installation: whoever checks need not have one."""
    import django
    from django.conf import settings
    from django.utils import translation

    language = os.environ.get("WELLSPRING_LANGUAGE", "").lower()
    language = language if language in {"zh-hans", "en"} else "zh-hans"
    if not settings.configured:
        locale = Path(__file__).resolve().parents[3] / "locale"
        settings.configure(LANGUAGE_CODE=language, LOCALE_PATHS=[locale], USE_I18N=True, INSTALLED_APPS=[])
        django.setup()
    translation.activate(language)
