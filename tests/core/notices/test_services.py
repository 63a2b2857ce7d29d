"""Notices: written with the change, folded while unread, kept to those who want them."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from tests.core.notices.kinds import MAILED, PLAIN, URGENT, tell
from tests.people.factories import make_org, make_user
from wellspring.core.models import NoticeSettings, Notification, User
from wellspring.core.notices.queries import notices_of, sentence, unread_count
from wellspring.core.notices.services import (
    is_own_path,
    mark_all_read,
    mark_read,
    notify,
    prune_notices,
    save_notice_settings,
)


@pytest.mark.django_db
def test_a_notice_is_unread_until_it_is_marked(li: User) -> None:
    assert tell(li, what="议事亭", url="/library/") == 1
    notice = notices_of(li).get()
    assert sentence(notice) == "A plain thing: 议事亭"
    assert unread_count(li) == 1
    assert mark_read(li, notice.pk) == notice
    assert unread_count(li) == 0
    assert notices_of(li).count() == 1
    assert not notices_of(li, unread_only=True).exists()


@pytest.mark.django_db
def test_nobody_reads_or_marks_the_notices_of_another(li: User) -> None:
    tell(li)
    other = make_user()
    assert mark_read(other, notices_of(li).get().pk) is None
    assert mark_all_read(other) == 0
    assert unread_count(li) == 1
    assert unread_count(other) == 0


@pytest.mark.django_db
def test_several_about_one_thing_fold_into_one_while_it_is_unread(li: User) -> None:
    thing, other = make_org("柳湾社区"), make_org("荷塘社区")
    for what in ("一", "二", "三"):
        tell(li, what=what, about=thing)
    tell(li, about=other)
    tell(li, about=thing, kind=URGENT)
    folded = notices_of(li).get(kind=PLAIN, object_id=thing.pk)
    assert folded.count == 3
    assert sentence(folded) == "3 plain things"
    assert unread_count(li) == 3
    mark_read(li, folded.pk)
    tell(li, what="四", about=thing)
    assert sentence(notices_of(li, unread_only=True).get(kind=PLAIN, object_id=thing.pk)) == "A plain thing: 四"


@pytest.mark.django_db
def test_what_is_about_nothing_is_never_folded(li: User) -> None:
    tell(li)
    tell(li)
    assert unread_count(li) == 2


@pytest.mark.django_db
def test_disabled_people_are_told_nothing(li: User) -> None:
    gone = make_user(is_active=False)
    assert tell(li, gone) == 1
    assert tell(li, li) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "library/", "///x"]
)
def test_a_notice_leads_nowhere_but_into_the_house(li: User, url: str) -> None:
    assert not is_own_path(url)
    with pytest.raises(ValueError, match="path of ours"):
        tell(li, url=url)


@pytest.mark.django_db
def test_a_kind_that_is_not_wanted_is_not_told_save_for_the_account_s_safety(li: User) -> None:
    save_notice_settings(li, NoticeSettings(), {PLAIN: (False, False), URGENT: (False, False)})
    assert tell(li) == 0
    assert tell(li, kind=URGENT) == 1
    save_notice_settings(li, NoticeSettings.objects.get(user=li), {PLAIN: (True, False)})
    assert tell(li) == 1


@pytest.mark.django_db
def test_what_is_wanted_by_mail_alone_is_shown_where_no_mail_can_be_sent(li: User) -> None:
    save_notice_settings(li, NoticeSettings(), {MAILED: (False, True)})
    tell(li, kind=MAILED)
    assert unread_count(li) == 1


@pytest.mark.django_db
def test_marking_all_leaves_what_came_after_the_page_was_made(li: User) -> None:
    tell(li)
    seen_at = timezone.now()
    tell(li)
    assert mark_all_read(li, until=seen_at) == 1
    assert unread_count(li) == 1


@pytest.mark.django_db
def test_read_notices_are_kept_half_a_year_and_unread_ones_longer(li: User) -> None:
    for _ in range(3):
        tell(li)
    first, second, third = Notification.objects.order_by("pk")
    long_ago = timezone.now() - timedelta(days=181)
    Notification.objects.filter(pk=first.pk).update(read_at=long_ago, happened_at=long_ago)
    Notification.objects.filter(pk=second.pk).update(read_at=timezone.now() - timedelta(days=179))
    Notification.objects.filter(pk=third.pk).update(happened_at=long_ago)
    assert prune_notices() == 1
    assert set(Notification.objects.all()) == {second, third}


@pytest.mark.django_db
def test_a_notice_of_a_kind_that_is_gone_is_still_shown(li: User) -> None:
    tell(li)
    Notification.objects.update(kind="test.gone")
    with translation.override("en"):
        assert "no longer known" in sentence(notices_of(li).get())


@pytest.mark.django_db(transaction=True)
def test_a_notice_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        notify([make_user()], PLAIN, data={"what": "x"})


@pytest.mark.django_db(transaction=True)
def test_a_notice_of_a_change_that_failed_is_not_there(li: User) -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            notify([li], PLAIN, data={"what": "x"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert unread_count(li) == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_about_one_thing_become_one_notice_of_two(li: User) -> None:
    thing = make_org()
    start = threading.Barrier(4)

    def go() -> None:
        try:
            start.wait(10)
            for _ in range(5):
                tell(li, about=thing)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert notices_of(li).get().count == 20
