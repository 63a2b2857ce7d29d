"""Everything that was entered, in files that can be read without Wellspring; and what is kept about one person."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from wellspring.core import audit
from wellspring.core.backup.form import as_json
from wellspring.core.backup.place import kept_files
from wellspring.core.backup.tables import kept_models, one_moment
from wellspring.core.errors import DomainError
from wellspring.core.models import User
from wellspring.core.registry import Action, register_actions
from wellspring.engine.errors import marked

EXPORTED, EXPORTED_PERSON = "core.data_exported", "core.person_exported"
_MACHINERY = {
    "account.emailconfirmation", "admin.logentry", "auth.permission", "auth.group_permissions",
    "contenttypes.contenttype", "django_tasks_database.dbtaskresult", "library.logtile", "mfa.authenticator",
    "people.signinattempt", "people.signinlink", "socialaccount.socialapp", "socialaccount.socialtoken",
}  # fmt: skip
_SECRET = {"password", "secret", "token", "token_digest", "digest_of_token", "session_key", "salt", "turn"}
_SECRET_OF = {("people.groupwebhook", "url"), ("people.signinlink", "digest"), ("mfa.authenticator", "data")}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Progress = Callable[[str, int, int], None]


class DataExportRefused(DomainError):
    code = "data_export_refused"


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of one table about one person."""

    name: str
    rows: list[dict[str, Any]]


def register_data_exports() -> None:
    register_actions(
        Action(EXPORTED, marked("Everything was exported by %(by)s.")),
        Action(EXPORTED_PERSON, marked("What is kept about a person was exported by %(by)s.")),
    )


def export_everything(folder: Path, *, by: str, warcs: Callable[[Path], int], progress: Progress) -> int:
    """Write every table as CSV and JSON lines, files as they are and captures as WARC into a new folder; rows written.

    `by`: who asked, written into the export and the audit trail. `warcs` writes the captures into a folder that it is
    given. Passwords, keys and tokens are left out. Raises DataExportRefused where the folder exists; OSError.
    """
    _make(folder)
    tables = folder / "tables"
    tables.mkdir()
    written = 0
    doing = gettext("Saving the tables")
    with one_moment() as moment:
        wanted = [model for model in kept_models() if model._meta.label_lower not in _MACHINERY]
        for number, model in enumerate(wanted, start=1):
            written += _table(model, tables, moment)
            progress(doing, number, len(wanted))
    _files(folder / "files")
    warcs(folder / "captures")
    (folder / "README.txt").write_text(render_to_string("core/export/readme.txt", _mark(by)), "utf-8")
    with transaction.atomic():
        audit.record(EXPORTED, actor=None, data={"by": by})
    return written


def export_person(user: User, folder: Path, *, by: str) -> list[Kept]:
    """Write what is kept about somebody as JSON and as a page into a new folder; secrets are left out.

    Raises DataExportRefused where the folder exists; OSError.
    """
    _make(folder)
    kept = kept_about(user)
    told = {**_mark(by), "person": user.get_full_name(), "user_name": user.username}
    as_dict = {**told, "kept": {one.name: one.rows for one in kept}}
    as_dict["when"] = told["when"].isoformat()
    (folder / "person.json").write_text(json.dumps(as_dict, ensure_ascii=False, indent=1), "utf-8")
    (folder / "person.html").write_text(render_to_string("core/export/person.html", {**told, "kept": kept}), "utf-8")
    with transaction.atomic():
        audit.record(EXPORTED_PERSON, actor=None, on=user, data={"by": by})
    return kept


def kept_about(user: User) -> list[Kept]:
    """Every row that is this person's account, points to it, or points to one of her memberships."""
    member = apps.get_model("people", "Member")
    memberships = list(member._base_manager.filter(user=user).values_list("pk", flat=True))
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or model._meta.label_lower == "sessions.session":
            continue
        mine = Q(pk=user.pk) if model is User else Q(pk__in=())
        for field in model._meta.local_fields:
            if field.remote_field is not None and field.remote_field.model is User:
                mine |= Q(**{field.name: user.pk})
            elif field.remote_field is not None and field.remote_field.model is member:
                mine |= Q(**{f"{field.name}__in": memberships})
        rows = list(_rows(model, model._base_manager.filter(mine)))
        if rows:
            found.append(Kept(model._meta.label, rows))
    return found


def _table(model: type[models.Model], folder: Path, moment: str) -> int:
    count = 0
    with (
        (folder / f"{model._meta.label}.jsonl").open("w", encoding="utf-8") as exact,
        (folder / f"{model._meta.label}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
    ):
        table = csv.writer(sheet)
        table.writerow(_names(model))
        for row in _rows(model, model._base_manager.using(moment).order_by("pk")):
            exact.write(json.dumps(row, ensure_ascii=False) + "\n")
            table.writerow([_cell(value) for value in row.values()])
            count += 1
    return count


def _rows(model: type[models.Model], rows: models.QuerySet[Any]) -> Iterator[dict[str, Any]]:
    names = _names(model)
    for values in rows.values_list(*names).iterator(chunk_size=2000):
        yield {name: as_json(value) for name, value in zip(names, values, strict=True)}


def _names(model: type[models.Model]) -> list[str]:
    label = model._meta.label_lower
    fields = [field.attname for field in model._meta.local_concrete_fields]
    return [name for name in fields if name not in _SECRET and (label, name) not in _SECRET_OF]


def _cell(value: Any) -> Any:
    """As a spreadsheet may open it: what begins like a formula is text."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _files(folder: Path) -> None:
    """Files that people put in; the archive comes as WARC, keys and the log's own files stay here."""
    data = settings.ENVIRONMENT.data
    for path in kept_files(data):
        if len(path.parts) == 1 or path.parts[0] in ("archive", "log", "keys"):
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((data / path).read_bytes())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise DataExportRefused(
            gettext("%(folder)s is there already and stays as it is. Choose another name.") % {"folder": folder}
        ) from None
    except FileNotFoundError:
        raise DataExportRefused(
            gettext("There is no folder %(folder)s. Make it first.") % {"folder": folder.parent}
        ) from None


def _mark(by: str) -> dict[str, Any]:
    """Who and when, as every export says."""
    moment: datetime = timezone.localtime()
    return {"by": by, "when": moment}
