"""Every page that the desk lists takes at most twelve queries, however much stands on it; later pages as well.

Save the health page, which wants a signed log: see `tests/library/log/test_health.py`.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_channel, make_snapshot, make_source, make_topic, make_visit
from tests.people.factories import make_member, make_org
from wellspring.core.registry import desk_pages
from wellspring.library.models import Correction
from wellspring.library.services.source_changes import pause_source
from wellspring.people.models import Level, Member
from wellspring.people.services.invitations import invite
from wellspring.people.services.leave import add_leave
from wellspring.people.viewer import viewer_of
from wellspring.people.webhooks.services import add_webhook

pytestmark = pytest.mark.django_db

ROBOT = "https://open.feishu.cn/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000"


def fill(administrator: Member) -> None:
    actor, today = viewer_of(administrator.user), timezone.localdate()
    for number in range(15):
        unit = make_org(f"第{number}网格", level=Level.GRID, parent=administrator.org)
        add_leave(actor=actor, member=make_member("worker", "mentor", org=unit), from_on=today, until_on=today)
        invite(actor=actor, org=unit, full_name=f"来客{number}")
        add_webhook(actor=actor, org=unit, name="值班群", service="feishu", url=ROBOT)
        source = make_source()
        make_visit(source, finished_at=timezone.now())
        pause_source(actor=actor, source=source)
        snapshot = make_snapshot(source=source)
        Correction.objects.create(snapshot=snapshot, field="title", value="新", was="旧", reason="错字")
        make_topic(f"topic-{number}", f"主题{number}")
        make_channel(f"channel-{number}", f"类别{number}")


def test_a_page_of_the_desk_takes_twelve_queries_at_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    administrator = make_member("administrator")
    fill(administrator)
    client = Client()
    client.force_login(administrator.user)
    for address in {reverse(page.url_name) for page in desk_pages()} - {reverse("people:health")}:
        client.get(address)  # what is remembered is remembered
        with django_assert_max_num_queries(12, info=address):
            assert client.get(address).status_code == 200
