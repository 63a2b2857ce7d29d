"""实施细则: the details of an idea, written version by version; deadline and contributors of its study."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.models import Member, not_ended
from wellspring.people.viewer import Actor
from wellspring.sharing.errors import IdeaProblem
from wellspring.sharing.models import Idea, IdeaStatus, StudyVersion
from wellspring.sharing.queries.hosting import member_of
from wellspring.sharing.queries.ideas import may_decide
from wellspring.sharing.queries.study import may_write_details
from wellspring.sharing.services.decisions import FARTHEST_YEARS, ask_contributors
from wellspring.sharing.services.ideas import locked

LONGEST_TEXT = 20_000


@transaction.atomic
def write_details(*, actor: Actor, idea: Idea, number: int, text: str, note: str = "") -> StudyVersion:
    """A new version of the details. `number`: of the version that was opened for writing, 0 where there was none.

    Its proposer, contributors and who decides on it may. Raises ChangedMeanwhile where somebody wrote a version since,
    IdeaProblem where the idea is not in study or nothing was changed, PermissionDenied.
    """
    idea = locked(idea)
    author = member_of(actor, idea.org)
    if not may_write_details(actor, idea):
        raise PermissionDenied
    _check_in_study(idea)
    text, note = text.replace("\r\n", "\n").strip(), " ".join(note.split())
    last = idea.study_versions.select_related("author__user").last()
    newest = last.number if last else 0
    if last and (last.author_id, last.text, newest) == (author.pk, text, number + 1):
        return last  # the same form, sent twice
    if not text:
        raise IdeaProblem(_("Write the details first."), field="text")
    if len(text) > LONGEST_TEXT:
        raise IdeaProblem(
            _("At most %(count)s characters. Put the rest into a paper of its own.") % {"count": LONGEST_TEXT},
            field="text",
        )
    if last and last.text == text:
        raise IdeaProblem(_("This is what version %(number)s says already.") % {"number": newest}, field="text")
    if last and newest != number:
        row = Difference(_("Implementation details"), _("version %(n)s by %(name)s") % _by(last), _("your text"))
        raise ChangedMeanwhile(version=newest, differences=[row])
    version = StudyVersion.objects.create(idea=idea, number=newest + 1, text=text, note=note, author=author)
    audit.record("sharing.study_written", actor=actor.user, on=idea, data={"number": version.number})
    notify(
        _concerned(idea, besides=actor.user),
        "sharing.study_written",
        data={"idea": idea.title, "name": author.user.get_full_name(), "number": version.number},
        url=reverse("sharing:idea_study", kwargs={"pk": idea.pk}),
        about=idea,
    )
    return version


@transaction.atomic
def change_study(
    *, actor: Actor, idea: Idea, version: int, study_due_on: date | None, contributors: Iterable[Member]
) -> Idea:
    """Give a study another deadline or other contributors; who is asked anew is told.

    Who may decide on the idea may. Raises ChangedMeanwhile, IdeaProblem, PermissionDenied.
    """
    if not may_decide(actor, idea):
        raise PermissionDenied
    idea = locked(idea)
    _check_in_study(idea)
    today = timezone.localdate()
    if study_due_on and study_due_on != idea.study_due_on and not _is_near(study_due_on, today):
        raise IdeaProblem(_("The study ends today or later, within five years."), field="study_due_on")
    asked, known = list(contributors), {member.pk for member in idea.contributors.all()}
    if idea.version != version:
        now = idea.study_due_on.isoformat() if idea.study_due_on else ""
        wanted = study_due_on.isoformat() if study_due_on else ""
        rows = [Difference(_("Study until"), now, wanted)] if now != wanted else []
        raise ChangedMeanwhile(version=idea.version, differences=rows)
    before = {"study_due_on": idea.study_due_on, "contributors": sorted(known)}
    idea.study_due_on = study_due_on
    idea.version += 1
    idea.save()
    idea.contributors.set(asked)
    after = {"study_due_on": study_due_on, "contributors": sorted(member.pk for member in asked)}
    if changes := audit.differences(before, after, secret=("contributors",)):
        audit.record("sharing.study_changed", actor=actor.user, on=idea, data={"changes": changes})
    ask_contributors(idea, [member for member in asked if member.pk not in known], actor)
    return idea


def _check_in_study(idea: Idea) -> None:
    if idea.status != IdeaStatus.STUDYING:
        raise IdeaProblem(
            _("This idea is not in study (now: %(state)s): its details stay. Copy your text if you need it.")
            % {"state": idea.get_status_display()}
        )


def _is_near(day: date, today: date) -> bool:
    return today <= day < today.replace(year=today.year + FARTHEST_YEARS, day=1)


def _by(version: StudyVersion) -> dict[str, object]:
    return {"n": version.number, "name": version.author.user.get_full_name()}


def _concerned(idea: Idea, *, besides: User | None) -> list[User]:
    """Contributors and proposer who still belong to the unit."""
    members = Member.objects.filter(
        not_ended(), pk__in=[idea.proposer_id, *idea.contributors.values_list("pk", flat=True)]
    )
    people = User.objects.filter(pk__in=members.values("user"))
    return list(people if besides is None else people.exclude(pk=besides.pk))
