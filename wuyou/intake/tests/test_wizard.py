"""The four pages without any script: upload, columns, preview, result; and everything that can be wrong on the way."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from wuyou.activities.models import Activity
from wuyou.demo.factories import anybody, make_activity
from wuyou.demo.small import GOOD
from wuyou.intake import queries, services
from wuyou.intake.tests.offices import brought, received, workbook
from wuyou.kernel.refusals import Forbidden, Refused
from wuyou.kernel.sayings import said
from wuyou.orgs.models import Unit
from wuyou.people.models import ConsentBasis, Person
from wuyou.platform.models import ImportBatch, Job, StoredFile
from wuyou.platform.plugs import announced

ACTIVITY_HEAD = ("序号", "日期", "基层组织", "类型", "主题", "参加人数")
MEETING = (1, "2025-03-04", "文昌社区侨联小组", "学习", "学习《归侨侨眷权益保护法》", 12)
UNKNOWN = (2, "2025-03-05", "天上街道老干部支部", "学习", "读书会", 9)
CENSUS_HEAD = ("姓名", "性别", "出生年月", "身份证号", "侨情类别", "现住址", "联系电话", "宗教信仰", "资产情况")
NUMBER = "530399196103047522"
SOMEBODY = ("罗秀琼", "女", "1961-03-04", NUMBER, "侨眷", "麒麟区文华街道", "19900001234", "佛教", "有房两套")
Sign = Callable[[str], Client]


def activities(*rows: tuple[Any, ...]) -> bytes:
    return workbook(ACTIVITY_HEAD, *(rows or (MEETING, UNKNOWN)), sheet="记录")


def census(*rows: tuple[Any, ...]) -> bytes:
    return workbook(CENSUS_HEAD, *(rows or (SOMEBODY,)), sheet="摸底")


def work() -> None:
    """Do what the worker does with everything that waits, as whoever asked for it."""
    for job in Job.objects.filter(state="queued").order_by("queued_at"):
        Job.objects.filter(pk=job.pk).update(state="running")
        actor = announced.actor_of(job.actor_id)
        job.refresh_from_db()
        try:
            job.result = announced.jobs[job.task].run(actor, _Silent(), **job.arguments)
            job.state = "done"
        except Refused as problem:
            job.state, job.error = "failed", str(problem)
        job.save()


class _Silent:
    def tell(self, done: int, total: int, note: str = "") -> None:
        """Tell nobody."""


def upload(client: Client, *files: tuple[str, bytes], **more: str) -> ImportBatch:
    """Send files from the upload page and let the worker read them."""
    unit = Unit.objects.get(short_name="曲靖市侨联") if "unit" not in more else None
    sent = {"sheets": [SimpleUploadedFile(name, content) for name, content in files], "kind": "", **more}
    answer = client.post(reverse("imports:new"), {**sent, **({"unit": unit.pk} if unit else {})})
    assert answer.status_code == 302, text(answer)
    work()
    return ImportBatch.objects.get(pk=answer["Location"].strip("/").rpartition("/")[2])


def page(client: Client, batch: ImportBatch) -> HttpResponse:
    """Open the page at which a batch is."""
    return client.get(reverse("imports:batch", args=[batch.pk]), follow=True)


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def go_on(client: Client, step: str, batch: ImportBatch, **sent: str) -> HttpResponse:
    """Send one of the wizard's forms, let the worker do what follows, and open the page where the batch then is."""
    answer = client.post(reverse(f"imports:{step}", args=[batch.pk]), sent)
    if answer.status_code != 302:
        return answer
    work()
    return page(client, batch)


def test_a_file_goes_through_the_four_pages(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("会议活动记录.xlsx", activities()))
    columns = page(city, batch)
    assert columns.redirect_chain[-1][0] == reverse("imports:columns", args=[batch.pk])
    assert "会议活动记录 2 行" in text(columns)
    assert "记录： 表头第 1–1 行；数据第 2–3 行，共 2 行" in text(columns)
    preview = go_on(city, "columns", batch)
    assert "确认后写入 1 条，不导入 1 行" in text(preview)
    assert "组织名册里没有“天上街道老干部支部”；请先登记该组织，或改正名称。" in text(preview)
    assert "导入合格的 1 条" in text(preview)
    before = Activity.objects.count()
    result = go_on(city, "commit", batch)
    assert (Activity.objects.count(), "已导入 1 条" in text(result)) == (before + 1, True)
    assert Activity.objects.filter(source_batch=batch.pk).get().topic == MEETING[4]
    assert "将" not in text(city.get(reverse("imports:undo", args=[batch.pk]))).split("撤销以后")[0]
    undone = go_on(city, "undo", batch)
    assert (Activity.objects.count(), "收回 1 条" in text(undone)) == (before, True)


def test_until_it_is_done_the_page_shows_how_far_it_is_and_then_leads_on(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    unit = Unit.objects.get(short_name="曲靖市侨联")
    sent = {"sheets": [SimpleUploadedFile("记录.xlsx", activities())], "kind": "", "unit": unit.pk}
    where = city.post(reverse("imports:new"), sent)["Location"]
    waiting = city.get(where)
    assert ("正在排队" in text(waiting), 'http-equiv="refresh"' in waiting.content.decode()) == (True, True)
    part = city.get(where, headers={"HX-Request": "true"})
    assert part.content.decode().count("<html") == 0
    work()
    assert city.get(where, headers={"HX-Request": "true"})["HX-Redirect"] == where
    assert city.get(where)["Location"] == f"{where}columns/"


REFUSED = (
    ("说明.pdf", b"%PDF-1.7 ...", "这是 PDF 文件，没有导入；请上传原来的 .xlsx 或 .csv 表格。"),
    ("空.xlsx", b"\n", "文件是空的，没有内容可读；请检查是否选错了文件，重新上传。"),
    ("旧.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "这是旧版 Excel 文件（.xls 或 .xlsb），没有导入"),
)


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_that_cannot_be_read_is_told_on_the_upload_page(
    small: Any, sign_in: Sign, name: str, content: bytes, sentence: str
) -> None:
    city = sign_in("city")
    answer = page(city, upload(city, (name, content)))
    assert answer.redirect_chain[-1][0].startswith(reverse("imports:new"))
    assert f"{name}：{sentence}" in text(answer)
    assert "<title>错误：" in answer.content.decode()


def test_no_file_is_told_at_the_box(small: Any, sign_in: Sign) -> None:
    unit = Unit.objects.get(short_name="曲靖市侨联")
    answer = sign_in("city").post(reverse("imports:new"), {"kind": "", "unit": unit.pk})
    assert "请选择要上传的文件：表格文件。" in text(answer)


def test_the_same_file_again_is_recognised_and_leads_to_the_earlier_result(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    content = activities()
    first = upload(city, ("记录.xlsx", content))
    go_on(city, "columns", first)
    go_on(city, "commit", first)
    second = page(city, upload(city, ("改了名字.xlsx", content)))
    assert "这个文件以前导入过" in text(second)
    assert reverse("imports:batch", args=[first.pk]) in second.content.decode()


def test_a_marked_workbook_comes_back_as_the_continuation(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("记录.xlsx", activities()))
    go_on(city, "columns", batch)
    marked = go_on(city, "annotate", batch)
    file = StoredFile.objects.get(purpose=f"marked {batch.pk.hex}")
    assert (file.name, file.name in text(marked)) == ("记录（已标注问题）.xlsx", True)
    content = b"".join(city.get(reverse("platform:file", args=[file.pk])).streaming_content)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["错误清单", "记录"]
    book["记录"]["C3"].value = GOOD
    held = BytesIO()
    book.save(held)
    again = upload(city, ("记录（改好）.xlsx", held.getvalue()))
    assert again.continues == batch.pk
    assert "退回修改后的表格，接着上次的选择继续" in text(page(city, again))
    assert "确认后写入 2 条，不导入 0 行" in text(go_on(city, "columns", again))


def test_a_column_can_be_taken_for_another_field_and_is_remembered(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    content = workbook((*ACTIVITY_HEAD, "花费情况说明栏"), (*MEETING, "自带茶点"), sheet="记录")
    batch = upload(city, ("记录.xlsx", content))
    assert "花费情况说明栏" in text(page(city, batch))
    go_on(city, "columns", batch, **{"c0-G": "note"})
    go_on(city, "commit", batch)
    assert Activity.objects.get(source_batch=batch.pk).note == "自带茶点"
    again = upload(city, ("下一年.xlsx", content))
    assert "本单位以前这样对应过" in text(page(city, again))


def test_two_columns_for_one_field_are_refused_and_nothing_chosen_is_lost(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("记录.xlsx", activities()))
    answer = go_on(city, "columns", batch, **{"c0-A": "topic"})
    assert "有 2 列都选成了“主题”；请只留一列，其余选“不保存”。" in text(answer)
    selects = re.findall(r'name="c0-A".*?</select>', answer.content.decode(), re.S)
    assert '<option value="topic" selected>' in selects[0]
    assert queries.batch(anybody(), batch.pk).state == "read"


def test_two_clerks_choose_for_one_batch_and_the_second_sees_both_choices(small: Any, sign_in: Sign) -> None:
    city, other = sign_in("city"), sign_in("city")
    batch = upload(city, ("会议活动记录.xlsx", activities()))
    seen = str(batch.version)
    go_on(city, "columns", batch, version=seen, **{"c0-A": "note"})
    conflict = other.post(reverse("imports:columns", args=[batch.pk]), {"version": seen, "c0-A": "seq"})
    assert conflict.status_code == 409
    assert "会议活动记录.xlsx：在您填写的时候，别人先保存了修改。" in text(conflict)
    (difference,) = conflict.context["conflict"].differences
    assert (difference.theirs, difference.yours) == ("备注", "序号")
    batch.refresh_from_db()
    assert batch.mapping == {"0/记录/1": {"A": "note"}}


def test_what_was_not_previewed_is_not_imported(small: Any, sign_in: Sign) -> None:
    """Whoever confirms a preview confirms that one: another's choice since needs a look of its own."""
    city, other = sign_in("city"), sign_in("city")
    batch = upload(city, ("会议活动记录.xlsx", activities()))
    go_on(city, "columns", batch, version=str(batch.version))
    batch.refresh_from_db()
    shown = str(batch.version)
    assert f'name="version" value="{shown}"' in page(city, batch).content.decode()
    go_on(other, "columns", batch, version=shown)
    before = Activity.objects.count()
    refused = city.post(reverse("imports:commit", args=[batch.pk]), {"version": shown})
    assert (refused.status_code, "在您查看预览之后，有人改了这一批的列或用途" in text(refused)) == (422, True)
    work()
    assert Activity.objects.count() == before
    batch.refresh_from_db()
    go_on(city, "commit", batch, version=str(batch.version))
    assert Activity.objects.count() == before + 1


def test_a_table_can_be_left_out_or_taken_for_another_kind(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("记录.xlsx", activities()))
    columns = go_on(city, "columns", batch, k0="")
    assert "没有认出这是什么表，不会导入" in text(columns)
    columns = go_on(city, "columns", batch, k0="activities")
    assert "会议活动记录 2 行" in text(columns)
    assert "确认后写入 1 条，不导入 1 行" in text(go_on(city, "columns", batch))


def test_persons_need_a_ground_and_sensitive_columns_a_purpose(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("侨情表.xlsx", census()))
    columns = page(city, batch)
    assert "登记个人信息的依据和用途" in text(columns)
    assert [
        hidden for hidden in (NUMBER, SOMEBODY[6], "1961-03-04", "佛教", "有房两套") if hidden in text(columns)
    ] == []
    assert text(columns).count("不保存，没有登记用途") == 2, "religion and wealth have no purpose here"
    complaint = go_on(city, "columns", batch, purpose="侨情登记")
    assert "请选择登记个人信息的依据。" in text(complaint)
    preview = go_on(city, "columns", batch, ground="separate_consent", purpose="侨情登记", **{"keep-id_no": "1"})
    assert "确认后写入 1 条，不导入 0 行" in text(preview)
    assert [hidden for hidden in (NUMBER, SOMEBODY[6], "1961-03-04") if hidden in text(preview)] == []
    go_on(city, "commit", batch)
    person = Person.objects.get(source_batch=batch.pk)
    assert (person.id_number, person.birth, person.basis.ground, person.basis.purpose) == (
        NUMBER,
        "",
        ConsentBasis.Ground.SEPARATE,
        "侨情登记",
    )


def test_all_or_nothing_takes_nothing_when_one_row_cannot_be_taken(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("记录.xlsx", activities()))
    go_on(city, "columns", batch)
    before = Activity.objects.count()
    answer = go_on(city, "commit", batch, all_or_nothing="1")
    assert "有 1 行不能导入；已选择“全部合格才导入”，所以一行都没有导入。" in text(answer)
    assert (Activity.objects.count(), "导入合格的 1 条" in text(answer)) == (before, True)


def test_a_second_press_starts_nothing_twice(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("记录.xlsx", activities()))
    go_on(city, "columns", batch)
    for _press in range(2):
        city.post(reverse("imports:commit", args=[batch.pk]))
    assert Job.objects.filter(task="intake.commit").count() == 1


STRANGERS = (("leader", 403), ("auditor", 403), ("huize", 404), ("luliang", 404))


@pytest.mark.parametrize(("username", "status"), STRANGERS)
def test_others_do_not_see_a_batch(small: Any, sign_in: Sign, username: str, status: int) -> None:
    batch = received(small.unit("曲靖市侨联"), ("记录.xlsx", activities()))
    for name in ("batch", "columns", "preview", "result", "undo"):
        assert sign_in(username).get(reverse(f"imports:{name}", args=[batch.pk])).status_code == status


def test_a_batch_of_persons_is_closed_to_who_may_not_register_them(small: Any, sign_in: Sign) -> None:
    city = sign_in("city")
    batch = upload(city, ("侨情表.xlsx", census()))
    with pytest.raises(Forbidden):
        queries.batch(small.actor("admin"), batch.pk)
    assert sign_in("admin").get(reverse("imports:columns", args=[batch.pk])).status_code == 403


def test_what_later_records_need_is_kept_and_said(small: Any) -> None:
    office = small.unit("曲靖市侨联")
    head = ("组织名称", "类型", "挂靠单位", "成立时间", "负责人", "职务", "联系电话", "侨界群众人数")
    rows = [
        (f"曲靖市麒麟区{name}小学侨联小组", "学校", f"麒麟区{name}小学", "2019-05", f"{name[0]}明", "组长", phone, 20)
        for name, phone in (("春晖", "19900005551"), ("朝阳", "19900005552"))
    ]
    batch, _outcome = brought(office, ("台账.xlsx", workbook(head, *rows, sheet="麒麟区")), kind="organisations")
    used = Unit.objects.get(full_name=rows[0][0])
    make_activity(used)
    number, left = services.undo(actor=anybody(), batch_id=batch.pk)
    assert [said(saying) for saying in left] == [f"{used}：后来的记录用到了它，保留。"]
    assert not Unit.objects.filter(full_name=rows[1][0]).exists()
    assert (used.seats.count(), used.hostings.count()) == (1, 1), "what is kept is kept whole"
    assert services.undo(actor=anybody(), batch_id=batch.pk) == (number, left), "a replay tells the same"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(small: Any, sign_in: Sign, number: int) -> None:
    for _one in range(number):
        received(small.unit("曲靖市侨联"), ("记录.xlsx", activities()))
    city = sign_in("city")
    city.get(reverse("imports:list"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = city.get(reverse("imports:list"))
    assert (answer.content.decode().count("记录.xlsx"), len(asked)) == (number, 5)
