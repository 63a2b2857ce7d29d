"""Sessions, talks and ideas for tests, as rows; what services do is tested through the services."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.people.factories import make_member, make_org
from wellspring.people.models import Member, OrgUnit
from wellspring.sharing.models import Idea, Remark, SharingSession, Suggestion, Talk

_numbers = itertools.count(1)


def make_session(*, org: OrgUnit | None = None, **fields: Any) -> SharingSession:
    """A session in three days, in 柳湾社区."""
    fields.setdefault("title", f"社工分享会{next(_numbers)}")
    fields.setdefault("starts_at", timezone.now() + timedelta(days=3))
    fields.setdefault("place", "二楼会议室")
    return SharingSession.objects.create(org=org or make_org(), **fields)


def make_talk(
    *, author: Member | None = None, suggestions: tuple[str, ...] = ("楼道口设误时投放点",), **fields: Any
) -> Talk:
    """A draft with its suggestions."""
    author = author or make_member()
    fields.setdefault("title", f"垃圾分类的难处{next(_numbers)}")
    fields.setdefault("current_state", "误时投放多，桶边常有散袋。")
    fields.setdefault("causes", "上班族赶不上投放时段。")
    talk = Talk.objects.create(org=author.org, author=author, **fields)
    for position, title in enumerate(suggestions):
        Suggestion.objects.create(talk=talk, position=position, title=title)
    return talk


def make_idea(*, proposer: Member | None = None, **fields: Any) -> Idea:
    """A collected idea without a talk."""
    proposer = proposer or make_member()
    fields.setdefault("title", f"错时投放志愿岗{next(_numbers)}")
    return Idea.objects.create(org=proposer.org, proposer=proposer, **fields)


def make_remark(idea: Idea, text: str = "晚上八点最需要人。", *, author: Member | None = None, **fields: Any) -> Remark:
    """Something said to an idea by a colleague."""
    fields.setdefault("once", f"once-{next(_numbers)}")
    return Remark.objects.create(idea=idea, text=text, author=author or make_member(org=idea.org), **fields)
