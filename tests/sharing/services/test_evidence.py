"""Evidence of a talk: found, added once, explained, put in order, taken out, and honest about what is gone."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied

from tests.core.attachments import samples
from tests.library.factories import make_snapshot
from tests.people.factories import make_member, make_org, make_viewer
from tests.sharing.factories import make_idea, make_talk
from wellspring.core.models import Attachment
from wellspring.library.models import Snapshot
from wellspring.people.viewer import Viewer, viewer_of
from wellspring.sharing.errors import TalkProblem
from wellspring.sharing.models import Evidence, Talk
from wellspring.sharing.queries.evidence import evidence_of, may_read_evidence
from wellspring.sharing.queries.trace import trace_of
from wellspring.sharing.services import evidence as services
from wellspring.sharing.services.talks import copy_talk, delete_talk

pytestmark = pytest.mark.django_db


def author_of(talk: Talk) -> Viewer:
    return viewer_of(talk.author.user)


def picture(talk: Talk, data: bytes | None = None) -> Evidence:
    file = io.BytesIO(data or samples.photo())
    return services.add_file(actor=author_of(talk), talk=talk, file=file, name="桶边.jpg", note="散袋")


def test_a_report_an_idea_and_a_file_are_each_added_once_in_order() -> None:
    talk, snapshot, idea = make_talk(), make_snapshot(title="议事亭里的长桌"), make_idea(title="误时投放点")
    actor = author_of(talk)
    for _ in range(2):
        services.add_snapshot(actor=actor, talk=talk, snapshot_id=snapshot.pk, note="第九次恳谈")
        services.add_idea(actor=actor, talk=talk, idea_id=idea.pk)
        picture(talk)
    shown = evidence_of(actor, talk)
    assert [(each.kind, each.title) for each in shown] == [
        ("report", "议事亭里的长桌"),
        ("idea", "误时投放点"),
        ("picture", "桶边.jpg"),
    ]
    assert Attachment.objects.count() == 1


def test_pieces_are_moved_explained_and_taken_out() -> None:
    talk = make_talk()
    actor = author_of(talk)
    first, second = (services.add_snapshot(actor=actor, talk=talk, snapshot_id=make_snapshot().pk) for _ in range(2))
    services.move_evidence(actor=actor, evidence=second, by=-1)
    services.move_evidence(actor=actor, evidence=second, by=-1)
    assert [row.pk for row in talk.evidence.all()] == [second.pk, first.pk]
    services.note_evidence(actor=actor, evidence=first, note="  看这里 ")
    first.refresh_from_db()
    assert first.note == "看这里"
    for _ in range(2):
        services.remove_evidence(actor=actor, evidence=second)
    assert [row.pk for row in talk.evidence.all()] == [first.pk]


def test_what_left_the_library_is_still_called_by_its_name() -> None:
    talk, snapshot = make_talk(), make_snapshot(title="议事亭里的长桌")
    actor = author_of(talk)
    services.add_snapshot(actor=actor, talk=talk, snapshot_id=snapshot.pk)
    gone, _ = snapshot.pk, snapshot.delete()
    [shown] = evidence_of(actor, talk)
    assert (shown.kind, shown.title, shown.address) == ("gone", "议事亭里的长桌", "")
    with pytest.raises(TalkProblem):
        services.add_snapshot(actor=actor, talk=make_talk(author=talk.author), snapshot_id=gone)


def test_an_idea_that_the_author_may_not_see_is_not_added() -> None:
    talk, foreign = make_talk(), make_idea(proposer=make_talk().author)
    type(foreign).objects.filter(pk=foreign.pk).update(org=make_org("荷塘社区"))
    with pytest.raises(TalkProblem) as refused:
        services.add_idea(actor=author_of(talk), talk=talk, idea_id=foreign.pk)
    assert refused.value.code == "idea_gone"


def test_a_file_is_read_by_those_who_see_the_talk_and_goes_with_the_last_talk_that_has_it() -> None:
    talk = make_talk()
    file = picture(talk).attachment
    assert file is not None
    colleague, stranger = make_viewer(), make_viewer("leader", org=make_org("荷塘社区"))
    assert may_read_evidence(author_of(talk), file)
    assert not may_read_evidence(colleague, file)
    Talk.objects.filter(pk=talk.pk).update(state="ready")
    assert may_read_evidence(colleague, file)
    assert not may_read_evidence(stranger, file)
    Talk.objects.filter(pk=talk.pk).update(state="draft")
    copied = copy_talk(actor=author_of(talk), talk=talk)
    delete_talk(actor=author_of(talk), talk=talk)
    assert Attachment.objects.filter(pk=file.pk).exists()
    services.remove_evidence(actor=author_of(copied), evidence=copied.evidence.get())
    assert not Attachment.objects.exists()


def test_nobody_else_adds_to_a_talk_and_a_given_one_stays() -> None:
    talk, snapshot = make_talk(state="ready"), make_snapshot()
    with pytest.raises(PermissionDenied):
        services.add_snapshot(actor=make_viewer("leader"), talk=talk, snapshot_id=snapshot.pk)
    Talk.objects.filter(pk=talk.pk).update(state="given")
    with pytest.raises(TalkProblem):
        services.add_snapshot(actor=author_of(talk), talk=talk, snapshot_id=snapshot.pk)


def test_a_report_whose_page_was_changed_by_its_publisher_stays_what_was_chosen() -> None:
    talk, snapshot = make_talk(), make_snapshot(title="议事亭里的长桌")
    actor = author_of(talk)
    piece = services.add_snapshot(actor=actor, talk=talk, snapshot_id=snapshot.pk)
    Snapshot.objects.filter(pk=snapshot.pk).update(is_latest=False)
    [shown] = evidence_of(actor, talk)
    assert (shown.kind, shown.address) == ("report", f"/library/snapshots/{snapshot.pk}/")
    services.note_evidence(actor=actor, evidence=piece, note="第九次\0恳谈")
    piece.refresh_from_db()
    assert piece.note == "第九次恳谈", "no database keeps such a sign"


def test_the_trace_leads_to_no_evidence_that_its_reader_may_not_open() -> None:
    talk = make_talk(state="ready")
    idea = make_idea(proposer=talk.author, suggestion=talk.suggestions.get())
    elsewhere = make_idea(proposer=make_member(org=make_org("荷塘社区")), title="别处的点子")
    Evidence.objects.create(talk=talk, idea=elsewhere, title="别处的点子")
    [piece] = trace_of(author_of(talk), idea).evidence.shown
    assert (piece.title, piece.address) == ("别处的点子", "")  # type: ignore[attr-defined]  # of several kinds


def test_evidence_is_read_by_a_number_of_queries_that_does_not_grow(django_assert_max_num_queries: object) -> None:
    talk = make_talk()
    actor = author_of(talk)
    for _ in range(4):
        services.add_snapshot(actor=actor, talk=talk, snapshot_id=make_snapshot().pk)
        services.add_idea(actor=actor, talk=talk, idea_id=make_idea().pk)
    with django_assert_max_num_queries(4):  # type: ignore[operator]  # the fixture
        assert len(evidence_of(actor, talk)) == 8
