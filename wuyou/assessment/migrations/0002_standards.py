"""Both shipped standards are there from the start, published; from now on a published version can neither change nor go.

A later migration that has SQLite copy this table (any AlterField) loses the triggers with the old table: it must make them
again.
"""

from django.db import migrations
from django.utils import timezone

from wuyou.assessment.rules import content, content_hash
from wuyou.assessment.standards import SHIPPED

SQLITE = (
    """CREATE TRIGGER scheme_version_no_change BEFORE UPDATE ON assessment_schemeversion WHEN OLD.state = 'published'
       BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END""",
    """CREATE TRIGGER scheme_version_no_delete BEFORE DELETE ON assessment_schemeversion WHEN OLD.state = 'published'
       BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION wuyou_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'a published version never changes'; END $$""",
    """CREATE TRIGGER scheme_version_no_change BEFORE UPDATE OR DELETE ON assessment_schemeversion
       FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION wuyou_version_refuse()""",
    """CREATE TRIGGER scheme_version_no_truncate BEFORE TRUNCATE ON assessment_schemeversion
       FOR EACH STATEMENT EXECUTE FUNCTION wuyou_version_refuse()""",
)


def forwards(apps, schema_editor):
    scheme, stored = apps.get_model("assessment", "Scheme"), apps.get_model("assessment", "SchemeVersion")
    for version in SHIPPED:
        told = version.standard
        row, _new = scheme.objects.get_or_create(
            code=told.code,
            defaults={
                "kind": "standard", "title": told.title, "title_en": told.title_en, "issued_by": told.issued_by,
            },
        )
        stored.objects.get_or_create(
            scheme=row,
            number=1,
            defaults={
                "state": "published", "content": content(version), "content_hash": content_hash(version),
                "published_at": timezone.now(),
            },
        )
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_tables")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
