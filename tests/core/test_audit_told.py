"""The audit trail in words: sentences, what changed, the timeline of one object."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.template import Context, Template
from django.utils import translation

from tests.people.factories import make_member, make_user
from wellspring.core import audit
from wellspring.core.audit_told import told
from wellspring.core.models import AuditEntry, User
from wellspring.core.registry import Action, register_actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sentences() -> None:
    register_actions(Action("test.renamed", "called it %(name)s"))
    translation.activate("en")


def write(action: str = "test.renamed", *, on: Any = None, actor: User | None = None, **data: Any) -> AuditEntry:
    with transaction.atomic():
        return audit.record(action, actor=actor, on=on, data=data)


def timeline(thing: Any) -> str:
    return Template("{% load audit %}{% audit_timeline thing %}").render(Context({"thing": thing}))


def test_an_entry_is_a_sentence_with_before_and_after() -> None:
    member = make_member()
    entry = write(on=member, name="园东", changes={"post": ["社工", "副站长"], "is_generalist": [False, True]})
    assert told(entry) == "called it 园东 (post: 社工 → 副站长; generalist: no → yes)"


def test_an_action_that_nobody_knows_any_more_still_shows() -> None:
    assert told(write("old.gone", changed=["name"])) == "old.gone (name)"


def test_a_sentence_whose_data_is_missing_does_not_break_the_page() -> None:
    assert "called it" in told(write())


def test_a_timeline_says_who_did_what_newest_first_and_folds_the_old_away() -> None:
    member, actor = make_member(), make_user("沈书记")
    for number in range(14):
        write(on=member, actor=actor, name=f"名{number}.")
    page = timeline(member)
    assert page.index("名13.") < page.index("名4.") < page.index("<details") < page.index("名3.")
    assert "All 14 entries" in page
    assert "沈书记" in page


def test_a_timeline_holds_nothing_about_anybody_else_and_takes_one_query(
    django_assert_max_num_queries: Any,
) -> None:
    one, other = make_member(), make_member()
    write(on=one, name="一号", actor=one.user)
    write(on=other, name="二号", actor=one.user)
    with django_assert_max_num_queries(1):
        page = timeline(one)
    assert "一号" in page
    assert "二号" not in page


def test_what_was_typed_is_text_and_never_markup() -> None:
    member = make_member()
    write(on=member, name="<script>alert(1)</script>")
    assert "<script>" not in timeline(member)
