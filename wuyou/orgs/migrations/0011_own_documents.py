"""A document that an officer says approved one event alone is refused for another by the database as well."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

guards = import_module("wuyou.orgs.migrations.0009_corrections")


class Migration(migrations.Migration):

    dependencies = [("orgs", "0010_events_in_order")]

    operations = [
        # SQLite writes the table anew for a column, and the triggers on it would be lost
        migrations.RunPython(guards.drop, guards.create),
        migrations.AddField(
            "unitevent",
            "has_own_document",
            models.BooleanField(default=False, editable=False, verbose_name="文件只批准了这一项"),
        ),
        migrations.AddConstraint(
            "unitevent",
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(has_own_document=True) & ~Q(document=""),
                name="event_document_once",
            ),
        ),
        migrations.RunPython(guards.create, guards.drop),
    ]
