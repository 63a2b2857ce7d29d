"""Who lives in the demo: the community of the report, and the people it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from wellspring.engine.errors import marked
from wellspring.people.models import Level, RoleName

CITY, SUBDISTRICT, COMMUNITY, NEIGHBOUR = "苏州市", "胜浦街道", "园东社区", "莲叶社区（示例）"
UNITS = (
    (Level.CITY, CITY, ""),
    (Level.DISTRICT, "苏州工业园区", CITY),
    (Level.SUBDISTRICT, SUBDISTRICT, "苏州工业园区"),
    (Level.COMMUNITY, COMMUNITY, SUBDISTRICT),
    (Level.COMMUNITY, NEIGHBOUR, SUBDISTRICT),
)
"""Level, name and the name of the unit above; each after the one above it."""

_PREFIX = "demo-"


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    unit: str
    post: str
    roles: tuple[RoleName, ...]
    about: str
    """Marked message: who she is, one sentence."""
    joined: tuple[int, int, int]
    """Year, month, day."""
    is_generalist: bool = False
    elder_mode: bool = False
    away_in_days: int | None = None
    """Days from the demo's beginning to three days of leave, so that the office's calendar has something to show."""

    @property
    def username(self) -> str:
        return _PREFIX + self.key


PEOPLE = (
    Person(
        "xu",
        "小徐",
        COMMUNITY,
        "社工",
        (RoleName.WORKER,),
        marked("Social worker; has ideas for the care of the elderly at home."),
        (2021, 7, 1),
        is_generalist=True,
    ),
    Person(
        "li",
        "小李",
        COMMUNITY,
        "社工",
        (RoleName.WORKER,),
        marked("Social worker for a little over a year; learns at every sharing session."),
        (2022, 9, 13),
        away_in_days=9,
    ),
    Person(
        "wu",
        "小吴",
        COMMUNITY,
        "社工（调解员）",
        (RoleName.WORKER,),
        marked("Social worker; settled a difficult dispute with Lao Song's help."),
        (2020, 3, 16),
        is_generalist=True,
        away_in_days=16,
    ),
    Person(
        "zhou",
        "小周",
        COMMUNITY,
        "社工",
        (RoleName.WORKER,),
        marked("Social worker; was the rotating chair in November."),
        (2022, 11, 1),
    ),
    Person(
        "song",
        "老宋书记",
        COMMUNITY,
        "老书记工作坊 师傅",
        (RoleName.MENTOR,),
        marked("Former village secretary; mentor in the old secretaries' workshop, reads in large type."),
        (2019, 1, 1),
        elder_mode=True,
    ),
    Person(
        "shen",
        "沈书记",
        COMMUNITY,
        "社区党委书记",
        (RoleName.LEADER,),
        marked("Leads the community; invites people and gives roles."),
        (2018, 5, 7),
    ),
    Person(
        "lu",
        "小陆",
        COMMUNITY,
        "资料员",
        (RoleName.ARCHIVIST,),
        marked("Archivist; looks after sources and topics, corrects what was misread."),
        (2021, 1, 4),
    ),
    Person(
        "lin",
        "林工",
        CITY,
        "系统管理员",
        (RoleName.ADMINISTRATOR,),
        marked("Administrator; may set everything at the desk."),
        (2020, 1, 2),
    ),
    Person(
        "gu",
        "顾督导",
        SUBDISTRICT,
        "街道督导员",
        (RoleName.OBSERVER,),
        marked("Observer from the subdistrict; reads and changes nothing."),
        (2022, 1, 4),
    ),
    Person(
        "he",
        "小荷",
        NEIGHBOUR,
        "社工",
        (RoleName.WORKER,),
        marked("Social worker of the community next door; opens her ideas to others."),
        (2022, 4, 6),
    ),
)
