"""The whole line in real Chromium: ledger and census in, a missing 有 mended, coverage, summary, a figure, the .docx."""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.running import PASSWORD, house
from wuyou.platform.tests import screen_rules
from wuyou.platform.tests.tools import require

pytestmark = pytest.mark.browser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GROUP = "文华街道学府社区侨联小组"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three groups, as an office keeps it: title, header, rows, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "麒麟区"
    rows = [
        ["2026年基层侨联组织台账"],
        [],
        ["序号", "组织名称", "类型", "挂靠单位", "成立时间", "批复文号", "负责人", "电话", "班子成员", "换届时间",
         "侨界群众人数", "活动阵地", "年度经费（元）", "经费来源", "学习制度", "状态"],
        [1, GROUP, "街道社区", "文华街道学府社区", "2016-05-03", "麒侨发[2016]12号", "王秀兰", "19900001111",
         "李明华、赵国强", "2028-05", 24, "无", 6000, "市侨联补助", "有", "正常"],
        [2, "曲靖市第一中学侨联小组", "学校", "曲靖市第一中学", "2018.9", "麒侨发〔2018〕7号", "陈桂英", "19900002222",
         "周丽", "2027-09", 15, "有", 3000, "挂靠单位", "有", "正常"],
        [3, "益宁街道侨联联络组", "街道社区", "益宁街道办事处", "2009年4月", "", "杨文斌", "19900003333", "", "2024-04", 33,
         "有", "", "", "无", "停滞"],
        ["合计", None, None, None, None, None, None, None, None, None, 72],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    path = tmp_path_factory.mktemp("sheets") / "2026年台账.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A census roll of twelve persons in three townships, one line of it without a name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "性别", "出生年月", "侨属类别", "户籍地址", "联系电话", "家庭资产"])
    towns = ["麒麟区文华街道", "麒麟区益宁街道", "沾益区西平街道"]
    for n in range(12):
        name = f"{'王李张刘陈杨赵黄周吴徐孙'[n]}{'秀明丽'[n % 3]}{'兰华英芳'[n % 4]}" if n != 7 else ""
        sheet.append(
            [
                name,
                "女" if n % 2 else "男",
                f"19{50 + n}-0{1 + n % 9}",
                "侨眷",
                towns[n % 3],
                f"1990000{4000 + n}",
                "一般",
            ]
        )
    path = tmp_path_factory.mktemp("sheets") / "侨情调查表.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The city officer's window on a running house, signed in."""
    require("chromium")
    with house(tmp_path_factory.mktemp("house")) as base, screen_rules.browser() as chromium:
        context = chromium.new_context(base_url=base, viewport={"width": 1366, "height": 768}, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        watched = screen_rules.watch(page, base)
        page.goto("/")
        page.get_by_label("用户名").fill("city")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="工作台")).to_be_visible()
        yield page
        assert watched == []


def bring_in(page: Page, path: Path) -> None:
    """Walk the four pages of the wizard with one file."""
    page.goto("/imports/new/")
    # as bytes: the browser of a machine without a Chinese locale cannot open a path with Chinese letters
    page.get_by_label("表格文件").set_input_files({"name": path.name, "mimeType": XLSX, "buffer": path.read_bytes()})
    page.get_by_role("button", name="上传并识别").click()
    expect(page.get_by_role("button", name="核对每一行")).to_be_visible(timeout=60_000)
    consent = page.get_by_label(re.compile("^本人同意"))
    if consent.count():
        consent.check()
    page.get_by_role("button", name="核对每一行").click()
    page.get_by_role("button", name=re.compile("^(确认导入|导入合格的)")).click(timeout=60_000)
    expect(page.get_by_role("heading", name=re.compile("已导入"))).to_be_visible(timeout=60_000)


def test_the_whole_line(page: Page, ledger: Path, census: Path) -> None:
    bring_in(page, ledger)
    bring_in(page, census)

    page.goto("/units/?q=学府")
    page.get_by_role("link", name=re.compile("学府社区")).first.click()
    unit_url = page.url
    number = unit_url.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"/assessment/{number}/")
    venue = page.locator("section.card", has=page.get_by_role("heading", name="有阵地"))
    expect(venue.locator(".tag")).not_to_have_text("达到")
    venue.get_by_role("link", name=re.compile("阵地")).last.click()
    page.get_by_label("阵地名称").fill("学府社区侨胞之家")
    page.get_by_label("地址").fill("麒麟区文华街道学府社区二楼")
    page.get_by_label("无偿使用").check()
    page.get_by_role("main").get_by_role("button", name="保存").click()
    page.goto(f"/assessment/{number}/")
    expect(venue.locator(".tag")).to_have_text("达到")

    page.goto("/coverage/")
    expect(page.get_by_role("row", name=re.compile("沾益区"))).to_be_visible()
    page.get_by_role("link", name="沾益区").first.click()
    expect(page.get_by_role("link", name="建议新建").first).to_be_visible()

    page.goto("/summaries/new/")
    page.get_by_role("button", name="起草总结").click()
    figure = page.locator("article.paper a").first
    expect(figure).to_have_text(re.compile(r"\d"))
    figure.click()
    expect(page.locator("main table").first).to_be_visible()
    page.go_back()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word 文档").click()
    paper = docx.Document(waiting.value.path())
    assert any("侨联" in paragraph.text for paragraph in paper.paragraphs)


@pytest.mark.parametrize(
    "path", ["/", "/units/", "/coverage/", "/people/", "/activities/", "/funds/", "/imports/", "/settings/"]
)
@pytest.mark.parametrize("size", [screen_rules.DESK, screen_rules.PHONE], ids=["desk", "phone"])
def test_pages_keep_the_rules_of_the_screen(page: Page, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    assert [str(breach) for breach in screen_rules.check_page(page, skip=("U5",))] == []
