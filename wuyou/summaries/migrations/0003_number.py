"""The document number of a summary; on SQLite, which makes the table anew, its guards stand again afterwards."""

from importlib import import_module

from django.db import migrations, models


def guarded_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        import_module("wuyou.summaries.migrations.0002_frozen").guarded(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("summaries", "0002_frozen")]
    operations = [
        migrations.AddField("summary", "number", models.CharField("发文字号", max_length=60, blank=True, default="")),
        migrations.AlterField("summary", "number", models.CharField("发文字号", max_length=60, blank=True)),
        migrations.RunPython(guarded_again, migrations.RunPython.noop),
    ]
