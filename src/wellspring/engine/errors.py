"""The exceptions of the engine.

    EngineError                 a named failure: code, message with named placeholders, data
    ├── FetchError              a page that was not fetched
    │   ├── AddressRefused      the address guard said no
    │   ├── RobotsDisallowed    robots.txt said no
    │   │   └── RobotsUnreachable   it could not be read, which means no until it can
    │   ├── TooLarge            a size cap was reached
    │   ├── TooSlow             a time cap was reached
    │   ├── TooManyRedirects
    │   ├── ConnectionFailed    name, TCP or TLS failed
    │   ├── BadResponse         not HTTP, or a coding that does not decode
    │   ├── StatusRefused       an HTTP status that is no page (4xx, 5xx), or a page without content
    │   ├── NotAPicture         a picture's address that answers with something else
    │   └── SiteResting         the site asked for a rest, or did not answer several times; tried on the next visit
    ├── DiscoveryError          a feed, sitemap or list page that could not be read
    │   └── MoreLeft            it points to more than one visit fetches: no failure, the next visit goes on
    ├── ArchiveError            the archive cannot be written or does not hold what it should
    │   ├── ArchiveFull         no space left: captures stop, reading goes on
    │   └── RecordDamaged       a record does not match its digest
    ├── ExtractError            a page of which no record could be made
    │   ├── EmptyPage           nothing in it
    │   ├── NotHtml             an attachment, a picture, a feed, plain text: kept, not read
    │   ├── NeedsJavaScript     the page holds no text until its scripts have run
    │   ├── PageTooComplex      so large or so deep that reading it would take too long
    │   └── ReaderFailed        our own fault, not the page's
    ├── ProofError              something of the capture log that does not hold
    │   ├── NoteRefused         a signed note, or a key, that cannot be read or is not signed by a trusted key
    │   └── ReceiptUnreadable   a file that is no receipt
    └── SearchIndexError        the search index cannot be opened or written
        ├── SearchIndexBusy     another process writes it
        ├── SearchIndexMissing  there is none yet
        └── SearchIndexOutdated another version of Wellspring wrote it

`message` is the English msgid; whoever shows it to a person translates `error.message` and fills in `error.data`.
"""

from __future__ import annotations

from typing import ClassVar


def marked(message: str) -> str:
    """Mark a message for the translators' catalogue and return it unchanged."""
    return message


class EngineError(Exception):
    """A named failure. `code` is stable; `data` fills the placeholders of `message`."""

    code: ClassVar[str] = "engine"
    message: str = marked("Something in the engine failed: %(detail)s")

    def __init__(self, message: str | None = None, **data: object) -> None:
        if message is not None:
            self.message = message
        self.data: dict[str, object] = data
        super().__init__(str(self))

    def __str__(self) -> str:
        try:
            return self.message % self.data
        except (KeyError, TypeError, ValueError):
            return self.message


class FetchError(EngineError):
    code = "fetch"
    message = marked("%(url)s could not be fetched: %(detail)s")


class AddressRefused(FetchError):
    code = "address_refused"
    message = marked(
        "%(url)s is not fetched: %(detail)s. Only public http and https addresses on the usual ports are visited."
    )


class RobotsDisallowed(FetchError):
    code = "robots_disallowed"
    message = marked("%(url)s is not fetched: the site's robots.txt asks crawlers to stay away (%(detail)s).")


class RobotsUnreachable(RobotsDisallowed):
    code = "robots_unreachable"
    message = marked(
        "%(url)s is not fetched: the site's robots.txt could not be read (%(detail)s), and until it can be, "
        "the site is left alone. It is tried again later."
    )


class TooLarge(FetchError):
    code = "too_large"
    message = marked("%(url)s is larger than %(limit)s bytes and was not kept.")


class TooSlow(FetchError):
    code = "too_slow"
    message = marked("%(url)s did not arrive within %(limit)s seconds.")


class TooManyRedirects(FetchError):
    code = "too_many_redirects"
    message = marked("%(url)s redirects more than %(limit)s times, or in a circle.")


class ConnectionFailed(FetchError):
    code = "connection_failed"
    message = marked("%(url)s could not be reached: %(detail)s")


class BadResponse(FetchError):
    code = "bad_response"
    message = marked("%(url)s answered with something that is not readable HTTP: %(detail)s")


class StatusRefused(FetchError):
    code = "status_refused"
    message = marked("%(url)s answered %(status)s, so there is no page to keep.")


class NotAPicture(FetchError):
    code = "not_a_picture"
    message = marked("%(url)s is not a picture that can be shown.")


class SiteResting(FetchError):
    code = "site_resting"
    message = marked(
        "%(url)s is left for the next visit: its site does not answer, or asked for a rest (%(seconds)s seconds)."
    )


class DiscoveryError(EngineError):
    code = "discovery"
    message = marked("No reports could be found at %(url)s: %(detail)s")


class MoreLeft(DiscoveryError):
    code = "more_left"
    message = marked(
        "%(url)s points to more pages than one visit fetches (%(limit)s). The next visits fetch the others."
    )


class ArchiveError(EngineError):
    code = "archive"
    message = marked("The archive failed: %(detail)s")


class ArchiveFull(ArchiveError):
    code = "archive_full"
    message = marked("The disk of the archive is full (%(path)s). Captures stop until there is space; reading goes on.")


class RecordDamaged(ArchiveError):
    code = "record_damaged"
    message = marked("The archived record in %(path)s at %(offset)s does not match: %(detail)s")


class ExtractError(EngineError):
    code = "extract"
    message = marked("The page could not be read: %(detail)s")


class EmptyPage(ExtractError):
    code = "empty_page"
    message = marked("The page is empty, so there is nothing to read.")


class NotHtml(ExtractError):
    code = "not_html"
    message = marked("This is no web page but %(found)s. It can be kept, but its text is not read.")


class NeedsJavaScript(ExtractError):
    code = "needs_javascript"
    message = marked(
        "This page shows its text only after running JavaScript. It can be kept, but its text is not read."
    )


class PageTooComplex(ExtractError):
    code = "page_too_complex"
    message = marked("The page was not read because reading it would take too long.")


class ReaderFailed(ExtractError):
    code = "reader_failed"
    message = marked(
        "The page could not be read because of a fault in the reader (%(fault)s). "
        "`wellspring reextract` reads it again once the fault is mended."
    )


class ProofError(EngineError):
    code = "proof"
    message = marked("The capture log failed: %(detail)s")


class NoteRefused(ProofError):
    code = "note_refused"
    message = marked("The signed note or its key is refused: %(detail)s")


class ReceiptUnreadable(ProofError):
    code = "receipt_unreadable"
    message = marked("This is no receipt of a Wellspring library: %(detail)s")


class SearchIndexError(EngineError):
    code = "search_index"
    message = marked("The search index failed: %(detail)s. `wellspring reindex` builds it anew.")


class SearchIndexBusy(SearchIndexError):
    code = "search_index_busy"
    message = marked("Another process is already writing the search index in %(path)s; let it end first.")


class SearchIndexMissing(SearchIndexError):
    code = "search_index_missing"
    message = marked("There is no search index in %(path)s yet. `wellspring follow` or `wellspring reindex` builds it.")


class SearchIndexOutdated(SearchIndexError):
    code = "search_index_outdated"
    message = marked(
        "The search index in %(path)s has format %(found)s and this version of Wellspring reads format %(expected)s. "
        "`wellspring reindex` builds it anew."
    )
