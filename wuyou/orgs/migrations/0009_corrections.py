"""Events and placements get a version, so that they can be set right; what no event may say, no correction makes it say."""

from importlib import import_module

from django.db import migrations, models

first = import_module("wuyou.orgs.migrations.0008_guards")

MOVED = """NEW."on" <> OLD."on" AND """
GUARDS = (
    ("event_stays_after_founding", "orgs_unitevent", "UPDATE", MOVED + first.FOUNDING,
     "nothing befalls a unit before it is founded"),
    ("event_stays_of_open_unit", "orgs_unitevent", "UPDATE", MOVED + first.CLOSED,
     "nothing befalls a closed unit but its return"),
)  # fmt: skip


def create(apps, schema_editor):
    first.create(apps, schema_editor)
    first.create(apps, schema_editor, GUARDS)


def drop(apps, schema_editor):
    first.drop(apps, schema_editor)
    first.drop(apps, schema_editor, GUARDS)


class Migration(migrations.Migration):

    dependencies = [("orgs", "0008_guards")]

    operations = [
        migrations.RunPython(first.drop, first.create),
        migrations.AddField("placement", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("unitevent", "version", models.PositiveIntegerField(default=1)),
        migrations.RunPython(create, drop),
    ]
