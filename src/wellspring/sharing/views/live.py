"""What phones and the screen of a running session ask for again and again."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wellspring.people.doors import to_sign_in
from wellspring.people.middleware import viewer
from wellspring.sharing.models import SessionState, SharingSession
from wellspring.sharing.queries.day import NEWEST, during_page, remembered_moment, said_mark
from wellspring.sharing.queries.discussion import Discussed, SaidRemark
from wellspring.sharing.queries.running import live_mark
from wellspring.sharing.views.day import during_context, session_address

REMEMBERED = 400
"""Parts of pages that a process keeps."""
_PLACE = secrets.token_hex(16)
"""Stands in a part that is kept where each person's own token goes."""
_set: dict[tuple[object, ...], str] = {}
_lines: dict[tuple[object, ...], str] = {}


@require_safe
@cache_control(private=True, no_store=True)
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """204 where nothing is newer than `?v=`; else the parts of the page that follow the meeting."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    mark = live_mark(request.user.pk, pk)
    if mark is None:
        raise Http404
    if request.GET.get("v") == str(mark.version):
        return HttpResponse(status=204)
    moment = remembered_moment(mark)
    session = moment.session
    if session.state != SessionState.RUNNING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    day = during_page(viewer(request), session, moment)
    new = day.parts_new_to(request.GET.get("seen", ""))
    shown = [one for one in day.discussion if one.idea] if "talk" not in new else []
    context = {
        **during_context(session, day),
        "new": new,
        "said": [_said(request, session, one) for one in shown if one.idea and f"i{one.idea.pk}" in new],
        "decided": [one for one in shown if one.idea and day.leads and f"d{one.idea.pk}" in new],
    }
    return render(request, "sharing/day/_live.html", context)


def _said(request: HttpRequest, session: SharingSession, one: Discussed) -> SafeString:
    """The remarks of a suggestion as a part of the page, set once in this process for all who see the same."""
    assert one.idea is not None
    own = tuple((said.remark.pk, said.is_mine) for said in one.remarks if said.may_withdraw)
    key = (session.check_in_code, one.idea.pk, said_mark(one), own, one.is_mine, one.may_speak, get_language())
    html = _set.get(key)
    if html is None:
        context = {"one": one, "next": session_address(session), "newest": NEWEST, "csrf_token": _PLACE}
        lines = SafeString("".join(_line(session, said, context) for said in one.remarks))
        html = render_to_string("sharing/talks/_said.html", {**context, "oob": 1, "lines": lines})
        if len(_set) >= REMEMBERED:
            _set.clear()
        _set[key] = html
    return SafeString(html.replace(_PLACE, get_token(request)))


def _line(session: SharingSession, said: SaidRemark, context: dict[str, object]) -> str:
    """One remark, set once for all who see it the same: her own has a button more."""
    key = (session.check_in_code, said.remark.pk, said.is_withdrawn, said.may_withdraw, said.is_mine, get_language())
    html = _lines.get(key)
    if html is None:
        html = render_to_string("sharing/talks/_remark.html", {**context, "said": said})
        if len(_lines) >= REMEMBERED:
            _lines.clear()
        _lines[key] = html
    return html
