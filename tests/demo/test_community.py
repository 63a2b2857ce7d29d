"""The demo's people: who they are, loaded once, and changed by nobody but visitors."""

import pytest

from wellspring.core.models import User
from wellspring.demo.community import demo_people, load_community
from wellspring.demo.people import PEOPLE
from wellspring.people.models import Member, OrgUnit, Role, RoleName
from wellspring.people.permissions import Permission
from wellspring.people.viewer import viewer_of

pytestmark = pytest.mark.django_db


def test_the_people_of_the_report_live_in_their_community() -> None:
    load_community()
    there = {member.user.full_name for member in Member.objects.filter(org__name="园东社区")}
    assert {"小徐", "小李", "小吴", "小周", "老宋书记"} <= there
    names = list(OrgUnit.objects.order_by("path").values_list("name", flat=True))
    assert names == ["苏州市", "苏州工业园区", "胜浦街道", "园东社区", "莲叶社区（示例）"]


def test_somebody_has_every_role_and_every_permission_so_that_all_can_be_tried() -> None:
    load_community()
    assert set(Role.objects.values_list("name", flat=True)) == set(RoleName.values)
    viewers = [viewer_of(resident.user) for resident in demo_people()]
    for permission in Permission:
        assert any(viewer.may(permission) for viewer in viewers), permission


def test_nobody_of_them_has_a_password() -> None:
    load_community()
    assert len(demo_people()) == len(PEOPLE)
    assert not any(resident.user.has_usable_password() for resident in demo_people())


def test_loading_again_adds_nobody_and_keeps_what_a_visitor_changed() -> None:
    load_community()
    User.objects.filter(full_name="小李").update(language="en")
    Role.objects.filter(member__user__full_name="小周").delete()
    load_community()
    assert Member.objects.count() == len(PEOPLE)
    assert User.objects.get(full_name="小李").language == "en"
    assert not Role.objects.filter(member__user__full_name="小周").exists()


def test_a_real_person_keeps_her_user_name() -> None:
    real = User.objects.create_user("demo-xu", full_name="徐真")
    load_community()
    assert real not in [resident.user for resident in demo_people()]
    assert len(demo_people()) == len(PEOPLE)
