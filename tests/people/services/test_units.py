"""Units: what may stand where, what moves along, what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.people.factories import make_member, make_org, make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.people.errors import LastAdministrator, UnitProblem
from wellspring.people.models import Level, OrgUnit
from wellspring.people.services.units import add_unit, change_unit, close_unit, reopen_unit
from wellspring.people.viewer import INSTALLATION, Actor

pytestmark = pytest.mark.django_db


def add(name: str, level: str, parent: OrgUnit | None = None, actor: Actor = INSTALLATION) -> OrgUnit:
    return add_unit(actor=actor, name=name, level=level, parent=parent)


def change(unit: OrgUnit, actor: Actor = INSTALLATION, **fields: object) -> OrgUnit:
    unit.refresh_from_db()
    values = {"name": unit.name, "level": unit.level, "parent": unit.parent, "version": unit.version, **fields}
    return change_unit(actor=actor, unit=unit, **values)  # type: ignore[arg-type]  # fields of many kinds


def test_a_unit_knows_the_way_from_its_root() -> None:
    city = add("苏州市", "city")
    district = add("苏州工业园区", "district", city)
    assert district.path == f"/{city.pk}/{district.pk}/"


def test_what_is_below_moves_along() -> None:
    city, other = add("苏州市", "city"), add("别的市", "city")
    district = add("园区", "district", city)
    community = add("柳湾社区", "community", district)
    grid = add("一网格", "grid", community)
    change(district, parent=other)
    paths = {unit.pk: unit.path for unit in OrgUnit.objects.all()}
    assert paths[grid.pk] == f"/{other.pk}/{district.pk}/{community.pk}/{grid.pk}/"
    assert paths[city.pk] == f"/{city.pk}/"


def test_a_unit_whose_number_begins_alike_stays_where_it_is() -> None:
    one, other = add("一号", "city"), add("二号", "city")
    OrgUnit.objects.filter(pk=other.pk).update(path=one.path[:-1] + "0/")
    change(one, parent=add("总", "city"), level="district")
    other.refresh_from_db()
    assert other.path == one.path[:-1] + "0/"


@pytest.mark.parametrize(
    ("level", "below"), [("community", "community"), ("city", "district"), ("grid", "grid"), ("district", "grid")]
)
def test_a_level_stands_below_a_higher_one_only(level: str, below: str) -> None:
    with pytest.raises(UnitProblem) as caught:
        add("甲", level, add("乙", below))
    assert caught.value.field == "level"


def test_a_unit_is_not_moved_below_itself() -> None:
    district = add("园区", "district")
    community = add("柳湾社区", "community", district)
    with pytest.raises(UnitProblem, match="自身"):
        change(district, parent=community, level="grid")
    with pytest.raises(UnitProblem):
        change(district, parent=district)


def test_a_name_is_there_once_in_a_place() -> None:
    district = add("园区", "district")
    add("柳湾社区", "community", district)
    with pytest.raises(UnitProblem, match="柳湾社区"):
        add(" 柳湾社区 ", "community", district)
    with pytest.raises(UnitProblem):
        add("园区", "district")
    add("柳湾社区", "community", add("新区", "district"))


@pytest.mark.parametrize("name", ["", "   ", "名" * 61])
def test_a_unit_has_a_name_that_fits(name: str) -> None:
    with pytest.raises(UnitProblem):
        add(name, "city")


def test_only_who_manages_the_office_here_and_there_moves_a_unit() -> None:
    here, there = add("园区", "district"), add("新区", "district")
    unit = add("柳湾社区", "community", here)
    with pytest.raises(PermissionDenied):
        change(unit, actor=make_viewer("leader", org=here), name="新名")
    administrator = make_viewer("administrator", org=here)
    with pytest.raises(PermissionDenied):
        change(unit, actor=administrator, parent=there)
    assert change(unit, actor=administrator, name="新柳湾社区").name == "新柳湾社区"


def test_a_root_is_for_administrators_of_a_root() -> None:
    city = add("苏州市", "city")
    district = add("园区", "district", city)
    with pytest.raises(PermissionDenied):
        add("另一市", "city", actor=make_viewer("administrator", org=district))
    add("另一市", "city", actor=make_viewer("administrator", org=city))


def test_two_who_edit_one_unit_do_not_overwrite_each_other() -> None:
    unit = add("柳湾社区", "community")
    change(unit, name="大柳湾社区")
    with pytest.raises(ChangedMeanwhile) as caught:
        change(unit, name="小柳湾社区", version=0)
    assert [(row.now, row.wanted) for row in caught.value.differences] == [("大柳湾社区", "小柳湾社区")]
    assert change(unit, name="小柳湾社区", version=caught.value.version).name == "小柳湾社区"


def test_a_unit_with_members_or_units_is_not_closed() -> None:
    district = add("园区", "district")
    community = add("柳湾社区", "community", district)
    make_member(org=community)
    for unit in (district, community):
        with pytest.raises(UnitProblem):
            close_unit(actor=INSTALLATION, unit=unit)


def test_a_closed_unit_takes_no_more_and_can_be_opened_again() -> None:
    district = add("园区", "district")
    community = add("柳湾社区", "community", district)
    close_unit(actor=INSTALLATION, unit=community)
    close_unit(actor=INSTALLATION, unit=district)
    with pytest.raises(UnitProblem, match="园区"):
        add("荷塘社区", "community", district)
    with pytest.raises(UnitProblem):
        reopen_unit(actor=INSTALLATION, unit=community)
    reopen_unit(actor=INSTALLATION, unit=district)
    assert reopen_unit(actor=INSTALLATION, unit=community).closed_on is None


def test_the_root_of_the_last_administrator_does_not_stop_being_one() -> None:
    root = make_org("柳湾社区")
    make_member("administrator", org=root)
    above = make_org("园区", level=Level.DISTRICT)
    with pytest.raises(LastAdministrator):
        change(root, parent=above)
    root.refresh_from_db()
    assert root.parent is None
