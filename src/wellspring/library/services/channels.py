"""Changing channels on the desk: names, column names, order, and one going into another. None is ever deleted."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.names import slug_of
from wellspring.library.models import Channel, Refiling, Source
from wellspring.library.services.refiling import begin_channel_refiling, refile_batch
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

MOVED_AT_ONCE = 500


class ChannelRefused(DomainError):
    code = "channel_refused"


@dataclass(frozen=True, slots=True)
class ChannelWords:
    """Everything about a channel that its form can change."""

    name: str
    name_en: str
    column_names: tuple[str, ...]


def save_channel(*, actor: Actor, channel: Channel | None, version: int, wanted: ChannelWords) -> Channel:
    """Add (`channel` None, last in order) or change one. Raises PermissionDenied, ChannelRefused, ChangedMeanwhile."""
    actor.require(Permission.MANAGE_CHANNELS)
    with transaction.atomic():
        _check(wanted, but=channel)
        changes = {}
        if channel is None:
            last = _in_order().order_by("-position").values_list("position", flat=True).first()
            saved = Channel(slug=_free_slug(wanted.name_en or wanted.name), position=(last or 0) + 1)
        else:
            saved = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
            standing = ChannelWords(saved.name, saved.name_en, tuple(saved.column_names))
            if standing == wanted:
                return saved
            if saved.version != version:
                raise ChangedMeanwhile(version=saved.version, differences=_differences(standing, wanted))
            saved.version += 1
            changes = audit.differences(asdict(standing), asdict(wanted))
        saved.name, saved.name_en = wanted.name, wanted.name_en
        saved.column_names = list(wanted.column_names)
        saved.save()
        action = "library.channel_added" if channel is None else "library.channel_changed"
        audit.record(action, actor=actor.user, on=saved, data={"name": saved.name, "changes": changes})
    return saved


def move_channel(*, actor: Actor, channel: Channel, up: bool) -> None:
    """One place up or down in the navigation. Raises PermissionDenied."""
    actor.require(Permission.MANAGE_CHANNELS)
    with transaction.atomic():
        channels = list(_in_order().select_for_update(of=("self",)))
        here = next((place for place, one in enumerate(channels) if one.pk == channel.pk), None)
        there = None if here is None else here + (-1 if up else 1)
        if here is None or there is None or not 0 <= there < len(channels):
            return
        channels[here], channels[there] = channels[there], channels[here]
        for place, one in enumerate(channels):
            one.position = place
        Channel.objects.bulk_update(channels, ["position"])
        audit.record("library.channel_moved", actor=actor.user, on=channel, data={"name": channel.name})


def merge_channels(*, actor: Actor, channel: Channel, into: Channel) -> Refiling:
    """Let sources, columns and reports of a channel go into another; its address leads there from now on.

    A few hundred reports go at once, the rest in the background. Raises PermissionDenied, ChannelRefused.
    """
    actor.require(Permission.MANAGE_CHANNELS)
    with transaction.atomic():
        both = {one.pk: one for one in Channel.objects.select_for_update().filter(pk__in=(channel.pk, into.pk))}
        if len(both) < 2 or any(one.merged_into_id for one in both.values()):
            raise ChannelRefused(_("Choose another channel that is in use."))
        old, kept = both[channel.pk], both[into.pk]
        kept.column_names = list(dict.fromkeys([*kept.column_names, old.name, *old.column_names]))
        kept.version += 1
        kept.save()
        old.merged_into, old.version = kept, old.version + 1
        old.save()
        Channel.objects.filter(merged_into=old).update(merged_into=kept)
        Source.objects.filter(channel=old).update(channel=kept)
        refiling = begin_channel_refiling(old)
        if refiling.total < MOVED_AT_ONCE:
            refile_batch(refiling.pk, size=MOVED_AT_ONCE)
        audit.record("library.channels_merged", actor=actor.user, on=kept, data={"name": old.name, "into": kept.name})
    return refiling


def _in_order() -> QuerySet[Channel]:
    return Channel.objects.filter(merged_into=None).order_by("position", "id")


def _check(wanted: ChannelWords, *, but: Channel | None) -> None:
    taken = Channel.objects.filter(name=wanted.name).exclude(pk=but.pk if but else 0).select_related("merged_into")
    if (other := taken.first()) is None:
        return
    if other.merged_into is not None:
        told = _("“%(name)s” was merged into “%(into)s” and leads there. Give another name.")
        raise ChannelRefused(told % {"name": other.name, "into": other.merged_into.name})
    raise ChannelRefused(_("There is a channel “%(name)s” already. Give another name.") % {"name": other.name})


def _differences(standing: ChannelWords, wanted: ChannelWords) -> list[Difference]:
    rows = (
        (pgettext("name of a thing", "Name"), standing.name, wanted.name),
        (_("English name"), standing.name_en, wanted.name_en),
        (_("Column names"), "、".join(standing.column_names), "、".join(wanted.column_names)),
    )
    return [Difference(*row) for row in rows if row[1] != row[2]]


def _free_slug(name: str) -> str:
    wanted = slug_of(name) or "channel"
    taken = set(Channel.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 10_000))) if slug not in taken)
