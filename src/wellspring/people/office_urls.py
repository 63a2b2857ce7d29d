"""Addresses of people, units, leave and invitations at the desk, and of joining."""

from django.urls import path

from wellspring.people.views import imports, invitations, join, leave, members, membership, units

urlpatterns = [
    path("manage/people/", members.members, name="members"),
    path("manage/people/add/", membership.add, name="member_add"),
    path("manage/people/export/", imports.export, name="members_export"),
    path("manage/people/import/", imports.upload, name="import"),
    path("manage/people/import/template/", imports.template, name="import_template"),
    path("manage/people/import/<row:pk>/", imports.look, name="import_look"),
    path("manage/people/import/<row:pk>/links/", imports.links, name="import_links"),
    path("manage/people/<row:pk>/", members.member, name="member"),
    path("manage/people/<row:pk>/change/", membership.change, name="member_change"),
    path("manage/people/<row:pk>/roles/", membership.roles, name="member_roles"),
    path("manage/people/<row:pk>/take-on/", membership.take_on, name="member_take_on"),
    path("manage/people/<row:pk>/end/", membership.end, name="member_end"),
    path("manage/people/<row:pk>/end/undo/", membership.take_end_back, name="member_end_undo"),
    path("manage/people/<row:pk>/disable/", membership.disable, name="member_disable"),
    path("manage/people/<row:pk>/enable/", membership.enable, name="member_enable"),
    path("manage/people/<row:pk>/leave/add/", leave.add, name="leave_add"),
    path("manage/leave/", leave.leave, name="leave"),
    path("manage/leave/<row:pk>/", leave.change, name="leave_change"),
    path("manage/leave/<row:pk>/cancel/", leave.cancel, name="leave_cancel"),
    path("manage/units/", units.units, name="units"),
    path("manage/units/add/", units.add, name="unit_add"),
    path("manage/units/<row:pk>/", units.change, name="unit_change"),
    path("manage/units/<row:pk>/close/", units.close, name="unit_close"),
    path("manage/units/<row:pk>/reopen/", units.reopen, name="unit_reopen"),
    path("manage/invitations/", invitations.invitations, name="invitations"),
    path("manage/invitations/add/", invitations.add, name="invitation_add"),
    path("manage/invitations/<row:pk>/renew/", invitations.renew, name="invitation_renew"),
    path("manage/invitations/<row:pk>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("join/<str:token>/", join.join, name="join"),
]
