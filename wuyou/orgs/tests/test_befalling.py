"""Events that are told late fit between those on record, or a rule refuses them before the database does."""

from typing import Any

import pytest

from wuyou.demo.factories import anybody, make_unit
from wuyou.demo.small import QILIN
from wuyou.kernel import clock
from wuyou.kernel.refusals import Refused
from wuyou.orgs import services
from wuyou.orgs.models import UnitEvent
from wuyou.orgs.rules.befalling import Befallen, fits

CLOSED_AND_BACK = [Befallen(1, "dissolve", "撤销", "2015-03-01"), Befallen(2, "reorganise", "重组", "2018-05-01")]
CLOSED_TWICE = [*CLOSED_AND_BACK, Befallen(3, "dissolve", "撤销", "2021-06-01")]
GONE = "这个组织在 {day} 已经撤销或合并，没有保存；请核对日期。"
NO_MORE = "登记在这一天，{on} 登记的“{kind}”就对不上了，没有保存；请核对日期。"


@pytest.mark.parametrize(
    ("events", "kind", "on", "said", "words"),
    [
        (CLOSED_AND_BACK, "lapse", "2016-01-01", GONE, {"day": "2015-03-01"}),
        (CLOSED_AND_BACK, "lapse", "2019-01-01", None, {}),
        (CLOSED_AND_BACK, "lapse", "2014-01-01", None, {}),
        (CLOSED_AND_BACK, "restore", "2016-01-01", None, {}),
        (CLOSED_TWICE, "lapse", "2016", GONE, {"day": "2015-03-01"}),
        (CLOSED_TWICE, "lapse", "2020", None, {}),
        (CLOSED_TWICE, "lapse", "2022", GONE, {"day": "2021-06-01"}),
        ([Befallen(1, "lapse", "停滞", "2019-01-01")], "dissolve", "2018-01-01", NO_MORE, {"on": "2019-01-01", "kind": "停滞"}),
        ([Befallen(1, "lapse", "停滞", "2019-01-01")], "lapse", "2018-01-01", None, {}),
        ([], "lapse", "2009", "日期早于成立时间（{founded}），没有保存；请核对日期。", {"founded": "2010-02-01"}),
    ],
)  # fmt: skip
def test_what_fits_into_a_history(events: Any, kind: str, on: str, said: str | None, words: Any) -> None:
    decision = fits(events, kind=kind, on=on, founded="2010-02-01")
    assert [(reason.text, dict(reason.words)) for reason in decision.reasons] == ([(said, words)] if said else [])


@pytest.mark.parametrize("record", [services.record_event, services.record_past_event])
def test_an_event_told_late_of_the_time_when_the_unit_was_closed_is_refused(small: Any, record: Any) -> None:
    unit = make_unit(parent=small.unit(QILIN), full_name="曾撤销的小组")
    services.record_event(actor=anybody(), unit_id=unit.pk, kind="reorganise", on="2025-03-01")
    UnitEvent.objects.create(unit=unit, kind="dissolve", on="2025-01-01", recorded_at=clock.now())
    with pytest.raises(Refused, match="已经撤销或合并"):
        record(actor=anybody(), unit_id=unit.pk, kind="lapse", on="2025-02-01")
    assert set(unit.events.values_list("kind", flat=True)) == {"reorganise", "dissolve", "establish"}


def test_a_number_used_already_is_refused_unless_it_is_said_to_be_shared(small: Any) -> None:
    first, second = (make_unit(parent=small.unit(QILIN), full_name=f"第{n}小组") for n in "一二")
    told = {"kind": "reorganise", "on": "2025-03-01", "document": "麒侨发〔2025〕3号"}
    services.record_event(actor=anybody(), unit_id=first.pk, **told)
    with pytest.raises(Refused) as refused:
        services.record_event(actor=anybody(), unit_id=second.pk, **told)
    assert [(reason.field, str(reason)) for reason in refused.value.reasons] == [
        ("document", "这个文号已用于“第一小组”的重组（2025-03-01），没有保存；请核对文号，一份文件批准几项的，"
                     "请勾选“同一份文件还批准了别的事项”。"),
    ]  # fmt: skip
    assert not second.events.filter(kind="reorganise").exists()
    services.record_event(actor=anybody(), unit_id=second.pk, shares_document=True, **told)
    assert second.events.get(kind="reorganise").document == "麒侨发〔2025〕3号"
