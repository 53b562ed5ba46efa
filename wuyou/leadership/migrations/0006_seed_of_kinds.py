"""What the offices of the federation should have; a row that an office wrote itself stays as it is."""

from django.db import migrations

from wuyou.leadership import seeds


def forwards(apps, schema_editor):
    post, required = apps.get_model("leadership", "Post"), apps.get_model("leadership", "RequiredPost")
    kind = apps.get_model("orgs", "UnitKind")
    for kind_code, posts in seeds.REQUIRED_OF_KINDS.items():
        for code, number in posts.items():
            required.objects.get_or_create(
                kind=kind.objects.get(code=kind_code), form=None, post=post.objects.get(code=code),
                defaults={"number": number},
            )


class Migration(migrations.Migration):
    dependencies = [("leadership", "0005_requirements"), ("orgs", "0002_seed")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
