"""A forgotten password by mail, through a real mail server; who is known here is not told."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from tests.people.accounts.entering import OTHER, make_person, sign_in, who_is
from tests.servers.smtp import SmtpServer
from wellspring.config.values import mail_server as mail_settings
from wellspring.core.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        address = f"smtp://127.0.0.1:{running.port}"
        settings.ENVIRONMENT = dataclasses.replace(
            settings.ENVIRONMENT, email_url=address, email_from="园东社区 <office@example.org>"
        )
        settings.DEFAULT_FROM_EMAIL = settings.ENVIRONMENT.email_from
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        for name, value in mail_settings(address).items():
            setattr(settings, name, value)
        yield running


def next_mail(server: SmtpServer) -> EmailMessage:
    """The mail that came; it is sent aside, so it is waited for."""
    until = time.monotonic() + 10
    while not server.mails and time.monotonic() < until:
        time.sleep(0.02)
    return server.mails[0].message


def test_the_mail_leads_to_a_new_password_and_ends_other_sessions(server: SmtpServer) -> None:
    user = make_person(full_name="陆听荷", email="tinghe@example.org")
    elsewhere, client = Client(), Client()
    sign_in(elsewhere, user)
    asked = client.post("/sign-in/forgotten/", {"email": "TingHe@example.org"})
    assert asked["Location"] == "/sign-in/forgotten/sent/"
    mail = next_mail(server)
    assert str(mail["To"]).lower() == "tinghe@example.org"
    assert "office@example.org" in str(mail["From"])
    assert "陆听荷" not in str(mail["Subject"])
    text = mail.get_content()
    assert user.username in text
    path = re.search(r"http://testserver(/sign-in/forgotten/\S+)", text)
    assert path is not None
    page = client.get(path[1], follow=True)
    answer = client.post(page.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    assert answer["Location"] == "/sign-in/forgotten/done/"
    assert who_is(elsewhere) is None
    assert sign_in(Client(), user, OTHER)
    assert AuditEntry.objects.filter(action="people.password_reset_by_mail", actor=user).exists()
    again = Client().get(path[1], follow=True)
    assert "无法使用" in again.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(server: SmtpServer) -> None:
    make_person(email="tinghe@example.org")
    make_person(email="closed@example.org", is_active=False)
    answers = [
        Client().post("/sign-in/forgotten/", {"email": address}, follow=True).content
        for address in ("nobody@example.org", "closed@example.org", "tinghe@example.org")
    ]
    texts = {re.sub(rb'(csrfmiddlewaretoken" value="|nonce=")[^"]*', b"", answer) for answer in answers}
    assert len(texts) == 1
    assert str(next_mail(server)["To"]) == "tinghe@example.org"
    assert len(server.mails) == 1


def test_nobodys_mailbox_is_flooded(server: SmtpServer) -> None:
    make_person(email="tinghe@example.org")
    answers = [Client().post("/sign-in/forgotten/", {"email": "tinghe@example.org"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200, 200, 200]
    assert "次数过多" in answers[-1].content.decode()


def test_a_mail_server_that_does_not_answer_breaks_nothing(settings: Any, server: SmtpServer) -> None:
    make_person(email="tinghe@example.org")
    settings.EMAIL_PORT = 1
    assert Client().post("/sign-in/forgotten/", {"email": "tinghe@example.org"}).status_code == 302
