"""What the sample pages show: an invented city, as long-winded and as faulty as a real one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from wuyou.kernel.refusals import Conflict, Difference, Reason
from wuyou.platform import charts
from wuyou.platform.frame import Entry, Frame
from wuyou.platform.presentation import Pages, Progress
from wuyou.platform.tables import Cell, Column, Empty, Table
from wuyou.platform.widgets import Candidate, ConsentField, PartialDateField, PickerField, PlainForm

MENU = ("工作台", "组织", "成员与侨情", "活动与走访", "诉求与帮扶", "经费", "会议与文件", "考核与总结", "设置")
KEYS = "wzchsjmks"
TABS = ("首页", "成员", "活动", "诉求")
COUNTIES = ("麒麟区", "沾益区", "马龙区", "宣威市", "富源县", "罗平县", "师宗县", "陆良县", "会泽县")
CODES = tuple(f"5303{number}" for number in ("02", "03", "04", "81", "25", "24", "23", "22", "26"))
PEOPLE = (1286, 640, 212, 978, 430, 365, 298, 871, 540)
UNREACHED = (120, 0, 45, 210, 88, None, 30, 160, 75)


def frame(template: str, large: bool) -> Frame:
    """Return the frame of an office, a leader or a visitor, by what the page is."""
    common: dict[str, Any] = {"preference_url": "/preference", "feedback_url": "/feedback", "large": large}
    common["phone"] = "19900001234"
    if template.startswith("leader"):
        tabs = tuple(Entry(label, "#", at == 0) for at, label in enumerate(TABS))
        return Frame(unit_name="麒麟区北关社区侨联小组", person_name="李素珍", sign_out_url="/out", tabs=tabs, **common)
    if template.startswith("office"):
        entries = tuple(Entry(label, "#", at == 1, KEYS[at]) for at, label in enumerate(MENU))
        return Frame(
            unit_name="曲靖市侨联",
            person_name="王建国",
            account_url="#",
            sign_out_url="/out",
            entries=entries,
            **common,
        )
    return Frame(sign_in_url="/in", **common)


class OrgQuery(PlainForm):
    """The bar over the list of organisations."""

    name = forms.CharField(label="名称", required=False)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), ("1", "华侨农场"), ("2", "企业")])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("1", "停滞")])
    leader = forms.CharField(label="组长姓名", required=False)
    missing = forms.ChoiceField(label="缺少的“有”", required=False, choices=[("", "全部"), ("1", "有阵地")])


NAMES = (
    "华侨农场侨联小组",
    "天生桥水泥厂侨联小组",
    "羊场煤矿侨联小组",
    "以礼河电厂侨联小组",
    "县第一中学侨联小组",
    "三岔河镇侨联小组",
    "县直机关侨联小组",
    "腊山街道侨联小组",
    "白石江街道北关社区归侨侨眷联谊小组（含和平里片区）",
)
WORDS = ("正常", "缺阵地", "正常", "停滞", "正常", "新建", "正常", "待重组", "正常")


def org_table(rows: int = 20) -> Table:
    """Return a page of the list of organisations."""
    columns = [
        Column("小组", phone="name", sort="name"),
        Column("县区"),
        Column("类型", phone="hide"),
        Column("成员", "number", sort="people"),
        Column("状态", "tag", phone="tag"),
        Column("五有", phone="line", short="五有"),
        Column("今年补助", "money", phone="hide"),
        Column("最近活动", "date"),
    ]
    body = [
        [
            Cell(NAMES[at % 9], "#"),
            COUNTIES[at % 9],
            "乡镇（街道）",
            9 + 17 * at % 90,
            WORDS[at % 9],
            f"{5 - at % 4}/5",
            200000 + 12345 * at,
            date(2026, 7, 2) if at % 5 else None,
        ]
        for at in range(rows)
    ]
    empty = Empty(
        "还没有登记小组",
        "小组登记以后，“五有”情况、覆盖和总结都由记录自动得出。可以从台账表格一次导入。",
        "#",
        "导入台账",
    )
    return Table("基层组织", columns, body, empty, ordered="name")


class RecordForm(PlainForm):
    """The leader's quick record: five fields."""

    kind = forms.ChoiceField(
        label="做了什么",
        widget=forms.RadioSelect,
        choices=[("1", "活动"), ("2", "走访"), ("3", "座谈"), ("4", "学习")],
        initial="1",
    )
    held = PartialDateField(label="哪一天", initial="2026-07-02")
    title = forms.CharField(label="主要内容", help_text="例如：中秋慰问困难归侨")
    present = forms.IntegerField(label="到场人数", min_value=0)
    note = forms.CharField(label="备注", required=False, max_length=500, widget=forms.Textarea)


FOUND = (
    Candidate("53030201", "北关社区侨联小组", "麒麟区白石江街道，成员 46 人"),
    Candidate("53032801", "北关社区侨联小组", "沾益区西平街道，成员 12 人"),
)


class EveryForm(PlainForm):
    """One field of every kind."""

    name = forms.CharField(label="组织全称", help_text="与批复文件一致")
    unit = PickerField(label="受谁指导", find=lambda typed: FOUND, help_text="写名称里的几个字即可", search_url="/find")
    founded = PartialDateField(label="成立时间", required=False, help_text="只知道年份，月和日可以空着")
    kind = forms.ChoiceField(
        label="类型", choices=[("", "请选择"), ("1", "乡镇（街道）侨联小组"), ("2", "企业侨联小组")]
    )
    serves = forms.MultipleChoiceField(
        label="服务哪些人",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "归侨"), ("2", "侨眷"), ("3", "留学人员及其家属")],
    )
    share = forms.ChoiceField(
        label="阵地是否与别的单位合用", widget=forms.RadioSelect, choices=[("1", "是"), ("0", "否")]
    )
    remark = forms.CharField(label="说明", required=False, max_length=200, widget=forms.Textarea)
    file = forms.FileField(
        label="批复文件", required=False, widget=forms.FileInput, help_text="PDF、JPG 或 PNG，不超过 10 MB"
    )
    sure = forms.BooleanField(label="以上内容与纸质批复一致", help_text="提交后仍可更正，更正会留下记录")
    consent = ConsentField(
        label="本人同意上述用途",
        purpose="中秋、春节走访慰问时联系",
        contents="姓名、手机号码、住址",
        kept="任期结束后 2 年删除",
    )


def wrong_form() -> EveryForm:
    """Return the form as it comes back with faults."""
    return EveryForm({"unit_typed": "北关", "founded_y": "52", "remark": "甲" * 40, "kind": ""})


def all_charts() -> dict[str, Any]:
    """Return one chart of each kind."""
    months = [f"{month}月" for month in range(1, 13)]
    areas = [
        charts.Area(code, name, value, f"/coverage/{code}")
        for code, name, value in zip(CODES, COUNTIES, UNREACHED, strict=True)
    ]
    rings = {area.code: [_ring(at % 3, at // 3)] for at, area in enumerate(areas)}
    tree = charts.Node(
        "曲靖市归国华侨联合会",
        "成员 5,620 人",
        "#",
        [
            charts.Node(
                "麒麟区侨联",
                "36 个小组",
                "#",
                [
                    charts.Node("白石江街道侨联小组", "", "#"),
                    charts.Node(NAMES[8], "", "#"),
                ],
            ),
            charts.Node("沾益区侨联", "12 个小组", "#"),
        ],
    )
    return {
        "bars": charts.bars(
            "各县区登记的侨界群众",
            [charts.Bar(name, value, f"/people/{name}") for name, value in zip(COUNTIES, PEOPLE, strict=True)],
            head="县区",
        ),
        "long": charts.bars(
            "今年各类组织",
            [
                charts.Bar("乡镇（街道）侨联小组", 64),
                charts.Bar("企业（厂矿）侨联小组", 21),
                charts.Bar("学校侨联小组", None),
            ],
            unit="个",
            head="类型",
        ),
        "stacked": charts.stacked(
            "各县区小组的状态",
            ["正常", "停滞", "待重组"],
            [charts.Stack(name, (12 + at, at % 4, at % 3), f"/orgs/{at}") for at, name in enumerate(COUNTIES)],
            unit="个",
            head="县区",
        ),
        "lines": charts.lines(
            "每月活动与走访",
            months,
            [
                charts.Series("活动", [4, 9, 6, 8, 12, 7, 9, 4, 15, 8, None, None]),
                charts.Series("走访", [22, 31, 8, 6, 9, 8, 7, 6, 28, 11, None, None]),
            ],
            unit="次",
        ),
        "heat": charts.heat_strip(
            "各小组每月活动",
            months,
            [
                charts.Strip(name, [(at * 7 + month * 3) % 5 for month in range(12)])
                for at, name in enumerate(NAMES[:3])
            ],
            head="小组",
        ),
        "tiles": charts.tile_map("尚未有小组联系的侨界群众", areas, head="县区"),
        "map": charts.choropleth("尚未有小组联系的侨界群众（按边界）", areas, rings, head="县区"),
        "tree": charts.org_tree("组织系统", [tree]),
    }


def _ring(column: int, row: int) -> list[tuple[float, float]]:
    x, y = 103.3 + column * 0.5, 26.3 - row * 0.5
    return [
        (x, y),
        (x + 0.25, y + 0.08),
        (x + 0.5, y),
        (x + 0.45, y - 0.3),
        (x + 0.5, y - 0.5),
        (x + 0.2, y - 0.44),
        (x, y - 0.5),
    ]


def parts() -> dict[str, Any]:
    """Return what the page of single components shows."""
    return {
        "crumbs": 1,
        "events": [
            {
                "when": date(2026, 7, 2),
                "title": "恢复活动",
                "href": "#",
                "state": "恢复",
                "text": "市侨联〔2026〕12 号",
            },
            {"when": "2019-11", "title": "因企业改制停止活动", "state": "停滞", "text": ""},
            {"when": "1986", "title": "成立", "text": "原名：羊场煤矿归侨小组"},
        ],
        "nodes": [
            {
                "label": "曲靖市侨联",
                "href": "#",
                "opened": True,
                "note": "120 个小组",
                "children": [
                    {
                        "label": "麒麟区侨联",
                        "href": "#",
                        "opened": True,
                        "state": "正常",
                        "children": [
                            {"label": NAMES[8], "href": "#", "state": "缺阵地", "note": "46 人", "children": []},
                        ],
                    },
                    {"label": "沾益区侨联", "href": "#", "state": "待重组", "children": []},
                ],
            },
        ],
        "changes": [
            ("姓名", "张明华", "张明华"),
            ("侨情类别", "侨眷", "归侨"),
            ("工作单位", "", "羊场煤矿有限责任公司机电队"),
        ],
        "job": Progress("正在导入《麒麟区2025年侨情调查表》", 42, 4200, 10000, "行", 95),
        "done": Progress("导入完成", 100, finished=True, sentence="新增 180 行，修改 12 行，不变 9,808 行。"),
        "sums": Table(
            "经费合计",
            [Column("项目", phone="name"), Column("金额", "money")],
            [["春节慰问", 1234500], ["阵地补助", 800000]],
            total=["合计", 2034500],
        ),
        "wide": Table(
            "侨情调查预览",
            [Column("姓名", phone="name"), *(Column(f"第 {at} 列标题") for at in range(2, 16))],
            [[f"张某{at}", *(f"内容 {column}" for column in range(2, 16))] for at in range(6)],
            wide=True,
        ),
        "nothing": org_table(0),
    }


def conflict() -> dict[str, Any]:
    """Return what the page of two edits shows."""
    address = Difference("address", "地址", "北关社区活动室", "和平里 12 号")
    area = Difference("area", "面积", "60 平方米", "45 平方米")
    return {"conflict": Conflict("羊场煤矿侨联小组", (address, area), 4)}


def _nothing() -> dict[str, Any]:
    return {}


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "office_list": (
        "office_list",
        lambda: {"form": OrgQuery({"name": ""}), "table": org_table(), "pages": Pages(3, 7, 132, "个小组")},
    ),
    "office_desk": ("office_desk", all_charts),
    "office_form": ("office_form", lambda: {"form": EveryForm()}),
    "office_wrong": ("office_form", lambda: {"form": wrong_form()}),
    "office_charts": ("office_charts", all_charts),
    "office_parts": ("office_parts", parts),
    "leader_home": ("leader_home", _nothing),
    "leader_record": ("leader_record", lambda: {"form": RecordForm()}),
    "leader_done": ("leader_done", _nothing),
    "400": ("400", _nothing),
    "403": ("403", _nothing),
    "405": ("405", _nothing),
    "csrf": ("csrf", _nothing),
    "404": ("404", _nothing),
    "409": ("409", conflict),
    "413": ("413", _nothing),
    "429": ("429", _nothing),
    "500": ("500", lambda: {"reference": "20260702-7F3A9C"}),
    "503": ("503", _nothing),
    "refused": (
        "refused",
        lambda: {"reasons": [Reason("这个小组已经撤销，不能再登记活动。请核对小组名称，或者先办理恢复。")]},
    ),
}
