"""The pages of a change as a test walks them: what is posted, what is shown."""

from datetime import date

from django.urls import reverse

from wuyou.succession.models import Succession
from wuyou.succession.tests.changing import everything

ON = date(2025, 9, 1)


def registers():
    """Return every row of every register."""
    return everything()


def address(name, change, query=""):
    return reverse(f"succession:{name}", args=[change.pk]) + query


def begun(client, unit, kind):
    answer = client.post(reverse("succession:begin", args=[unit.pk]), {"kind": kind})
    change = Succession.objects.get(unit=unit, state="draft")
    assert (answer.status_code, answer.url) == (302, address("change", change))
    return change


def posted(client, name, change, query="", **told):
    change.refresh_from_db()
    return client.post(address(name, change, query), {"version": change.version, **told})


def saved(client, name, change, query="", **told):
    answer = posted(client, name, change, query, **told)
    assert answer.status_code == 302, answer.content.decode()
    change.refresh_from_db()
    return answer


def shown(client, name, change, query=""):
    answer = client.get(address(name, change, query))
    assert answer.status_code == 200, answer.status_code
    return answer.context


def heir_told(client, change, **told):
    form = shown(client, "heir", change)["form"]
    return {name: form[name].value() or "" for name in ("kind", "form", "county", "parent")} | told


def states(client, change):
    return [
        (task.code, str(task.word)) for task, _way in shown(client, "change", change)["tasks"] if task.code != "papers"
    ]
