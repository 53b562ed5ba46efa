"""The posts a new installation starts with."""

from django.db import migrations

from wuyou.leadership import seeds


def forwards(apps, schema_editor):
    post, required = apps.get_model("leadership", "Post"), apps.get_model("leadership", "RequiredPost")
    form = apps.get_model("orgs", "UnitForm")
    for code, name, name_en, leads, order in seeds.POSTS:
        post.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "leads": leads, "order": order}
        )
    for form_code, posts in seeds.REQUIRED.items():
        for code, number in posts.items():
            required.objects.get_or_create(
                form=form.objects.get(code=form_code), post=post.objects.get(code=code), defaults={"number": number}
            )


class Migration(migrations.Migration):
    dependencies = [("leadership", "0001_tables"), ("orgs", "0002_seed")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
