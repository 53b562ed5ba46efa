"""The sources of money a new installation starts with."""

from django.db import migrations

from wuyou.funds import seeds


def forwards(apps, schema_editor):
    source = apps.get_model("funds", "Source")
    for code, name, name_en, order in seeds.SOURCES:
        source.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "order": order})


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_tables")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
