"""A person's notices and what she has chosen about them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wellspring.core.errors import told_stored
from wellspring.core.models import NoticeChoice, NoticeSettings, Notification, User
from wellspring.core.notices.kinds import NoticeKind, notice_kinds


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One kind, and how this person wants it."""

    kind: NoticeKind
    in_app: bool
    by_mail: bool


def unread_count(user: User) -> int:
    """How many of her notices are unread: one query, by index."""
    return Notification.objects.filter(user=user, read_at=None, is_shown=True).count()


def notices_of(user: User, *, unread_only: bool = False) -> QuerySet[Notification]:
    """Her notices, newest first."""
    notices = Notification.objects.filter(user=user, is_shown=True)
    return notices.filter(read_at=None) if unread_only else notices


def sentence(notice: Notification) -> str:
    """What a notice says, in the language that is active now."""
    kind = notice_kinds().get(notice.kind)
    if kind is None:
        return _("A notice of a kind that is no longer known.")
    message = kind.sentence_many if notice.count > 1 and kind.sentence_many else kind.sentence
    return told_stored(message, {**notice.data, "count": notice.count})


def is_confidential(notice: Notification) -> bool:
    """Whether its sentence may be shown after sign-in only; so is one whose kind is not known."""
    kind = notice_kinds().get(notice.kind)
    return kind is None or kind.is_confidential


def notice_settings(user: User) -> NoticeSettings:
    """When she wants to be left alone; the defaults, unsaved, where she has chosen nothing."""
    return NoticeSettings.objects.filter(user=user).first() or NoticeSettings(user=user)


def kind_choices(user: User) -> list[KindChoice]:
    """Every kind with her choice."""
    own = {each.kind: each for each in NoticeChoice.objects.filter(user=user)}
    return [
        KindChoice(
            kind,
            in_app=kind.always_shown or (own[code].in_app if code in own else True),
            by_mail=own[code].by_mail if code in own else kind.by_mail,
        )
        for code, kind in notice_kinds().items()
    ]
