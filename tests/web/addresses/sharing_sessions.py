"""Addresses of sessions, series, agendas and swaps, and what they are about: all of 柳湾社区."""

from datetime import date, time
from typing import Any

from tests.people.factories import make_member, make_org
from tests.sharing.factories import make_session
from tests.web.addresses.answers import POST_ONLY, only
from wellspring.sharing.models import AgendaSlot, SessionSeries, SlotSwap

SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)
SETS_UP = only("leader", "administrator", "stranger")
LEADS_HERE = only("leader", "administrator", stranger=404)
SPEAKS = only(stranger=404)  # for the speaker alone, who is none of these

TABLE = {
    "sharing:session_add": SETS_UP,
    "sharing:session_change": LEADS_HERE,
    "sharing:session_move": LEADS_HERE,
    "sharing:session_cancel": LEADS_HERE,
    "sharing:session_reinstate": POST_ONLY,
    "sharing:propose": POST_ONLY,
    "sharing:take_talk": POST_ONLY,
    "sharing:volunteer": POST_ONLY,
    "sharing:slot_order": POST_ONLY,
    "sharing:slot_minutes": POST_ONLY,
    "sharing:slot_off": LEADS_HERE,
    "sharing:slot_cannot": LEADS_HERE,
    "sharing:slot_agree": POST_ONLY,
    "sharing:slot_decline": SPEAKS,
    "sharing:slot_talk": SPEAKS,
    "sharing:slot_swap": SPEAKS,
    "sharing:swap_answer": POST_ONLY,
    "sharing:swap_withdraw": POST_ONLY,
    "sharing:series": SEEN_HERE,
    "sharing:series_add": SETS_UP,
    "sharing:series_change": LEADS_HERE,
    "sharing:series_end": LEADS_HERE,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A session that is planned, with a speaker who wants to swap; a series."""
    session = make_session()
    slot = AgendaSlot.objects.create(session=session, speaker=make_member())
    swap = SlotSwap.objects.create(slot=slot, asked=make_member())
    series = SessionSeries.objects.create(
        org=make_org(),
        title="社工分享会",
        recurrence="weekly",
        first_on=date(2026, 9, 3),
        starts_at=time(14),
        place="二楼会议室",
    )
    about = {"sharing:slot": slot.pk, "sharing:swap": swap.pk, "sharing:series": series.pk}
    filled: dict[str, dict[str, Any]] = {}
    for name in TABLE:
        if not name.endswith("_add"):
            found = [pk for start, pk in about.items() if name.startswith(start)]
            filled[name] = {"pk": found[0] if found else session.pk}
    return filled
