"""The kinds and forms a new installation starts with."""

from django.db import migrations

from wuyou.orgs import seeds


def forwards(apps, schema_editor):
    kind, form = apps.get_model("orgs", "UnitKind"), apps.get_model("orgs", "UnitForm")
    for code, name, name_en, is_federation, order in seeds.KINDS:
        kind.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "is_federation": is_federation, "order": order}
        )
    for code, name, name_en, people in seeds.FORMS:
        form.objects.get_or_create(
            code=code,
            defaults={"name": name, "name_en": name_en, "min_people": people, "source": seeds.FORM_SOURCE},
        )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_tables")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
