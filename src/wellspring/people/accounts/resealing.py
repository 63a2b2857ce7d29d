"""The secrets of second factors, sealed anew when the installation's secret key is changed."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from wellspring.core.sealed import register_sealed_place, resealed
from wellspring.people.accounts.adapters import SECOND_FACTOR

_SEALED_KEYS = ("secret", "seed")
"""Of the authenticator app, of the recovery codes."""


def register_second_factors() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_sealed_place("second factors", reseal_second_factors)


def reseal_second_factors() -> int:
    """Seal anew what an old key sealed; how many. Raises SealedElsewhere, SealBroken."""
    changed = 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if factor is None:
                continue
            anew = {
                key: resealed(factor.data[key], purpose=SECOND_FACTOR)
                for key in _SEALED_KEYS
                if isinstance(factor.data.get(key), str)
            }
            if any(factor.data[key] != token for key, token in anew.items()):
                factor.data = {**factor.data, **anew}
                factor.save(update_fields=["data"])
                changed += 1
    return changed
