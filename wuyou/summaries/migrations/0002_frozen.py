"""A frozen summary can neither change nor go: what an office has sent out stands as it was sent, whoever writes the table.

SQLite drops the triggers of a table that it makes anew: whoever alters this table ends his migration with `guarded`.
"""

from django.db import migrations

TABLE = "summaries_summary"
SAYS = "a frozen summary never changes"

SQLITE = (
    f"""CREATE TRIGGER summary_frozen_no_change BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'frozen'
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    f"""CREATE TRIGGER summary_frozen_no_delete BEFORE DELETE ON {TABLE} WHEN OLD.state = 'frozen'
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION wuyou_summary_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{SAYS}'; END $$""",
    f"""CREATE TRIGGER summary_frozen_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW WHEN (OLD.state = 'frozen') EXECUTE FUNCTION wuyou_summary_refuse()""",
    f"""CREATE TRIGGER summary_frozen_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION wuyou_summary_refuse()""",
)


def guarded(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("summaries", "0001_tables")]
    operations = [migrations.RunPython(guarded, migrations.RunPython.noop)]
