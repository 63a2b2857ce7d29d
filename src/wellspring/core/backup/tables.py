"""Tables in and out of a backup: every row of every model, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import JSONField, Value
from django.db.models.base import Model

from .form import as_json

SNAPSHOT = "backup"
"""Name of the connection that sees the database as it was at one moment."""
LEFT_OUT = {"sessions.session", "usersessions.usersession", "core.indexchange", "core.follower"}
"""Sign-ins end with a restore; the search index is built anew, and with it begins a new outbox."""
_PART = 8_000_000
_BATCH = 2_000


@contextmanager
def one_moment() -> Iterator[str]:
    """Alias of a connection on which every query sees the same moment; writers are not kept waiting."""
    own = connections[DEFAULT_DB_ALIAS]
    settings = deepcopy(own.settings_dict)
    if own.vendor == "sqlite":
        # IMMEDIATE, which everything else uses, would shut the writers out.
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    looking = type(own)(settings, SNAPSHOT)
    connections[SNAPSHOT] = looking
    try:
        with transaction.atomic(using=SNAPSHOT), looking.cursor() as cursor:
            if own.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The moment is that of the first thing read.
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            yield SNAPSHOT
    finally:
        looking.close()
        del connections[SNAPSHOT]


def kept_models(apps: Apps = current_apps) -> list[type[Model]]:
    """Models whose rows a backup holds, those that others point to first."""
    found = {
        model._meta.label_lower: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    }
    ordered: dict[str, type[Model]] = {}

    def visit(label: str, way: frozenset[str]) -> None:
        if label in ordered or label in way or label not in found:
            return
        for field in found[label]._meta.local_fields:
            if field.remote_field is not None:
                visit(field.remote_field.model._meta.label_lower, way | {label})
        ordered[label] = found[label]

    for label in sorted(found):
        visit(label, frozenset())
    return list(ordered.values())


def parts_of(model: type[Model], using: str) -> Iterator[tuple[bytes, int]]:
    """A table as gzipped JSON lines, in parts of bounded size, and the rows in each: first the columns' names, then
    one list a row."""
    names = [field.attname for field in _columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names).iterator(chunk_size=_BATCH)
    buffer, count = io.BytesIO(), 0
    packer = _begun(buffer, names)
    for row in rows:
        packer.write(_line([as_json(value) for value in row]))
        count += 1
        if buffer.tell() > _PART:
            packer.close()
            yield buffer.getvalue(), count
            buffer, count = io.BytesIO(), 0
            packer = _begun(buffer, names)
    packer.close()
    if count:
        yield buffer.getvalue(), count


def empty_tables(apps: Apps) -> None:
    """Take every row away, in the caller's transaction; references are looked at when it ends."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            rows = model._base_manager.all()
            rows._raw_delete(rows.db)


def load_part(model: type[Model], data: bytes) -> Iterator[int]:
    """Put a part's rows into the model's table, in the caller's transaction; yields rows put after each batch.

    `model` is one of a migration state's, so that its columns are those of the time of the backup. Raises ValueError,
    KeyError and the like where the part is not of that table.
    """
    with gzip.open(io.BytesIO(data), "rt", encoding="utf-8") as lines:
        names = json.loads(next(lines))
        fields = {field.attname: field for field in _columns(model)}
        columns = [fields[name] for name in names]
        for field in columns:
            # The state's own copies of the fields: the moments of the backup are kept and not set to now.
            for now in ("auto_now", "auto_now_add"):
                if hasattr(field, now):
                    setattr(field, now, False)
        batch: list[Model] = []
        for line in lines:
            row = zip(names, columns, json.loads(line), strict=True)
            batch.append(model(**{name: _value(field, value) for name, field, value in row}))
            if len(batch) == _BATCH:
                yield _put(model, batch)
                batch = []
        if batch:
            yield _put(model, batch)


def reset_sequences(apps: Apps) -> None:
    """Let the next row of each table get an id after the last one's."""
    tables = [model for model in kept_models(apps) if model._meta.managed]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def has_rows() -> bool:
    """Whether the database holds anything that is not made by creating its tables."""
    made = {"contenttypes.contenttype", "auth.permission"}
    present = set(connection.introspection.table_names())
    wanted = [m for m in current_apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return any(
        model._base_manager.exists()
        for model in wanted
        if model._meta.label_lower not in made and model._meta.db_table in present
    )


def _columns(model: type[Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def _begun(buffer: io.BytesIO, names: list[str]) -> gzip.GzipFile:
    packer = gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=4, mtime=0)
    packer.write(_line(names))
    return packer


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField):
        return Value(None, JSONField()) if value is None and not field.null else value
    return None if value is None else field.to_python(value)


def _put(model: type[Model], batch: list[Model]) -> int:
    model._base_manager.bulk_create(batch, batch_size=500)
    return len(batch)
