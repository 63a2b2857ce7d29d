"""An idea with a long history for tests: evidence, talk, remarks, decisions, study, plan, updates, outcome."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from tests.library.factories import make_snapshot, make_topic
from tests.people.factories import make_member, make_org
from tests.plan.factories import make_item, make_plan
from tests.sharing.factories import make_session, make_talk
from wellspring.people.models import Member, OrgUnit
from wellspring.plan.models import Outcome, Progress, Verdict
from wellspring.sharing.models import (
    AgendaSlot,
    Decision,
    Endorsement,
    Evidence,
    Idea,
    IdeaStatus,
    Remark,
    StudyVersion,
)

LONG = "居家养老服务知道的人少，用的人更少；申请要跑两趟、填三张表，老人不放心生面孔，子女又在外地。"


def make_long_idea(
    *, org: OrgUnit | None = None, remarks: int = 200, versions: int = 12, updates: int = 30, items: int = 3
) -> Idea:
    """A golden idea, reported back after a long way; every text as long as its field or near that."""
    org = org or make_org()
    author = make_member(org=org, full_name="欧阳晓芙蓉")
    people = [make_member(org=org, full_name=f"上官婉儿{number}") for number in range(20)]
    talk = make_talk(author=author, suggestions=(), state="given", title="居家养老服务" * 13)
    talk.topic = make_topic()
    talk.current_state = talk.causes = LONG * 12
    talk.save()
    session = make_session(org=org, host=people[0])
    AgendaSlot.objects.create(session=session, speaker=author, talk=talk)
    for number in range(12):
        snapshot = make_snapshot(f"{number}　{LONG}"[:90], source_name="江南社区治理与服务观察报")
        Evidence.objects.create(talk=talk, snapshot=snapshot, title=snapshot.title, position=number)
    suggestion = talk.suggestions.create(title="提高居家养老服务普及率，" * 6, details=LONG * 12)
    idea = Idea.objects.create(
        org=org,
        proposer=author,
        suggestion=suggestion,
        topic=talk.topic,
        title=suggestion.title,
        details=suggestion.details,
        status=IdeaStatus.REPORTED,
        is_golden=True,
    )
    _said(idea, people, remarks)
    _decided(idea, people[0])
    StudyVersion.objects.bulk_create(
        StudyVersion(idea=idea, number=number, text=(LONG + "\n") * 9, note=LONG, author=people[number % 20])
        for number in range(1, versions + 1)
    )
    for number in range(items):
        _planned(idea, people, updates, number)
    return idea


def _said(idea: Idea, people: list[Member], remarks: int) -> None:
    Remark.objects.bulk_create(
        Remark(idea=idea, author=people[number % 20], text=LONG * 8, once=f"long-{idea.pk}-{number}")
        for number in range(remarks)
    )
    Endorsement.objects.bulk_create(Endorsement(idea=idea, member=member) for member in people)


def _decided(idea: Idea, by: Member) -> None:
    statuses = ["studying", "kept", "collected", "golden", "studying", "golden", "adopted", "reported"]
    Decision.objects.bulk_create(
        Decision(
            idea=idea,
            status=status,
            reason=LONG * 6,
            decided_by=None if status in ("collected", "reported") else by.user,
            decided_at=timezone.now() - timedelta(days=100 - number),
        )
        for number, status in enumerate(statuses)
    )


def _planned(idea: Idea, people: list[Member], updates: int, number: int) -> None:
    item = make_item(
        plan=make_plan(org=idea.org),
        goal="居家养老服务普及率翻一番" * 10,
        owner=people[number],
        origin_kind="sharing.idea",
        origin_id=idea.pk,
        measure="在用居家养老服务的老人家庭数" * 8,
        unit="户",
        baseline=Decimal(118),
        target=Decimal(236),
        state="done",
    )
    Progress.objects.bulk_create(
        Progress(item=item, text=LONG * 8, value=Decimal(118 + each), written_by=people[0].user)
        for each in range(updates)
    )
    Outcome.objects.create(
        item=item, verdict=Verdict.REACHED, value=Decimal(246), text=LONG * 8, recorded_by=people[0].user
    )
