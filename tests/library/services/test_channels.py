"""Channels as the office changes them; none is deleted, and each keeps its address."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.library.factories import make_channel
from tests.people.factories import make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.library.models import Channel
from wellspring.library.queries.lists import channels
from wellspring.library.services.channels import (
    ChannelRefused,
    ChannelWords,
    merge_channels,
    move_channel,
    save_channel,
)

pytestmark = pytest.mark.django_db


def saved(channel: Channel | None, name: str, *columns: str, version: int = 0) -> Channel:
    wanted = ChannelWords(name, "", columns)
    return save_channel(actor=make_viewer("archivist"), channel=channel, version=version, wanted=wanted)


def test_a_channel_is_added_last_and_renamed_without_losing_its_address() -> None:
    make_channel(position=3)
    channel = saved(None, "平安法治", "法治在线")
    assert [one.name for one in channels()] == ["国内", "平安法治"]
    renamed = saved(channel, "平安与法治", "法治在线")
    assert (renamed.slug, renamed.version) == ("ping-an-fa-zhi", 1)
    with pytest.raises(ChangedMeanwhile):
        saved(channel, "法治", version=0)


def test_a_name_that_is_taken_is_refused_with_the_way_out() -> None:
    old, kept = make_channel("old", "旧栏"), make_channel("kept", "新栏")
    with pytest.raises(ChannelRefused):
        saved(None, "新栏")
    merge_channels(actor=make_viewer("leader"), channel=old, into=kept)
    with pytest.raises(ChannelRefused, match="新栏"):
        saved(None, "旧栏")
    for one, other in ((old, kept), (kept, old), (kept, kept)):
        with pytest.raises(ChannelRefused):
            merge_channels(actor=make_viewer("leader"), channel=one, into=other)


def test_the_order_is_changed_one_place_at_a_time() -> None:
    for place, name in enumerate("甲乙丙"):
        make_channel(f"c{place}", name, position=place)
    leader = make_viewer("leader")
    move_channel(actor=leader, channel=Channel.objects.get(name="丙"), up=True)
    move_channel(actor=leader, channel=Channel.objects.get(name="甲"), up=True)
    assert [one.name for one in channels()] == ["甲", "丙", "乙"]


def test_only_who_manages_channels_may_change_them() -> None:
    channel, worker = make_channel(), make_viewer("worker")
    with pytest.raises(PermissionDenied):
        save_channel(actor=worker, channel=None, version=0, wanted=ChannelWords("新的", "", ()))
    with pytest.raises(PermissionDenied):
        move_channel(actor=worker, channel=channel, up=True)
    with pytest.raises(PermissionDenied):
        merge_channels(actor=worker, channel=channel, into=make_channel("kept", "新栏"))
