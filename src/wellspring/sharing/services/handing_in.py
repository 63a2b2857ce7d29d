"""A talk is handed in, and its suggestions become ideas; it can be taken back until somebody says something."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.models import Idea, Talk, TalkState
from wellspring.sharing.queries.discussion import discussed_ideas
from wellspring.sharing.services.ideas import collect_ideas
from wellspring.sharing.services.talk_words import words_of
from wellspring.sharing.services.talks import check_complete, own_talk, touch_sessions


@transaction.atomic
def hand_in_talk(*, actor: Actor, talk: Talk, version: int) -> list[Idea]:
    """Show a draft to the unit: each of its suggestions becomes an idea. Nothing new where it is handed in already.

    Raises TalkProblem where title or suggestion is missing, ChangedMeanwhile where it was saved after the page that
    asked was shown, PermissionDenied.
    """
    talk = own_talk(actor, talk)
    if talk.state == TalkState.DRAFT:
        if talk.version != version:
            raise ChangedMeanwhile(version=talk.version, differences=[])
        check_complete(words_of(talk))
        talk.state = TalkState.READY
        talk.handed_in_at = talk.saved_at = timezone.now()
        talk.saved_in = ""  # a window that is still open is told, not followed
        talk.version += 1
        talk.save()
        touch_sessions(talk)
        count = talk.suggestions.count()
        data = {"title": talk.title, "count": count}
        audit.record("sharing.talk_handed_in", actor=actor.user, on=talk, data=data)
    return collect_ideas(actor=actor, talk=talk)


@transaction.atomic
def take_talk_back(*, actor: Actor, talk: Talk) -> Talk:
    """Make a handed-in talk a draft again, its ideas with it; nothing where it is one.

    Raises TalkProblem once somebody has said, backed or decided something; PermissionDenied.
    """
    talk = own_talk(actor, talk)
    if talk.state == TalkState.DRAFT:
        return talk
    ideas = list(Idea.objects.select_for_update().filter(suggestion__talk=talk))
    if discussed_ideas(ideas):
        raise TalkProblem(
            _("Colleagues have already said something about it, so it stays. You can still change it or add to it."),
            code="talk_discussed",
        )
    touch_sessions(talk)
    Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).delete()
    talk.state, talk.handed_in_at, talk.saved_in = TalkState.DRAFT, None, ""
    talk.version += 1
    talk.save()
    audit.record("sharing.talk_taken_back", actor=actor.user, on=talk, data={"title": talk.title})
    return talk
