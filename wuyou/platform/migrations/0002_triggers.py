"""Append-only audit, guarded by triggers on both engines; the chain's head; the cache table.

Events are only added, details written once and only ever erased whole, the head only moves forward.
"""

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
       WHEN NEW.body <> '' OR NEW.salt <> '' OR NEW.event_id <> OLD.event_id
       BEGIN SELECT RAISE(ABORT, 'an audit payload can only be erased'); END""",
    """CREATE TRIGGER audit_payload_no_delete BEFORE DELETE ON platform_auditpayload
       BEGIN SELECT RAISE(ABORT, 'an audit payload can only be erased'); END""",
    """CREATE TRIGGER audit_payload_of_new_event BEFORE INSERT ON platform_auditpayload
       WHEN NEW.event_id <> (SELECT seq + 1 FROM platform_audithead WHERE id = 1)
         OR EXISTS (SELECT 1 FROM platform_auditpayload WHERE event_id = NEW.event_id)
       BEGIN SELECT RAISE(ABORT, 'an audit payload belongs to the event being written'); END""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE ON platform_audithead
       WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1
         OR NOT EXISTS (SELECT 1 FROM platform_auditevent WHERE seq = NEW.seq AND hash = NEW.hash)
       BEGIN SELECT RAISE(ABORT, 'the head of the audit chain only moves forward'); END""",
    """CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON platform_audithead
       BEGIN SELECT RAISE(ABORT, 'the audit chain has one head'); END""",
    """CREATE TRIGGER audit_head_no_second BEFORE INSERT ON platform_audithead
       BEGIN SELECT RAISE(ABORT, 'the audit chain has one head'); END""",
)


def _guard(name, condition, sentence):
    return f"""CREATE FUNCTION wuyou_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF {condition} THEN RAISE EXCEPTION '{sentence}'; END IF;
         RETURN NEW;
       END $$"""


POSTGRESQL = (
    _guard("audit_refuse", "true", "audit events are append-only"),
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON platform_auditevent
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_refuse()""",
    _guard(
        "audit_continues",
        "NOT EXISTS (SELECT 1 FROM platform_audithead WHERE id = 1 AND seq + 1 = NEW.seq AND hash = NEW.prev)",
        "an audit event must continue the chain",
    ),
    """CREATE TRIGGER audit_event_continues BEFORE INSERT ON platform_auditevent
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_continues()""",
    _guard(
        "audit_payload",
        "NEW.body <> '' OR NEW.salt <> '' OR NEW.event_id <> OLD.event_id",
        "an audit payload can only be erased",
    ),
    """CREATE TRIGGER audit_payload_only_erased BEFORE UPDATE ON platform_auditpayload
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_payload()""",
    """CREATE TRIGGER audit_payload_no_delete BEFORE DELETE ON platform_auditpayload
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_refuse()""",
    _guard(
        "audit_payload_new",
        "NOT EXISTS (SELECT 1 FROM platform_audithead WHERE id = 1 AND seq + 1 = NEW.event_id)",
        "an audit payload belongs to the event being written",
    ),
    """CREATE TRIGGER audit_payload_of_new_event BEFORE INSERT ON platform_auditpayload
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_payload_new()""",
    _guard(
        "audit_head",
        "TG_OP <> 'UPDATE' OR NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1"
        " OR NOT EXISTS (SELECT 1 FROM platform_auditevent WHERE seq = NEW.seq AND hash = NEW.hash)",
        "the head of the audit chain only moves forward",
    ),
    """CREATE TRIGGER audit_head_forward BEFORE INSERT OR UPDATE OR DELETE ON platform_audithead
       FOR EACH ROW EXECUTE FUNCTION wuyou_audit_head()""",
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON platform_{table}
        FOR EACH STATEMENT EXECUTE FUNCTION wuyou_audit_refuse()"""
        for table in ("auditevent", "auditpayload", "audithead")
    ),
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
