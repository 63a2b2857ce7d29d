"""Minutes in words: what happened at a session, written as an office writes it, in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from wellspring.people.models import Member
from wellspring.sharing.models import AgendaSlot, SlotState, TalkState
from wellspring.sharing.queries.happened import Discussion, Happened, SpokenSlot

MOST_REMARKS = 12
"""Of one suggestion; how many more there were is said."""
SHORT = 160
"""Characters of the current state that minutes repeat."""
_COUNTED = "一二三四五六七八九十"


def written(happened: Happened) -> str:
    """The whole text, in the form that `blocks_of` reads."""
    return "\n".join(_lines(happened)) + "\n"


def _lines(happened: Happened) -> Iterator[str]:
    session, presence = happened.session, happened.presence
    yield "# " + _("The session")
    yield "- " + _("Time: %(when)s") % {"when": _span(session.begun_at or session.starts_at, session.ended_at)}
    yield "- " + _("Place: %(place)s") % {"place": session.place}
    if session.host is not None:
        yield "- " + _("Chair: %(name)s") % {"name": session.host.user.get_full_name()}
    yield from _people(_("Present (%(count)s): %(names)s"), (each.member for each in presence.here))
    yield from _people(_("On leave (%(count)s): %(names)s"), presence.on_leave)
    yield from _people(_("Absent (%(count)s): %(names)s"), presence.missing)
    for number, spoken in enumerate(happened.spoken, 1):
        yield from _talk(number, spoken)
    if happened.unspoken:
        yield "# " + _("Not spoken")
        yield from (_unspoken(slot) for slot in happened.unspoken)
    if count := happened.takeaway_count:
        yield "# " + _("Takeaways of those present")
        yield ngettext(
            "%(count)d of those present noted what she takes away.",
            "%(count)d of those present noted what they take away.",
            count,
        ) % {"count": count}


def _talk(number: int, spoken: SpokenSlot) -> Iterator[str]:
    slot = spoken.slot
    name = slot.speaker.user.get_full_name()
    if slot.talk is None or slot.talk.state == TalkState.DRAFT:
        yield "# " + _("%(number)s. %(name)s spoke") % {"number": _ordinal(number), "name": name}
        yield _("She spoke without a written talk.")
        return
    yield "# " + _("%(number)s. %(talk)s (%(name)s)") % {
        "number": _ordinal(number),
        "talk": slot.talk,
        "name": name,
    }
    if slot.talk.current_state.strip():
        short = Truncator(" ".join(slot.talk.current_state.split())).chars(SHORT)
        yield _("Current state: %(text)s") % {"text": short}
    for place, one in enumerate(spoken.suggestions, 1):
        yield from _suggestion(place, one)


def _suggestion(place: int, one: Discussion) -> Iterator[str]:
    yield _("Suggestion %(number)s: %(title)s") % {"number": place, "title": one.title}
    for remark in one.remarks[:MOST_REMARKS]:
        said = " ".join(remark.text.split())
        yield "- " + _("%(name)s: %(text)s") % {"name": remark.author.user.get_full_name(), "text": said}
    if (more := len(one.remarks) - MOST_REMARKS) > 0:
        yield "- " + ngettext(
            "%(count)d more remark stands with the talk.", "%(count)d more remarks stand with the talk.", more
        ) % {"count": more}
    if one.idea is not None and (backed := getattr(one.idea, "endorsement_count", 0)):
        yield "- " + ngettext("%(count)d person backs it.", "%(count)d people back it.", backed) % {"count": backed}
    if one.decision is not None:
        yield "- " + _decision(one)
    elif one.idea is not None:
        yield "- " + _("Decision: none yet.")
    for item in one.items:
        yield "- " + _("In the plan: %(goal)s. Owner: %(name)s, due on %(day)s.") % {
            "goal": item.goal,
            "name": item.owner.user.get_full_name(),
            "day": date_format(item.due_on, pgettext("date format", "j F Y")),
        }


def _decision(one: Discussion) -> str:
    decision = one.decision
    assert decision is not None
    parts = [_("Decision: %(decision)s.") % {"decision": decision.get_status_display()}]
    if reason := decision.reason.strip().rstrip("。."):
        parts.append(_("Reason: %(reason)s.") % {"reason": " ".join(reason.split())})
    if when := decision.revisit_when.strip().rstrip("。."):
        parts.append(_("Comes back: %(when)s.") % {"when": when})
    elif decision.revisit_on:
        day = date_format(decision.revisit_on, pgettext("date format", "j F Y"))
        parts.append(_("Comes back: %(when)s.") % {"when": day})
    return ("" if _is_chinese() else " ").join(parts)


def _unspoken(slot: AgendaSlot) -> str:
    data = {"name": slot.speaker.user.get_full_name(), "reason": slot.state_reason}
    if slot.state != SlotState.ABSENT:
        said = _("%(name)s was not reached") % data
    elif slot.state_reason:
        said = _("%(name)s could not come: %(reason)s") % data
    else:
        said = _("%(name)s could not come") % data
    return "- " + (_("%(what)s; the talk keeps for another session.") % {"what": said} if slot.talk_id else said)


def _people(sentence: str, members: Iterable[Member]) -> Iterator[str]:
    names = [member.user.get_full_name() for member in members]
    if names:
        told = pgettext("between things in a list", ", ").join(names)
        yield "- " + sentence % {"count": len(names), "names": told}


def _span(begun: datetime, ended: datetime | None) -> str:
    day = date_format(timezone.localtime(begun), pgettext("date format", "j F Y, H:i"))
    return f"{day}–{timezone.localtime(ended):%H:%M}" if ended else day


def _ordinal(number: int) -> str:
    """As headings of papers are counted: 一、二、三 in Chinese."""
    return _COUNTED[number - 1] if _is_chinese() and number <= len(_COUNTED) else str(number)


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
