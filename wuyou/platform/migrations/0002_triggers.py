"""Append-only audit, guarded by triggers on both engines; the chain's head; the cache table."""

from django.core.management import call_command
from django.db import migrations

SQLITE = (
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON platform_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON platform_auditevent
       BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    """CREATE TRIGGER audit_event_continues BEFORE INSERT ON platform_auditevent
       WHEN NEW.seq <> (SELECT seq + 1 FROM platform_audithead WHERE id = 1)
         OR NEW.prev <> (SELECT hash FROM platform_audithead WHERE id = 1)
       BEGIN SELECT RAISE(ABORT, 'an audit event must continue the chain'); END""",
    """CREATE TRIGGER audit_payload_only_erased BEFORE UPDATE ON platform_auditpayload
       WHEN NEW.body <> '' OR NEW.event_id <> OLD.event_id
       BEGIN SELECT RAISE(ABORT, 'an audit payload can only be erased'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION wuyou_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit events are append-only'; END $$""",
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON platform_auditevent
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_refuse()""",
    """CREATE FUNCTION wuyou_audit_continues() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM platform_audithead WHERE id = 1 AND seq + 1 = NEW.seq AND hash = NEW.prev) THEN
           RAISE EXCEPTION 'an audit event must continue the chain';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_event_continues BEFORE INSERT ON platform_auditevent
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_continues()""",
    """CREATE FUNCTION wuyou_audit_payload() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.body <> '' OR NEW.event_id <> OLD.event_id THEN
           RAISE EXCEPTION 'an audit payload can only be erased';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_payload_only_erased BEFORE UPDATE ON platform_auditpayload
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_payload()""",
)


def forwards(apps, schema_editor):
    apps.get_model("platform", "AuditHead").objects.get_or_create(pk=1, defaults={"seq": 0, "hash": "0" * 64})
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_tables")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
