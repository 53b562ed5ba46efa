"""Which titles carry a mark of secrecy, and which only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.refusals import Reason
from wuyou.platform.documents.content import (
    Appendix,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from wuyou.platform.documents.secrecy import mark_in_text, mark_in_title, may_be_written

MARKED = [
    ("机密", "机密"),
    ("绝密★", "绝密"),
    ("秘密★1年", "秘密"),
    ("机密 ★ 6个月", "机密"),
    ("秘密★长期", "秘密"),
    ("绝密★启用前", "绝密"),
    ("绝密☆10年", "绝密"),
    ("机　密", "机密"),
    ("机\u200b密★5年", "机密"),
    ("機密★5年", "机密"),
    ("祕密", "秘密"),
    ("（秘密）关于某事的报告", "秘密"),
    ("关于某事的报告（机密）", "机密"),
    ("【绝密】某事方案", "绝密"),
    ("[机密级]某事方案", "机密"),
    ("机密：关于某事的请示", "机密"),
    ("密级：秘密", "秘密"),
    ("密级:机密 保密期限:5年", "机密"),
    ("秘密 关于加强工作的通知", "秘密"),
    ("秘密 工作总结", "秘密"),
    ("机密文件清退情况", "机密"),
    ("绝密级资料目录", "绝密"),
    ("工作秘密★3年", "秘密"),
    ("（工作秘密）某事方案", "秘密"),
    ("国家秘密", "秘密"),
    ("特急·机密", "机密"),
    ("某联密发秘密〔2025〕3号", "秘密"),
    ("机密〔2025〕1号", "机密"),
    ("绝密封存材料", "绝密"),
]
CLEAN = [
    "",
    "工作总结",
    "关于加强保密工作的通知",
    "关于秘书长任职的通知",
    "秘书处工作安排",
    "设立秘密写票处的办法",
    "秘密写票处",
    "无记名秘密投票办法",
    "秘密划票间布置要求",
    "商业秘密教育",
    "商业秘密保护培训",
    "学习《中华人民共和国保守国家秘密法》",
    "保守秘密承诺书",
    "国家秘密与工作秘密常识讲座",
    "严守党和国家的秘密",
    "侵犯商业秘密案例",
    "个人秘密与隐私保护",
    "通信自由和通信秘密",
    "内部资料",
    "内部资料 注意保存",
    "涉密人员管理办法",
    "定密工作培训",
    "手机密码使用须知",
    "计算机密钥管理",
    "随机密封条",
    "杜绝密切接触",
    "密切联系群众",
    "密云区工作总结",
    "高密市联合会",
    "密政发〔2025〕1号",
    "某联发〔2025〕17号",
    "地下党秘密交通线纪念活动",
    "抗战时期秘密战线史料征集",
    "数据机密性要求",
    "机关密切联系群众制度",
    "特急",
]


@pytest.mark.parametrize(("title", "mark"), MARKED)
def test_marked_title_is_found(title, mark):
    assert mark_in_title(title) == mark


@pytest.mark.parametrize("title", CLEAN)
def test_harmless_title_is_let_through(title):
    assert mark_in_title(title) == ""


TEXTS = [
    ("材料封面标有机密★5年字样", "机密"),
    ("秘密 ★ 长期", "秘密"),
    ("做好机密文件的清退", ""),
    ("采用秘密写票的方式", ""),
    ("五星★级之家", ""),
]


@pytest.mark.parametrize(("text", "mark"), TEXTS)
def test_running_text_is_refused_only_with_a_star(text, mark):
    assert mark_in_text(text) == mark


@given(st.text(alphabet="绝机秘密级★ （）国家写票工作保守码0年\u200b", max_size=200))
def test_any_text_is_searched_without_fault(text):
    assert mark_in_title(text) in {"", "绝密", "机密", "秘密"}
    assert not mark_in_text(text) or mark_in_title(text)


def test_every_part_with_a_mark_is_named():
    document = OfficialDocument(
        title=("会议秘密", "投票办法"),
        subtitle="机密报告",
        letterhead="某某联合会文件",
        number="机密〔2025〕1号",
        blocks=(
            Heading(1, "绝密事项", ("秘密★",)),
            Paragraph(("机密文件",)),
            Table((TableColumn("甲", 1),), (TableRow(("绝密★2年",)),)),
        ),
        appendices=(Appendix("秘密目录", (Heading(2, "保密工作"),)),),
    )
    decision = may_be_written(document)
    assert [str(reason).split("带有")[0] for reason in decision.reasons] == [
        "发文字号“机密〔2025〕1号”", "副标题“机密报告”", "小标题“绝密事项”", "附件标题“秘密目录”",
        "正文“秘密★”", "正文“绝密★2年”",
    ]  # fmt: skip
    assert {type(reason) for reason in decision.reasons} == {Reason}
