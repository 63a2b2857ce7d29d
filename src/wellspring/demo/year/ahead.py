"""What lies ahead in the demo: the next session with its chair, its speakers and a talk that is being written."""

from __future__ import annotations

from wellspring.demo.year.cast import Cast
from wellspring.demo.year.told import told_next
from wellspring.people.viewer import INSTALLATION
from wellspring.sharing.models import SessionSeries, SessionState, SharingSession, SlotState, Suggestion, Talk
from wellspring.sharing.services.agenda import propose_speaker
from wellspring.sharing.services.series_ahead import make_ahead
from wellspring.sharing.services.session_checks import SessionWords
from wellspring.sharing.services.sessions import change_session
from wellspring.topics.models import Topic


def prepare_next(series: SessionSeries, cast: Cast) -> None:
    """Two are proposed by the services; what one of them did is rows: the audit trail must not say that she did it."""
    make_ahead(series)
    session = SharingSession.objects.filter(series=series, state=SessionState.PLANNED).order_by("starts_at").first()
    assert session is not None  # a series makes three ahead
    told = told_next()
    talk = told.talks[0]
    topic = Topic.objects.get(slug=talk.topic)
    wanted = SessionWords(session.title, session.minutes, cast.member(told.host), [topic])
    change_session(actor=INSTALLATION, session=session, version=session.version, words=wanted)
    for key in (talk.author, "zhou"):
        propose_speaker(actor=INSTALLATION, session=session, member=cast.member(key))
    draft = Talk.objects.create(
        org=session.org,
        author=cast.member(talk.author),
        topic=topic,
        title=talk.title,
        current_state=talk.current_state,
        causes=talk.causes,
        takeaways=talk.takeaways,
    )
    for position, idea in enumerate(talk.ideas):
        Suggestion.objects.create(talk=draft, position=position, title=idea.title, details=idea.details)
    session.slots.filter(speaker=draft.author).update(state=SlotState.AGREED, talk=draft)
