"""The wording of English pages that is not the report: credits above it, service lines, what stands below it."""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE: Final = (
    rf"(?:(?:[A-Z][a-z]{{2,8}},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}))"
)

_SERVICE: Final = re.compile(
    r"^\W{0,3}(?:share (?:this|on|via|for|the)\b.{0,30}|table of contents|in this article|"
    r"(?:reading time:? |read:? )?\d+[ -]?min(?:ute)?s?\.?(?: read(?:ing)?)?|reading time.{0,20}|"
    r"\d+ (?:shares|comments?|views|likes)|advertisement.{0,40}|loading\b.{0,20}|"
    r"(?:image|photo|picture)s? (?:credits?|by|courtesy|via|source)\b.{0,80}|image: ©.{0,60}|sign up|"
    r"(?:sign up|subscribe|join)\b.{0,60}\bnewsletter\b.{0,40}|(?:follow|find|like) (?:us|me) on\b.{0,60}|"
    r"(?:read|see|shop|learn) (?:more|next|also|now)\b.{0,12}|"
    r"(?:read more|related|see also|related reading|more|keep reading): .{0,90}|"
    r"summari[sz]e this article.{0,20}|click to (?:share|tweet|enlarge)|skip to .{0,30}|back to top|"
    r"leave a (?:comment|reply)|tags?: .{0,80}|(?:article )?categor(?:y|ies): ?.{0,60}|topics?: .{0,80}|"
    r"filed under.{0,60}|posted (?:in|under) .{0,60}|stay connected.{0,20})\W{0,3}$",
    re.I,
)
_HEAD: Final = re.compile(
    rf"^(?:(?:(?i:(?:last |first )?(?:updated|published|posted|modified|reviewed)(?: on| at)?:?) )?{_DATE}.{{0,40}}"
    rf"|.{{0,60}}\| ?{_DATE}.{{0,40}}"
    r"|(?i:(?:(?:written|edited|posted|fact[- ]checked|(?:medically )?reviewed) )?by:?)"
    r"(?: (?:[A-Z][\w.'’-]+,?|and|&|de|van|von|\|)){1,9}"
    r"|(?i:(?:written|edited|posted|fact[- ]checked|(?:medically )?reviewed) by:?))\W{0,2}$",
)
_BELOW: Final = re.compile(
    r"^\W{0,3}(?:about the (?:authors?|reviewers?|editors?|writers?)|(?:article )?sources?:|"
    r"(?:more|latest) (?:from|by) .{2,40}|latest (?:news|posts|articles|stories)|recent (?:posts|articles|news)|"
    r"recommended (?:reading|articles|for you)|you (?:may|might) also (?:like|enjoy).{0,20}|"
    r"related (?:posts?|articles?|stories|content|reading|news|topics)|join (?:our|the) newsletter.{0,20}|"
    r"(?:subscribe to|sign up for) .{0,30}newsletter|share this.{0,30}|tags:.{0,60}|posted (?:by|under|in) .{0,60}|"
    r"contact us|share your story|disclaimer:?|as an? [a-z]+ associate.{0,120}|disclosure:.{0,120}|"
    r"(?:this|our) (?:post|article|page|site)s? (?:may )?contains? affiliate.{0,120}|(?:\d+ )?comments?(?: \(\d+\))?|"
    r"get (?:our|the) (?:free )?newsletter.{0,20})\W{0,3}$",
    re.I,
)


_BYLINE: Final = re.compile(
    r"^(?i:(?:written |posted |story )?by:?) "
    r"((?:[A-Z][\w.'’-]*|de|van|von)(?:,? (?:[A-Z][\w.'’-]*|de|van|von|and|&))*)"
)
_AFTER_NAMES: Final = re.compile(r"(?:Last )?(?:Updated|Published|Posted|Modified)| [|•·—–-] ")
_BETWEEN: Final = re.compile(r",? and |,? & |, ")
_NAME: Final = re.compile(r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w'’-]*\.?|de|van|von)){1,3}")
_NOBODY: Final = re.compile(
    r"\b(?:Staff|Team|Editors?|Editorial|Newsroom|Contributor|Admin|News|Company|Inc|LLC|University|Senior|Analyst|"
    r"Director|Manager|Writer|Reporter|Expert|Department|Center|Agency)\b"
)


def names_in_byline(text: str) -> tuple[str, ...]:
    """The people that `By Ada Lark and Tom Reed` names; empty for a desk, a team or anything that is no byline."""
    match = _BYLINE.match(_AFTER_NAMES.split(text, maxsplit=1)[0]) if len(text) < 160 else None
    if match is None:
        return ()
    found = [part.strip() for part in _BETWEEN.split(match[1])]
    return tuple(name for name in found if _NAME.fullmatch(name) and not _NOBODY.search(name))


def is_service(text: str) -> bool:
    """A line of the page's furniture, at most 90 characters long: share buttons, reading time, a newsletter."""
    return _SERVICE.match(text) is not None


def is_head_line(text: str) -> bool:
    """A line between headline and report: who wrote it, when it was published or updated."""
    return _HEAD.match(text) is not None


def begins_what_is_below(text: str) -> bool:
    """A heading or line under which no report goes on: about the author, sources, other reports, comments."""
    return _BELOW.match(text) is not None
