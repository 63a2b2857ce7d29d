"""Captures of before were all received by this installation itself: when they were captured."""

from django.db import migrations
from django.db.models import F


def received_when_captured(apps, schema_editor):
    apps.get_model("library", "Capture").objects.update(received_at=F("captured_at"))


class Migration(migrations.Migration):
    dependencies = [("library", "0006_received_at_and_imported_files")]

    operations = [migrations.RunPython(received_when_captured, migrations.RunPython.noop, elidable=True)]
