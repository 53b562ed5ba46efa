"""The whole line in real Chromium: ledger and census in, a missing 有 mended, coverage, summary, a figure, the .docx."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import docx
import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

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
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Page]]:
    """A running house, and how to open another window on it."""
    require("chromium")
    with house(tmp_path_factory.mktemp("house")) as base, screen_rules.browser() as chromium:
        watched = []

        def opened() -> Page:
            context = chromium.new_context(
                base_url=base, viewport={"width": 1366, "height": 768}, accept_downloads=True
            )
            page = context.new_page()
            page.set_default_timeout(30_000)
            watched.append(screen_rules.watch(page, base))
            return page

        yield opened
        assert [breach for breaches in watched for breach in breaches] == []


@pytest.fixture(scope="module")
def page(window: Callable[[], Page]) -> Page:
    """The city officer's window, signed in."""
    page = window()
    page.goto("/")
    page.get_by_label("用户名").fill("city")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    return page


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


class Keys:
    """Somebody without a mouse: goes on with Tab, and sees at each step where he is."""

    def __init__(self, page: Page) -> None:
        self.page, self.unseen = page, list[str]()

    def to(self, wanted: Locator) -> "Keys":
        """Press Tab until the wanted thing, or one of several, has the focus; what has it on the way has to show it."""
        expect(wanted.first).to_be_visible()
        for _step in range(200):
            self.page.keyboard.press("Tab")
            unseen = self.page.evaluate(FOCUS)
            if unseen:
                self.unseen.append(unseen)
            if wanted.evaluate_all("(found) => found.includes(document.activeElement)"):
                return self
        raise AssertionError(f"no Tab leads to {wanted}")

    def press(self, wanted: Locator, key: str = "Enter") -> "Keys":
        """Go to a button, link or choice and press it."""
        self.to(wanted).page.keyboard.press(key)
        return self

    def write(self, wanted: Locator, text: str) -> "Keys":
        """Go to a box and type."""
        self.to(wanted).page.keyboard.type(text)
        return self


FOCUS = """
() => {
  const el = document.activeElement;
  if (!el || el === document.body || el.type === "date") return "";  // the browser marks the parts of a date itself
  const style = getComputedStyle(el), box = el.getBoundingClientRect();
  const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const shown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const name = (el.textContent || el.name || "").trim().slice(0, 30);
  return marked && shown ? "" : `${el.tagName} “${name}” on ${location.pathname}`;
}
"""
"""What has the focus without showing it, "" when it does."""


def test_the_whole_task_by_keyboard(window: Callable[[], Page], tmp_path: Path) -> None:
    """Source: rule U18, WCAG 2.2 2.1.1 Keyboard and 2.4.7 Focus Visible."""
    page = window()
    keys, main = Keys(page), page.get_by_role("main")
    page.goto("/")
    keys.write(page.get_by_label("用户名"), "city").write(page.get_by_label("密码"), PASSWORD)
    keys.press(main.get_by_role("button", name="登录"))
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()

    keys.press(page.get_by_role("navigation", name="主导航").get_by_role("link", name="设置"))
    keys.press(main.get_by_role("link", name="导入记录"))
    keys.press(main.get_by_role("link", name="导入表格").first)
    keys.to(page.get_by_label("表格文件"))  # the window in which one picks the file is the system's own
    page.get_by_label("表格文件").set_input_files({"name": "台账.xlsx", "mimeType": XLSX, "buffer": one_group()})
    keys.press(page.get_by_role("button", name="上传并识别"))
    expect(page.get_by_role("button", name="核对每一行")).to_be_visible(timeout=60_000)
    keys.press(page.get_by_role("button", name="核对每一行"))
    expect(page.get_by_role("button", name=re.compile("^(确认导入|导入合格的)"))).to_be_visible(timeout=60_000)
    keys.press(page.get_by_role("button", name=re.compile("^(确认导入|导入合格的)")))
    expect(page.get_by_role("heading", name=re.compile("已导入"))).to_be_visible(timeout=60_000)

    keys.press(page.get_by_role("navigation", name="主导航").get_by_role("link", name="组织"))
    keys.write(main.get_by_label("名称"), "太和").page.keyboard.press("Enter")
    keys.press(main.get_by_role("link", name=re.compile("太和街道")).first)
    keys.press(main.get_by_role("link", name="五有情况"))
    venue = page.locator("section.card", has=page.get_by_role("heading", name="有阵地"))
    expect(venue.locator(".tag")).not_to_have_text("达到")
    keys.press(venue.get_by_role("link", name=re.compile("阵地")).last)
    keys.write(page.get_by_label("阵地名称"), "太和街道侨胞之家")
    keys.write(page.get_by_label("地址"), "麒麟区太和街道一号")
    keys.press(page.locator("input[name=right]"), "ArrowDown")
    keys.press(main.get_by_role("button", name="保存"))
    expect(page.get_by_text("太和街道侨胞之家").first).to_be_visible()
    keys.press(main.get_by_role("link", name="五有情况"))
    expect(venue.locator(".tag")).to_have_text("达到")

    keys.press(page.get_by_role("navigation", name="主导航").get_by_role("link", name="工作总结"))
    keys.press(main.get_by_role("link", name="起草总结").first)
    keys.press(page.get_by_role("button", name="起草总结"))
    expect(page.locator("article.paper a").first).to_be_visible()
    assert keys.unseen == []


def one_group() -> bytes:
    """Return a ledger of one group that has no venue."""
    book = openpyxl.Workbook()
    book.active.title = "麒麟区"
    book.active.append(["组织名称", "类型", "挂靠单位", "成立时间", "负责人", "电话", "活动阵地", "状态"])
    book.active.append(
        ["太和街道侨联小组", "街道社区", "太和街道办事处", "2019-05", "段秀芬", "19900005555", "无", "正常"]
    )
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_leader_s_first_visit_is_light_and_asks_nobody_else(window: Callable[[], Page]) -> None:
    """Source: design of the screens 1.7: a first visit on a phone weighs at most 120 kB, compressed, from one host."""
    page, weights, hosts = window(), list[int](), set[str]()
    page.set_viewport_size({"width": 390, "height": 844})
    page.on("response", lambda answer: weights.append(answer.request.sizes()["responseBodySize"]))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto("/")
    page.get_by_label("用户名").fill("leader")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("link", name="记一次活动或走访")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert (sum(weights) <= 120_000, len(hosts)) == (True, 1)


@pytest.mark.parametrize(
    "path", ["/", "/units/", "/coverage/", "/people/", "/activities/", "/funds/", "/imports/", "/settings/"]
)
@pytest.mark.parametrize("size", [screen_rules.DESK, screen_rules.PHONE], ids=["desk", "phone"])
def test_pages_keep_the_rules_of_the_screen(page: Page, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(path)
    assert [str(breach) for breach in screen_rules.check_page(page)] == []
