"""A version has the document by which it was issued and a number for the lock of its form; a published one may be retired.

SQLite makes the table anew for this and drops its triggers with the old one, so they are made again here, narrower in one
point: a published version may become a retired one with its last day, and nothing else about it may change; a retired
one is as fixed as a published one. Whoever alters this table next ends his migration with the same two calls.
"""

from django.db import migrations, models

TABLE = "assessment_schemeversion"
FIXED = ("id", "scheme_id", "number", "effective_from", "document", "content", "content_hash", "published_at", "source_batch")
SAYS = "a published version never changes"
RETIRING = "OLD.state = 'published' AND NEW.state = 'retired' AND NEW.effective_until IS NOT NULL"

SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS scheme_version_no_change",
    "DROP TRIGGER IF EXISTS scheme_version_no_delete",
)
SQLITE = (
    f"""CREATE TRIGGER scheme_version_no_change BEFORE UPDATE ON {TABLE}
        WHEN OLD.state <> 'draft' AND NOT ({RETIRING} AND {" AND ".join(f"NEW.{name} IS OLD.{name}" for name in FIXED)})
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    f"""CREATE TRIGGER scheme_version_no_delete BEFORE DELETE ON {TABLE} WHEN OLD.state <> 'draft'
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
)
POSTGRESQL_DROP = (f"DROP TRIGGER IF EXISTS scheme_version_no_change ON {TABLE}",)
POSTGRESQL = (
    f"""CREATE TRIGGER scheme_version_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN (OLD.state <> 'draft' AND NOT ({RETIRING}
              AND {" AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED)}))
        EXECUTE FUNCTION wuyou_version_refuse()""",
    f"""CREATE TRIGGER scheme_version_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW
        WHEN (OLD.state <> 'draft') EXECUTE FUNCTION wuyou_version_refuse()""",
)


def unguarded(apps, schema_editor):
    for statement in POSTGRESQL_DROP if schema_editor.connection.vendor == "postgresql" else SQLITE_DROP:
        schema_editor.execute(statement)


def guarded(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_standards")]
    operations = [
        migrations.RunPython(unguarded, migrations.RunPython.noop),
        migrations.AddField("schemeversion", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "schemeversion", "document", models.CharField(blank=True, default="", max_length=200, verbose_name="发布文件"),
            preserve_default=False,
        ),
        migrations.RunPython(guarded, migrations.RunPython.noop),
    ]
