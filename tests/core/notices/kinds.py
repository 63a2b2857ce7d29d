"""Kinds of notices for these tests alone, and how to tell somebody one."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wellspring.core.models import User
from wellspring.core.notices.kinds import NoticeKind
from wellspring.core.notices.services import notify

PLAIN, URGENT, SECRET, MAILED = "test.plain", "test.urgent", "test.secret", "test.mailed"
KINDS = (
    NoticeKind(PLAIN, "plain", "A plain thing: %(what)s", sentence_many="%(count)s plain things"),
    NoticeKind(URGENT, "urgent", "Look: %(what)s", is_urgent=True, always_shown=True, by_mail=True),
    NoticeKind(SECRET, "secret", "The case of %(what)s", is_confidential=True, by_mail=True),
    NoticeKind(MAILED, "mailed", "Read this: %(what)s", by_mail=True),
)


def tell(*users: User, kind: str = PLAIN, what: str = "x", **fields: Any) -> int:
    """Tell these people something; how many are told."""
    with transaction.atomic():
        return notify(users, kind, data={"what": what}, **fields)
