"""Counting attempts to sign in, so that guessing stops soon and the owner still gets in.

Three counts, each with its own limit: one account from one address, one account from everywhere, one address whatever
the account. A browser in which the account signed in before is counted by itself instead: neither guesses from
elsewhere nor a neighbour behind the same office address lock it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from wellspring.people.accounts.errors import TooManyAttempts
from wellspring.people.models import SignInAttempt

_QUARTER = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted, how much of it is let through, in which time."""

    bucket: str
    limit: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was let through: a failure unless it is told that it succeeded."""

    rows: tuple[int, ...]
    buckets: tuple[str, ...]
    """Those of the account, which a success empties."""

    def succeeded(self) -> None:
        """The owner is here: her own failures are forgotten, those of the address are not."""
        SignInAttempt.objects.filter(pk__in=self.rows).delete()
        SignInAttempt.objects.filter(bucket__in=self.buckets).delete()


def begin_attempt(*, account: str, address: str, device: str = "") -> Attempt:
    """Let one more attempt at `account` through, counting it before anything is checked.

    `account`: any text that names it, known here or not; `address`: the client's; `device`: the id of a browser in
    which this account signed in before, else empty. Raises TooManyAttempts with the minutes to wait.
    """
    mine = [Count(_bucket("device", account, device), 10, _QUARTER)] if device else []
    if not device:
        mine = [
            Count(_bucket("pair", account, address), 5, _QUARTER),
            Count(_bucket("account", account), 20, _HOUR),
        ]
    shared = [] if device else [Count(_bucket("address", address), 100, _QUARTER)]
    rows = _let_through([*mine, *shared])
    return Attempt(rows, tuple(count.bucket for count in mine if count.window == _QUARTER))


def count_request(*names: str, limit: int, window: timedelta) -> None:
    """Let one more request of this kind through, such as a mail to one address. Raises TooManyAttempts."""
    _let_through([Count(_bucket("request", *names), limit, window)])


def forget_attempts(account: str) -> None:
    """The owner set a new password: failures of the account from everywhere no longer count."""
    SignInAttempt.objects.filter(bucket=_bucket("account", account)).delete()


def sweep_attempts() -> str:
    """Delete what no count looks at any more; a line for the worker's log."""
    gone = SignInAttempt.objects.filter(at__lt=timezone.now() - _KEPT).delete()[0]
    return f"{gone} old attempts to sign in deleted" if gone else ""


def _let_through(counts: Sequence[Count]) -> tuple[int, ...]:
    now = timezone.now()
    _refuse_over_limit(counts, now)
    rows = SignInAttempt.objects.bulk_create(SignInAttempt(bucket=count.bucket, at=now) for count in counts)
    taken = tuple(row.pk for row in rows)
    try:
        # Others may have been let through since the first look; all rows are visible now.
        _refuse_over_limit(counts, now, taken)
    except TooManyAttempts:
        SignInAttempt.objects.filter(pk__in=taken).delete()
        raise
    return taken


def _refuse_over_limit(counts: Sequence[Count], now: datetime, own: tuple[int, ...] = ()) -> None:
    longest = max(count.window for count in counts)
    seen: dict[str, list[datetime]] = {count.bucket: [] for count in counts}
    found = SignInAttempt.objects.filter(bucket__in=seen, at__gt=now - longest).exclude(pk__in=own)
    for bucket, at in found.order_by("at").values_list("bucket", "at"):
        seen[bucket].append(at)
    waits = []
    for count in counts:
        recent = [at for at in seen[count.bucket] if at > now - count.window]
        if len(recent) >= count.limit:
            waits.append(recent[len(recent) - count.limit] + count.window - now)
    if waits:
        raise TooManyAttempts(max(1, math.ceil(max(waits).total_seconds() / 60)))


def _bucket(*names: str) -> str:
    return salted_hmac("wellspring.sign_in_attempts", "\0".join(names), algorithm="sha256").hexdigest()[:40]
