"""What no row may say of a unit's history, whoever writes it: guarded on both engines, beside the rules that say why.

An event before the founding or on a closed unit, two placements at once, a unit under itself, two units that each go on as
the other on one day. A later migration that alters one of these tables on SQLite calls `drop` before and `create` after,
as the engine makes an altered table anew.
"""

from django.db import migrations

# The day is no plain column below: SQLite up to 3.40 answers "one of these kinds, before this day" wrongly from an index
# over unit, kind and day once a database has been analysed (the rows of the day itself come along).
FOUNDING = """EXISTS (SELECT 1 FROM orgs_unit u WHERE u.id = NEW.unit_id AND u.founded <> ''
              AND NEW."on" < substr(u.founded, 1, length(NEW."on")))"""
CLOSED = """NEW.kind NOT IN ('restore', 'reorganise') AND EXISTS (
              SELECT 1 FROM orgs_unitevent c WHERE c.unit_id = NEW.unit_id AND c.kind IN ('merge', 'split', 'dissolve')
              AND c."on" || '' < NEW."on" AND NOT EXISTS (
                SELECT 1 FROM orgs_unitevent r WHERE r.unit_id = NEW.unit_id AND r.kind IN ('restore', 'reorganise')
                AND r."on" >= c."on" AND r."on" <= NEW."on"))"""
TWICE = """EXISTS (SELECT 1 FROM orgs_placement p WHERE p.unit_id = NEW.unit_id AND p.id <> NEW.id
              AND coalesce(p.start, '0001-01-01') < coalesce(NEW."end", '9999-12-31')
              AND coalesce(NEW.start, '0001-01-01') < coalesce(p."end", '9999-12-31'))"""
UNDER_ITSELF = """NEW."end" IS NULL AND EXISTS (SELECT 1 FROM orgs_unit u JOIN orgs_unit p ON p.id = NEW.parent_id
              WHERE u.id = NEW.unit_id AND substr(p.path, 1, length(u.path)) = u.path)"""
BELOW_ITSELF = """NEW.parent_id IS NOT NULL AND EXISTS (SELECT 1 FROM orgs_unit p WHERE p.id = NEW.parent_id
              AND substr(p.path, 1, length(NEW.path)) = NEW.path)"""
EACH_OTHER = """EXISTS (SELECT 1 FROM orgs_lineage l WHERE l.predecessor_id = NEW.successor_id
              AND l.successor_id = NEW.predecessor_id AND l."on" = NEW."on")"""

GUARDS = (
    ("event_after_founding", "orgs_unitevent", "INSERT", FOUNDING, "nothing befalls a unit before it is founded"),
    ("event_of_open_unit", "orgs_unitevent", "INSERT", CLOSED, "nothing befalls a closed unit but its return"),
    ("placement_one_at_a_time", "orgs_placement", "INSERT", TWICE, "a unit is placed under one office at a time"),
    ("placement_stays_single", "orgs_placement", "UPDATE", TWICE, "a unit is placed under one office at a time"),
    ("placement_not_under_itself", "orgs_placement", "INSERT", UNDER_ITSELF, "no unit is placed under itself"),
    ("unit_not_under_itself", "orgs_unit", "UPDATE OF parent_id", BELOW_ITSELF, "no unit is placed under itself"),
    ("lineage_one_way", "orgs_lineage", "INSERT", EACH_OTHER, "of two units one goes on as the other, not both"),
)


def create(apps, schema_editor, guards=GUARDS):
    for name, table, event, condition, sentence in guards:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"""CREATE FUNCTION wuyou_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation'; END IF;
                RETURN NEW; END $$""")
            schema_editor.execute(f"""CREATE TRIGGER {name} AFTER {event} ON {table}
                FOR EACH ROW EXECUTE FUNCTION wuyou_{name}()""")
        else:
            schema_editor.execute(f"""CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition}
                BEGIN SELECT RAISE(ABORT, '{sentence}'); END""")


def drop(apps, schema_editor, guards=GUARDS):
    for name, table, *_rest in guards:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION wuyou_{name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):

    dependencies = [("orgs", "0007_targets")]

    operations = [migrations.RunPython(create, drop)]
