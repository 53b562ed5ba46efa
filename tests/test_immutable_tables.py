"""What may never change is guarded in the database itself, on both engines, after every migration.

SQLite drops the triggers of a table that a migration makes anew (any altered column), without a word: this test is that
word. A new table of this sort gets its line here and in its package a test that tries to change a row.
"""

import re

from django.db import connection

from wuyou.platform.tests.databases import on_postgresql

GUARDED = {
    "assessment_schemeversion": ({"DELETE", "UPDATE"}, {"scheme_version_no_change", "scheme_version_no_delete"}),
    "platform_auditevent": (
        {"DELETE", "INSERT", "UPDATE"}, {"audit_event_continues", "audit_event_no_delete", "audit_event_no_update"}
    ),
    "platform_audithead": (
        {"DELETE", "INSERT", "UPDATE"}, {"audit_head_forward", "audit_head_no_delete", "audit_head_no_second"}
    ),
    "platform_auditpayload": (
        {"DELETE", "INSERT", "UPDATE"},
        {"audit_payload_no_delete", "audit_payload_of_new_event", "audit_payload_only_erased"},
    ),
    "summaries_summary": ({"DELETE", "UPDATE"}, {"summary_frozen_no_change", "summary_frozen_no_delete"}),
}  # fmt: skip
"""By table: what is watched (PostgreSQL watches TRUNCATE as well), and SQLite's triggers by name."""

ON_POSTGRESQL = {
    "assessment_schemeversion": {
        "scheme_version_no_change", "scheme_version_no_delete", "scheme_version_no_truncate"
    },
    "platform_auditevent": {"audit_event_continues", "audit_event_no_change", "auditevent_no_truncate"},
    "platform_audithead": {"audit_head_forward", "audithead_no_truncate"},
    "platform_auditpayload": {
        "audit_payload_no_delete", "audit_payload_of_new_event", "audit_payload_only_erased", "auditpayload_no_truncate"
    },
    "summaries_summary": {"summary_frozen_no_change", "summary_frozen_no_truncate"},
}  # fmt: skip
"""PostgreSQL's triggers by name: one may watch several events."""

IN_KEEPING = {"orgs_target", "orgs_targetplan", "orgs_unit", "orgs_unitevent", "orgs_placement", "orgs_lineage"}
"""Tables that do change, whose triggers keep their rows in keeping with each other; tried in their own package."""

_LISTED = {
    False: "SELECT tbl_name, name, upper(sql) FROM sqlite_master WHERE type = 'trigger'",
    True: """SELECT c.relname, t.tgname, upper(pg_get_triggerdef(t.oid)) FROM pg_trigger t
             JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgenabled = 'O'""",
}


def triggers() -> dict[str, dict[str, set[str]]]:
    """Return by table the triggers that keep rows from changing, each with what it watches."""
    found: dict[str, dict[str, set[str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LISTED[on_postgresql()])
        for table, name, made in cursor.fetchall():
            head = re.split(r"\sON\s", made, maxsplit=1)[0]
            if table not in IN_KEEPING:
                found.setdefault(table, {})[name] = set(re.findall(r"INSERT|UPDATE|DELETE|TRUNCATE", head))
    return found


def test_every_table_that_never_changes_is_guarded_after_all_migrations(db: None) -> None:
    watched = {table: set[str]().union(*told.values()) for table, told in triggers().items()}
    more = {"TRUNCATE"} if on_postgresql() else set()
    assert watched == {table: events | more for table, (events, _names) in GUARDED.items()}


def test_the_guards_are_the_known_ones(db: None) -> None:
    known = ON_POSTGRESQL if on_postgresql() else {table: names for table, (_events, names) in GUARDED.items()}
    assert {table: set(told) for table, told in triggers().items()} == known
