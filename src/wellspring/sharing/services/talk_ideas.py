"""Ideas follow the words of a talk that was handed in, as long as nobody has said or decided anything about them."""

from __future__ import annotations

from wellspring.people.viewer import Actor
from wellspring.sharing.models import Idea, Suggestion, Talk
from wellspring.sharing.queries.discussion import discussed_ideas
from wellspring.sharing.services.ideas import collect_ideas
from wellspring.sharing.services.talk_words import SuggestionWords, TalkWords


def follow_the_words(*, actor: Actor, talk: Talk, words: TalkWords) -> None:
    """Make the suggestions and ideas of a talk that was handed in what the words say, in the caller's transaction.

    What is discussed already keeps its words and its place; other words for it become a suggestion of their own after
    it, and so an idea of their own.
    """
    stored = {each.pk: each for each in talk.suggestions.select_related("idea").order_by("position", "id")}
    ideas = {idea.pk: idea for idea in Idea.objects.select_for_update().filter(suggestion__talk=talk)}
    settled = discussed_ideas(ideas.values())
    fixed = {pk for pk, each in stored.items() if (idea := _idea(each)) is not None and idea.pk in settled}
    order: list[Suggestion] = []
    for wanted in words.written_suggestions:
        row = stored.get(wanted.pk) if wanted.pk is not None else None
        if row is not None and row.pk not in fixed:
            row.title, row.details = wanted.title, wanted.details
        elif row is not None and not _same(row, wanted):
            order.append(row)
            row = None
        # The same form sent twice finds what the first made of it.
        row = row or next((each for each in stored.values() if _same(each, wanted)), None)
        if row is None or row not in order:
            order.append(row or Suggestion(talk=talk, title=wanted.title, details=wanted.details))
    kept = {each.pk for each in order}
    order += [stored[pk] for pk in fixed if pk not in kept]
    for pk, row in stored.items():
        if pk not in kept and pk not in fixed:
            Idea.objects.filter(suggestion=row).delete()
            row.delete()
    for position, row in enumerate(order):
        row.position = position
        row.save()
        idea = ideas.get(found.pk) if (found := _idea(row)) is not None else None
        if idea is not None and idea.pk not in settled and not _follows(idea, row, talk):
            idea.title, idea.details, idea.topic = row.title, row.details, talk.topic
            idea.version += 1
            idea.save(update_fields=["title", "details", "topic", "version"])
    talk.save()
    collect_ideas(actor=actor, talk=talk)


def _idea(suggestion: Suggestion) -> Idea | None:
    return getattr(suggestion, "idea", None)


def _same(row: Suggestion, wanted: SuggestionWords) -> bool:
    return (row.title, row.details) == (wanted.title, wanted.details)


def _follows(idea: Idea, row: Suggestion, talk: Talk) -> bool:
    return (idea.title, idea.details, idea.topic_id) == (row.title, row.details, talk.topic_id)
