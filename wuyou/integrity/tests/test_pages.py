"""The pages of the checks: who sees what, how lists are narrowed, what leaves the house."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wuyou.accounts.models import User
from wuyou.demo import factories as make
from wuyou.demo.small import BARE, HUIZE, LULIANG, TERM_OVER
from wuyou.integrity import queries
from wuyou.integrity.checks import CHECKS
from wuyou.integrity.exporting import EXPORTS
from wuyou.integrity.permissions import P
from wuyou.integrity.report import integrity_report
from wuyou.integrity.tests.cases.leadership import seated
from wuyou.integrity.tests.cases.life import befell, group
from wuyou.kernel.refusals import Forbidden, NotFound
from wuyou.orgs.models import Unit
from wuyou.people.models import Person

pytestmark = pytest.mark.django_db

NO_LEADER, TREE, NO_GRANT = "leadership.no_leader", "tree.path_differs", "accounts.user_without_grant"


def names(small, username, code):
    return {one.label for one in queries.finding(small.actor(username), code, on=small.today).offenders}


@pytest.mark.parametrize(
    ("username", "seen"), [("city", {BARE, "甲小组"}), ("huize", {BARE}), ("county", {"甲小组"}), ("luliang", set())]
)
def test_an_office_is_told_of_its_own_units_alone(small, username, seen):
    group(small, "甲小组")
    assert names(small, username, NO_LEADER) == seen


def test_a_leader_has_nothing_checked(small, sign_in):
    leader = small.actor("leader")
    assert sign_in("leader").get(reverse("integrity:checks")).status_code == 403
    with pytest.raises(Forbidden):
        queries.finding(leader, TREE, on=small.today)
    with pytest.raises(Forbidden):
        list(queries.findings(leader, on=small.today))


def test_whoever_leads_a_group_besides_his_office_sees_his_office_s_units(small):
    """The right to look at a unit is not the right to have it checked."""
    group(small, "甲小组")
    make.make_unit(parent=small.unit(HUIZE), full_name="外县小组", county="530326")
    actor = small.actor("county")
    led = make.make_user("double", "group_leader", small.unit(BARE))
    both = type(actor)(actor.user_id, actor.name, (*actor.holdings, *led.holdings))
    found = queries.finding(both, NO_LEADER, on=small.today).offenders
    assert [one.label for one in found] == ["甲小组"]


def test_checks_of_a_register_are_for_who_may_read_it(small, sign_in):
    codes = {check.code for check in queries.checks(small.actor("admin"))}
    assert codes == {check.code for check in CHECKS if small.actor("admin").can(check.reads)}
    assert NO_LEADER not in codes
    assert {"accounts.closed_with_grants", TREE} <= codes
    with pytest.raises(NotFound):
        queries.finding(small.actor("admin"), NO_LEADER, on=small.today)
    assert sign_in("admin").get(reverse("integrity:check", args=[NO_LEADER])).status_code == 404


def test_the_page_names_every_check_with_how_much_it_found(small, sign_in):
    context = sign_in("city").get(reverse("integrity:checks")).context
    rows = {str(row["label"]): row for _title, found in context["subjects"] for row in found}
    assert len(rows) == context["number"] == len(queries.checks(small.actor("city")))
    assert (rows["没有负责人"]["state"], rows["没有负责人"]["tone"]) == ("1 处请核对", "warning")
    assert (rows["上级已撤销"]["state"], rows["上级已撤销"]["tone"]) == ("没有问题", "success")
    found = list(queries.findings(small.actor("city"), on=small.today))
    assert context["numbers"] == {
        severity: sum(len(one.offenders) for one in found if one.check.severity == severity)
        for severity in ("mend", "look")
    }


def test_what_must_be_mended_is_shown_as_such(small, sign_in):
    Unit.objects.filter(short_name=BARE).update(path=f"/9999/{small.unit(BARE).pk}/")
    row = queries.finding(make.anybody(), TREE, on=small.today)
    assert queries.must_mend([row])
    assert not queries.must_mend([queries.finding(make.anybody(), NO_LEADER, on=small.today)])


@pytest.mark.parametrize("severity", ["mend", "look"])
def test_checks_are_narrowed_by_severity_and_to_those_that_found_something(small, sign_in, severity):
    query = {"severity": severity, "show": "found"}
    context = sign_in("city").get(reverse("integrity:checks"), query).context
    found = list(queries.findings(small.actor("city"), on=small.today, severity=severity))
    assert {one.check.severity for one in found} == {severity}
    shown = [str(row["label"]) for _title, rows in context["subjects"] for row in rows]
    assert sorted(shown) == sorted(str(one.check.name) for one in found if one.offenders)


def test_the_city_looks_at_one_county(small, sign_in):
    client, office = sign_in("city"), {"office": small.unit(LULIANG).pk}
    page = client.get(reverse("integrity:check", args=[NO_LEADER]), office)
    assert page.context["pages"].total == 0
    assert (
        client.get(reverse("integrity:check", args=[NO_LEADER]), {"office": small.unit(HUIZE).pk})
        .context["pages"]
        .total
        == 1
    )
    links = [
        row["href"] for _t, rows in client.get(reverse("integrity:checks"), office).context["subjects"] for row in rows
    ]
    assert {link.partition("?")[2] for link in links} == {f"office={office['office']}"}


def test_an_offender_leads_to_its_page_and_to_the_one_that_mends_it(small, sign_in):
    row = sign_in("city").get(reverse("integrity:check", args=[NO_LEADER])).context["table"].rows[0]
    unit = small.unit(BARE)
    assert (row[0], row[1].value, row[1].href) == ("会泽县", BARE, reverse("shell:unit", args=[unit.pk]))
    assert row[3].href == reverse("leadership:seat", args=[unit.pk])


def test_who_may_not_mend_is_not_sent_to_mend(small, sign_in):
    table = sign_in("auditor").get(reverse("integrity:check", args=["leadership.term_over"])).context["table"]
    assert [(row[1].value, row[3]) for row in table.rows] == [(TERM_OVER, "")]


def test_a_place_leads_to_the_founding_of_a_group_there(small, sign_in):
    rows = sign_in("luliang").get(reverse("integrity:check", args=["reach.place_unserved"])).context["table"].rows
    assert [(row[0], row[1].value, row[1].href) for row in rows] == [("陆良县", "芳华镇", "")]
    assert rows[0][3].href.startswith(f"{reverse('orgs:found')}?area=530322")


def test_the_document_of_an_event_is_added_where_the_finding_leads(small, sign_in):
    client, url = sign_in("county"), reverse("integrity:check", args=["papers.event_without_document"])
    befell(group(small, "补文号小组"), "reorganise", "2024-05")
    row = next(row for row in client.get(url).context["table"].rows if row[1].value == "补文号小组")
    form = client.get(row[3].href).context["form"]
    assert (form["kind"].value(), form["on"].value()) == ("reorganise", "2024-05")
    told = {"kind": "reorganise", "on_y": "2024", "on_m": "5", "on_d": "", "document": "麒侨发〔2024〕9号"}
    assert client.post(row[3].href, told).status_code == 302
    assert "补文号小组" not in [row[1].value for row in client.get(url).context["table"].rows]


def test_a_long_list_is_paged(small, sign_in):
    for number in range(55):
        group(small, f"第{number}无人小组")
    context = sign_in("county").get(reverse("integrity:check", args=[NO_LEADER]), {"page": 2}).context
    assert (context["pages"].total, context["pages"].number, len(context["table"].rows)) == (55, 2, 5)


@pytest.mark.parametrize("name", ["checks", "check"])
def test_pages_ask_the_same_for_one_row_and_for_three(small, sign_in, name):
    client, url = (
        sign_in("county"),
        reverse(f"integrity:{name}", args=["leadership.departed_in_office"] if name == "check" else []),
    )
    asked = []
    for number in (1, 2):
        for place in range(number):
            person = seated(group(small, f"走人{number}{place}小组", hosts=(f"单位{number}{place}",)))
            Person.objects.filter(pk=person.pk).update(left_on=date(2025, 6, 1))
        client.get(url)
        with CaptureQueriesContext(connection) as queries_made:
            page = client.get(url)
        asked.append(len(queries_made))
    assert asked[0] == asked[1]
    assert asked[0] <= {"checks": 45, "check": 12}[name]
    if name == "check":
        assert page.context["pages"].total == 3


def test_what_was_found_leaves_the_house_as_a_table_without_users(small):
    group(small, "甲小组")
    export = EXPORTS[0]
    rows = list(export.rows(small.actor("city"), {"check": NO_LEADER}))
    assert [(row[1], row[3], row[4], row[5]) for row in rows] == [
        ("没有负责人", "麒麟区", "甲小组", "没有登记负责人"),
        ("没有负责人", "会泽县", BARE, "没有登记负责人"),
    ]
    User.objects.create(username="guoqi")
    assert "guoqi" in {o.label for o in queries.finding(make.anybody(), NO_GRANT, on=small.today).offenders}
    everything = list(export.rows(make.anybody(), {"severity": "look"}))
    assert {row[2] for row in everything} == {"请核对"}
    assert [row for row in everything if row[4] == "guoqi"] == []
    assert list(export.rows(make.anybody(), {"check": NO_GRANT})) == []
    assert not export.personal
    assert export.needs == P.VIEW


def test_the_report_tells_each_check_and_whether_something_must_be_mended(small):
    told = integrity_report(make.anybody(), on=small.today)
    assert [check["code"] for check in told["checks"]] == [check.code for check in CHECKS]
    by_code = {check["code"]: check for check in told["checks"]}
    assert by_code[NO_LEADER]["offenders"] == [
        {"county": "会泽县", "name": BARE, "what": "没有登记负责人", "unit_id": small.unit(BARE).pk}
    ]
    assert told["must_mend"] == any(c["number"] for c in told["checks"] if c["severity"] == "mend")
