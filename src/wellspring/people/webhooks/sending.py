"""One message to one robot over the network, through the address guard; its address is told to nobody."""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from wellspring.core.errors import DomainError, told_stored
from wellspring.engine.errors import AddressRefused, FetchError
from wellspring.engine.fetch.posting import post_now
from wellspring.people.models import GroupWebhook
from wellspring.people.webhooks.robots import Outcome, RobotAnswer, fits, message_to, read_answer

SECONDS = 5.0
MAX_BYTES = 20_000
"""Of a robot's answer."""


def tell_robot(webhook: GroupWebhook, text: str) -> RobotAnswer:
    """Post `text` to the robot and give its answer in the active language. Not inside a transaction."""
    try:
        url, secret = webhook.url.open(), webhook.secret.open()
    except DomainError as sealed:
        return RobotAnswer(Outcome.REFUSED, sealed.message[:300])
    if not fits(webhook.service, url):
        return RobotAnswer(Outcome.REFUSED, gettext("This is not the address of a robot of this service."))
    address, body = message_to(webhook.service, url, secret, text, now=timezone.now())
    limits = dataclasses.replace(
        settings.ENVIRONMENT.fetch_settings(), delay=0.0, max_seconds=SECONDS, max_bytes=MAX_BYTES
    )
    try:
        answer = post_now(address, body, content_type="application/json; charset=utf-8", settings=limits)
    except FetchError as problem:
        outcome = Outcome.REFUSED if isinstance(problem, AddressRefused) else Outcome.LATER
        said = told_stored(problem.message, {**problem.data, "url": webhook.host})
        return RobotAnswer(outcome, _without_secrets(said, url, secret)[:300])
    read = read_answer(webhook.service, answer.status, answer.payload)
    return RobotAnswer(read.outcome, _without_secrets(read.said, url, secret))


def _without_secrets(said: str, url: str, secret: str) -> str:
    """A robot may repeat in its answer what it was asked with."""
    parts = urlsplit(url)
    keys = [url, secret, *re.findall(r"=([^&]{6,})", parts.query), parts.path.rstrip("/").rpartition("/")[2]]
    for key in keys:
        if len(key) >= 6:
            said = said.replace(key, "…")
    return said
