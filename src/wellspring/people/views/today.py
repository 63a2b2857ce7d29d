"""Where a member lands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wellspring.people.doors import members_only
from wellspring.people.middleware import viewer
from wellspring.people.today import belongings, cards_for, greeting, todays_date, waiting_for


@require_safe
@members_only
def today(request: HttpRequest) -> HttpResponse:
    """The day at a glance: for whoever is signed in, also for who belongs nowhere yet."""
    me = viewer(request)
    now = timezone.now()
    cards = cards_for(me)
    context = {
        "now": now,
        "date": todays_date(),
        "greeting": greeting(now),
        "belongings": belongings(me),
        "waiting": waiting_for(me),
        "styles": sorted({card.styles for card in cards if card.styles}),
        "cards": [card for card in cards if not card.is_beside],
        "cards_beside": [card for card in cards if card.is_beside],
    }
    return render(request, "people/today.html", context)
