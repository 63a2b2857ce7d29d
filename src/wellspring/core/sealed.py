"""Text sealed before it is stored: AES-256-GCM under keys that are derived from the installation's secret keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError

_MARK = "s1"
_NONCE_BYTES = 12


class SealedElsewhere(DomainError):
    """The key with which it was sealed is not here."""

    code = "sealed_elsewhere"


class SealBroken(DomainError):
    """It was changed since it was sealed, belongs to another field, or is no sealed text at all."""

    code = "seal_broken"


def seal(text: str, *, purpose: str) -> str:
    """`text` under the current key, as ASCII: `s1.<key>.<nonce and ciphertext>`; opens for the same `purpose` only."""
    key = _key(settings.SECRET_KEY)
    nonce = os.urandom(_NONCE_BYTES)
    closed = nonce + AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{_MARK}.{_name(key)}.{_written(closed)}"


def _written(closed: bytes) -> str:
    return base64.urlsafe_b64encode(closed).decode().rstrip("=")


def unseal(token: str, *, purpose: str) -> str:
    """The text. Raises SealedElsewhere where no key of ours fits, SealBroken where it was tampered with."""
    mark, _dot, rest = token.partition(".")
    name, dot, closed = rest.partition(".")
    if mark != _MARK or not dot:
        raise SealBroken(_("A sealed text is not one. Restore it from a backup, or enter it again."))
    key = next((key for key in _keys() if _name(key) == name), None)
    if key is None:
        raise SealedElsewhere(
            _(
                "A text was sealed with a secret key that is not here (%(key)s). Put the old key into "
                "WELLSPRING_OLD_SECRET_KEYS, or enter the text again."
            )
            % {"key": name[:16]}
        )
    try:
        raw = base64.b64decode(closed + "=" * (-len(closed) % 4), altchars=b"-_", validate=True)
        if _written(raw) != closed:  # the last character has bits to spare, in which a change would not show
            raise InvalidTag
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError):
        raise SealBroken(
            _("A sealed text was changed or moved since it was stored. Restore it from a backup, or enter it again.")
        ) from None


def is_current(token: str) -> bool:
    """Whether it is sealed with the current key, not an old one."""
    return token.startswith(f"{_MARK}.{_name(_key(settings.SECRET_KEY))}.")


class Sealed:
    """A sealed value in a model's field. It shows itself to nobody: `open()` gives the text."""

    __slots__ = ("purpose", "token")

    def __init__(self, token: str, purpose: str) -> None:
        self.token = token
        self.purpose = purpose

    def open(self) -> str:
        """The text; empty where nothing is stored. Raises SealedElsewhere, SealBroken."""
        return unseal(self.token, purpose=self.purpose) if self.token else ""

    def __bool__(self) -> bool:
        return bool(self.token)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and (self.token, self.purpose) == (other.token, other.purpose)

    def __hash__(self) -> int:
        return hash((self.token, self.purpose))

    def __str__(self) -> str:
        return "••••" if self.token else ""

    def __repr__(self) -> str:
        return f"<sealed {self.purpose}>"


class _SealedAttribute(DeferredAttribute):
    """Seals whatever is assigned in the clear."""

    field: SealedTextField

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.sealed(value)


class SealedTextField(models.TextField):
    """Text that lies sealed in the database; assign a str, read a `Sealed`. It cannot be searched or ordered by."""

    descriptor_class = _SealedAttribute
    # By these names Django's stubs know what is assigned and what is read.
    _pyi_private_set_type: str | Sealed  # type: ignore[assignment]  # a text's are narrower
    _pyi_private_get_type: Sealed  # type: ignore[assignment]  # as above

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def sealed(self, value: object) -> object:
        """A value as the attribute holds it; expressions and what is not loaded stay as they are."""
        if value is None or value == "":
            return Sealed("", self.purpose)
        return Sealed(seal(value, purpose=self.purpose), self.purpose) if isinstance(value, str) else value

    def from_db_value(self, value: str | None, *_: object) -> Sealed:
        return Sealed(value or "", self.purpose)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        held = self.sealed(value)
        return held.token if isinstance(held, Sealed) else super().get_prep_value(held)

    def value_to_string(self, obj: models.Model) -> str:
        """As fixtures hold it: still sealed."""
        held: object = self.value_from_object(obj)
        return held.token if isinstance(held, Sealed) else ""

    def deconstruct(self) -> Any:
        """To migrations it is a plain text: they need no code of ours, and see what is stored."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options


_other_places: dict[str, Callable[[], int]] = {}


def register_sealed_place(name: str, reseal: Callable[[], int]) -> None:
    """Name a place that holds sealed texts outside a SealedTextField; `reseal` does there what `resealed` does."""
    _other_places[name] = reseal


def resealed(token: str, *, purpose: str) -> str:
    """The same text under the current key; the same token where it is under it already."""
    return token if is_current(token) else seal(unseal(token, purpose=purpose), purpose=purpose)


def reseal_everything() -> int:
    """Seal anew, with the current key, whatever an old key sealed; how many values.

    May be stopped and called again. Raises SealedElsewhere, SealBroken at the first value that cannot be opened.
    """
    fields = sum(_reseal(model, field) for model, field in _sealed_fields())
    return fields + sum(reseal() for reseal in _other_places.values())


def _sealed_fields() -> Iterator[tuple[type[models.Model], SealedTextField]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def _reseal(model: type[models.Model], field: SealedTextField) -> int:
    changed = 0
    for pk in list(model._base_manager.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = model._base_manager.select_for_update().filter(pk=pk).order_by("pk").first()
            value = getattr(row, field.attname, None)
            if row is None or not isinstance(value, Sealed) or not value or is_current(value.token):
                continue
            setattr(row, field.attname, value.open())
            row.save(update_fields=[field.attname])
            changed += 1
    return changed


def _keys() -> list[bytes]:
    return [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@lru_cache(maxsize=16)
def _key(secret: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"wellspring sealed text")
    return derivation.derive(secret.encode())


def _name(key: bytes) -> str:
    return hashlib.sha256(b"name of " + key).hexdigest()[:8]
