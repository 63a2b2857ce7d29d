"""Addresses of a session on its day and after it: all of 柳湾社区."""

from typing import Any

from django.utils import timezone

from tests.people.factories import make_member
from tests.sharing.factories import make_session
from tests.web.addresses.answers import POST_ONLY, Answers, only
from wellspring.sharing.models import AgendaSlot

SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)
LED_HERE = only("leader", "administrator", stranger=404)
FOLLOWED = only("worker", "mentor", "archivist", "leader", "administrator", otherwise=404, is_page=False)

TABLE: dict[str, Answers] = {
    "sharing:begin": LED_HERE,
    "sharing:end": LED_HERE,
    "sharing:resume": POST_ONLY,
    "sharing:slot_begin": POST_ONLY,
    "sharing:slot_end": POST_ONLY,
    "sharing:slot_absent": LED_HERE,
    "sharing:live": FOLLOWED,
    "sharing:screen": SEEN_HERE,
    "sharing:screen_live": FOLLOWED,
    "sharing:in": SEEN_HERE,
    "sharing:here": POST_ONLY,
    "sharing:attendance": SEEN_HERE,
    "sharing:attendance_out": POST_ONLY,
    "sharing:takeaway": SEEN_HERE,
    "sharing:mine": only("worker", "mentor", "archivist", "leader", "administrator", "stranger"),
    "sharing:minutes": SEEN_HERE,
    "sharing:minutes_word": Answers(SEEN_HERE.statuses, is_page=False),
    "sharing:minutes_edit": LED_HERE,
    "sharing:minutes_reset": LED_HERE,
    "sharing:minutes_sign": POST_ONLY,
    "sharing:minutes_open": LED_HERE,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A session that is under way, with a speaker."""
    session = make_session(state="running", begun_at=timezone.now())
    slot = AgendaSlot.objects.create(session=session, speaker=make_member())
    filled: dict[str, dict[str, Any]] = {
        name: {"pk": slot.pk if name.startswith("sharing:slot_") else session.pk} for name in TABLE
    }
    filled["sharing:mine"] = {}
    filled["sharing:in"] = {"code": session.check_in_code}
    return filled
