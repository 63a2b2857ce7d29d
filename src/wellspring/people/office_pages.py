"""The desk's pages about people."""

from wellspring.core.registry import DeskPage
from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission

DESK_PAGES = (
    DeskPage(
        url_name="people:members",
        name=marked("People"),
        about=marked("Who belongs to the unit, with which posts and roles."),
        group="people",
        permission=Permission.SEE_PEOPLE,
        icon="people",
    ),
    DeskPage(
        url_name="people:leave",
        name=marked("Leave"),
        about=marked("Who is away when, month by month."),
        group="people",
        permission=Permission.SEE_PEOPLE,
        icon="away",
    ),
    DeskPage(
        url_name="people:invitations",
        name=marked("Invitations"),
        about=marked("Links and QR codes by which colleagues join, and who has used them."),
        group="people",
        permission=Permission.MANAGE_PEOPLE,
        icon="mail",
    ),
    DeskPage(
        url_name="people:units",
        name=marked("Units"),
        about=marked("City, district, subdistrict, community and grid: add, rename, move, close."),
        group="people",
        permission=Permission.MANAGE_OFFICE,
        icon="unit",
    ),
)
