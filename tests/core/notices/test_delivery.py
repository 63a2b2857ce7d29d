"""Mails with notices: sent through a real server, tried again, never lost, and silent about what is confidential."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.core.notices.kinds import MAILED, PLAIN, SECRET, URGENT, tell
from tests.people.factories import make_user
from tests.servers.smtp import SmtpServer
from wellspring.core.models import MailPace, NoticeDelivery, NoticeSettings, User
from wellspring.core.notices.delivery import LEASE, OUTAGE_PAUSE, claim_mail, deliver_mails
from wellspring.core.notices.health import look_at_mails
from wellspring.core.notices.queries import notices_of
from wellspring.core.notices.services import mark_read
from wellspring.core.notices.tasks import sweep_mails

pytestmark = pytest.mark.django_db


def make_due() -> None:
    NoticeDelivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def text_of(server: SmtpServer, number: int = -1) -> tuple[str, str]:
    """The plain and the HTML part of a mail."""
    message = server.mails[number].message
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_notice_leaves_as_text_and_html_with_a_link(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=MAILED, what="<议事亭> & 长桌", url="/library/")
    assert deliver_mails() == 1
    mail = post.mails[0]
    assert mail.recipients == ["he@example.org"]
    assert mail.sender == "office@example.org"
    assert mail.message["Subject"] == "源动力：mailed"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    plain, html = text_of(post)
    link = f"https://ws.example.org/notices/{notices_of(never_quiet).get().pk}/"
    assert "Read this: <议事亭> & 长桌" in plain
    assert link in plain
    assert "&lt;议事亭&gt; &amp; 长桌" in html
    assert f'href="{link}"' in html
    assert deliver_mails() == 0


def test_what_is_due_together_leaves_together(post: SmtpServer, never_quiet: User) -> None:
    other = make_user(email="other@example.org")
    NoticeSettings.objects.create(user=other, quiet_from="00:00", quiet_until="00:00", rest_days=True)
    for what in ("一", "二", "三"):
        tell(never_quiet, other, kind=MAILED, what=what)
    assert deliver_mails() == 2
    assert post.connections == 1
    assert {mail.recipients[0] for mail in post.mails} == {"he@example.org", "other@example.org"}
    assert post.mails[0].message["Subject"] == "源动力：3 条新通知"
    assert all(f"Read this: {what}" in text_of(post, 0)[0] for what in ("一", "二", "三"))


def test_a_confidential_notice_is_counted_and_not_told(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=SECRET, what="陆听荷")
    tell(never_quiet, kind=MAILED, what="议事亭")
    deliver_mails()
    plain, html = text_of(post)
    raw = post.mails[0].message.as_string()
    assert "陆听荷" not in plain + html + raw + str(post.mails[0].message["Subject"])
    assert "1 条新通知，请登录" in plain
    assert "1 条新通知，请登录" in html
    tell(never_quiet, kind=SECRET, what="陆听荷")
    deliver_mails()
    assert post.mails[1].message["Subject"] == "源动力：1 条新通知"
    assert "https://ws.example.org/notices/" in text_of(post)[0]


def test_quiet_hours_hold_up_all_but_what_is_urgent(post: SmtpServer, li: User) -> None:
    now = timezone.localtime()
    NoticeSettings.objects.create(
        user=li,
        quiet_from=(now - timedelta(hours=1)).time(),
        quiet_until=(now + timedelta(hours=1)).time(),
        rest_days=True,
    )
    tell(li, kind=MAILED)
    tell(li, kind=URGENT)
    assert deliver_mails() == 1
    assert "Look" in text_of(post)[0]
    assert len(post.mails) == 1
    make_due()
    assert deliver_mails() == 1


@pytest.mark.parametrize("pace", [MailPace.OFF, MailPace.DAILY])
def test_who_wants_no_mail_or_one_a_day_gets_none_now(post: SmtpServer, li: User, pace: str) -> None:
    NoticeSettings.objects.create(user=li, mail_pace=pace, rest_days=True)
    tell(li, kind=MAILED)
    assert deliver_mails() == 0
    assert NoticeDelivery.objects.count() == (pace == MailPace.DAILY)


def test_kinds_that_are_not_mailed_and_people_without_address_cost_no_mail(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=PLAIN)
    tell(make_user(), kind=MAILED)
    assert not NoticeDelivery.objects.exists()


def test_what_was_read_in_the_house_is_not_mailed(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=MAILED)
    mark_read(never_quiet, notices_of(never_quiet).get().pk)
    tell(never_quiet, kind=MAILED)
    notices_of(never_quiet, unread_only=True).update(read_at=timezone.now())
    assert deliver_mails() == 0
    assert post.mails == []


def test_a_notice_that_grows_is_not_mailed_again_the_same_day(post: SmtpServer, never_quiet: User) -> None:
    for _ in range(3):
        tell(never_quiet, kind=MAILED, about=never_quiet)
        deliver_mails()
    assert len(post.mails) == 1
    NoticeDelivery.objects.update(sent_at=timezone.now() - timedelta(days=2))
    tell(never_quiet, kind=MAILED, about=never_quiet)
    assert deliver_mails() == 1


def test_a_server_that_does_not_answer_costs_one_try_and_loses_nothing(
    post: SmtpServer, never_quiet: User, settings: Settings
) -> None:
    other = make_user(email="other@example.org")
    tell(never_quiet, other, kind=URGENT)
    good, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliver_mails() == 0
    first, second = NoticeDelivery.objects.order_by("-attempts")
    assert "ConnectionRefusedError" in first.last_error
    assert (first.attempts, second.attempts) == (1, 0)
    assert second.due_at > timezone.now() + OUTAGE_PAUSE - timedelta(seconds=30)
    assert [finding.level for finding in look_at_mails()] == ["wrong"]
    settings.EMAIL_PORT = good
    assert deliver_mails() == 0, "not before its time"
    make_due()
    assert deliver_mails() == 2
    assert [finding.level for finding in look_at_mails()] == ["good"]


def test_each_failure_waits_longer_than_the_one_before(post: SmtpServer, never_quiet: User) -> None:
    post.refused["he@example.org"] = "451 greylisted"
    tell(never_quiet, kind=URGENT)
    waits = []
    for _ in range(12):
        make_due()
        deliver_mails()
        waits.append((NoticeDelivery.objects.get().due_at - timezone.now()).total_seconds())
    assert waits == sorted(waits) or waits[-1] <= 6 * 3600
    assert 50 < waits[0] < 70
    assert waits[1] > 110
    assert waits[-1] <= 6 * 3600
    del post.refused["he@example.org"]
    make_due()
    assert deliver_mails() == 1


@pytest.mark.parametrize("where", ["recipient", "content"])
def test_a_mail_that_is_refused_for_good_is_given_up_and_told_on_the_health_page(
    post: SmtpServer, never_quiet: User, where: str
) -> None:
    other = make_user(email="other@example.org")
    if where == "recipient":
        post.refused["he@example.org"] = "550 no such user"
    else:
        post.data_reply = "554 looks like spam"
    tell(never_quiet, kind=URGENT)
    for _ in range(5):
        make_due()
        deliver_mails()
    delivery = NoticeDelivery.objects.get()
    assert delivery.given_up_at is not None
    assert delivery.attempts == 3
    assert "55" in delivery.last_error
    assert [finding.level for finding in look_at_mails()] == ["warning"]
    post.data_reply = "250 kept"
    tell(other, kind=URGENT)
    assert deliver_mails() == 1, "others are not held up"


def test_a_sender_that_dies_between_sending_and_marking_costs_one_duplicate(
    post: SmtpServer, never_quiet: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(never_quiet, kind=URGENT, what="一")

    def killed(_claimed: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("wellspring.core.notices.delivery._mark_sent", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver_mails()
    tell(never_quiet, kind=URGENT, what="二")
    assert deliver_mails() == 1, "the new one alone: the other may still be on its way"
    NoticeDelivery.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    assert deliver_mails() == 1
    assert deliver_mails() == 0
    first, _new, again = post.mails
    assert first.message["Message-ID"] == again.message["Message-ID"]
    assert len({mail.message["Message-ID"] for mail in post.mails}) == 2


def test_a_mail_is_claimed_by_one_sender_at_a_time(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=URGENT)
    claimed = claim_mail()
    assert claimed is not None
    assert claim_mail() is None
    assert NoticeDelivery.objects.get().due_at > timezone.now() + LEASE - timedelta(minutes=1)


def test_an_account_without_address_or_ended_meanwhile_is_not_mailed(post: SmtpServer, never_quiet: User) -> None:
    tell(never_quiet, kind=URGENT)
    User.objects.update(is_active=False)
    assert deliver_mails() == 0
    assert NoticeDelivery.objects.get().given_up_at is not None
    assert [finding.level for finding in look_at_mails()] == ["good"]


def test_the_sweep_enqueues_one_task_while_there_is_something_to_send(post: SmtpServer, never_quiet: User) -> None:
    assert sweep_mails() == 0
    tell(never_quiet, kind=URGENT)
    assert sweep_mails() == 1
    assert sweep_mails() == 0


def test_without_a_mail_server_nothing_is_planned(li: User, settings: Settings) -> None:
    tell(li, kind=URGENT)
    assert not NoticeDelivery.objects.exists()
    assert [finding.level for finding in look_at_mails()] == ["good"]
