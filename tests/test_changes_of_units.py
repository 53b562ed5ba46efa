"""A merger and a split in real Chromium: from the unit's page over the task list to the result, and a merger back again; a
merger with nothing but the keyboard.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.running import PASSWORD, house
from wuyou.platform.tests import screen_rules
from wuyou.platform.tests.tools import require

pytestmark = pytest.mark.browser

UNITS = """
from datetime import date
from wuyou.demo import factories as make
from wuyou.orgs import queries
from wuyou.people.models import Affiliation
office = queries.federations(make.anybody())[0]
for name in "甲乙丁己庚":
    unit = make.make_unit(parent=office, full_name=f"{name}厂侨联小组", hosts=(f"{name}厂",), founded="2015-03-01")
    people = [make.make_person(unit, unit, name=f"{name}友{n}") for n in "一二三"]
    make.make_seat(unit, people[0])
    make.make_venue(unit)
    make.make_entry(unit, amount_fen=100_00, on=date(2025, 3, 1))
Affiliation.objects.update(start=date(2022, 1, 1))
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The city officer's window on a house with three groups, signed in."""
    require("chromium")
    with house(tmp_path_factory.mktemp("house"), UNITS) as base, screen_rules.browser() as chromium:
        opened = chromium.new_context(base_url=base, viewport={"width": 1366, "height": 768}).new_page()
        opened.set_default_timeout(30_000)
        noticed = screen_rules.watch(opened, base)
        opened.goto("/")
        opened.get_by_label("用户名").fill("city")
        opened.get_by_label("密码").fill(PASSWORD)
        opened.get_by_role("main").get_by_role("button", name="登录").click()
        expect(opened.get_by_role("heading", name="工作台")).to_be_visible()
        yield opened
        assert noticed == []


def begin(page: Page, unit: str, kind: str) -> None:
    """Go from the list of units to the task list of a change, and fill in its basics."""
    page.goto(f"/units/?q={unit}")
    page.get_by_role("link", name=unit).first.click()
    page.get_by_role("link", name="办理变更").click()
    page.get_by_label(re.compile(f"^{kind}")).check()
    page.get_by_role("button", name="开始填写").click()
    expect(page.get_by_role("heading", name=re.compile(f"^{kind}"))).to_be_visible()
    page.get_by_role("link", name="基本情况").click()
    page.get_by_label("生效日期").fill("2025-09-01")
    page.get_by_label("批复文号").fill(f"曲侨发[2025]{len(unit) + len(kind)}{ord(unit[0]) % 10}号")
    page.get_by_role("button", name="保存").click()


def carry_out(page: Page) -> None:
    """Look at what the change does and confirm it."""
    page.get_by_role("link", name="核对并办理").click()
    expect(page.get_by_role("heading", name="办理以后")).to_be_visible()
    page.get_by_role("button", name="确认办理").click()
    expect(page.get_by_role("heading", name=re.compile("：已办理$"))).to_be_visible()


def test_a_merger_and_its_undo(page: Page) -> None:
    begin(page, "甲厂侨联小组", "合并")
    page.get_by_role("link", name="参加合并的组织").click()
    page.get_by_label("组织名称").fill("乙厂侨联小组")
    page.get_by_role("button", name="加入").click()
    page.get_by_role("button", name="并入“甲厂侨联小组”").click()
    page.get_by_role("link", name="返回办理清单").click()
    expect(page.get_by_text("全部转到甲厂侨联小组")).to_be_visible()
    carry_out(page)
    expect(page.get_by_role("row", name=re.compile("各组织合计.*6 → 6"))).to_be_visible()

    page.get_by_role("link", name="甲厂侨联小组").click()
    history = page.locator("#events")
    expect(history.get_by_text("承接")).to_be_visible()
    page.goto("/people/?q=乙友")
    expect(page.get_by_role("row", name=re.compile("乙友.*甲厂侨联小组"))).to_have_count(3)
    page.goto("/units/changes/")
    page.get_by_role("link", name=re.compile("甲厂侨联小组、乙厂侨联小组")).click()
    page.get_by_role("link", name="撤回").click()
    page.get_by_role("button", name="确认撤回").click()
    expect(page.get_by_role("heading", name="合并：已撤回")).to_be_visible()
    page.goto("/people/?q=乙友")
    expect(page.get_by_role("row", name=re.compile("乙友.*乙厂侨联小组"))).to_have_count(3)


def test_a_split_with_people_by_hand(page: Page) -> None:
    begin(page, "丁厂侨联小组", "拆分")
    page.get_by_role("link", name="分成哪些组织").click()
    page.get_by_role("button", name="“丁厂侨联小组”继续存在").click()
    page.get_by_role("link", name="新建一个组织").click()
    page.get_by_label("组织全称").fill("戊厂侨联小组")
    page.get_by_label("挂靠单位").fill("戊厂")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="返回办理清单").click()
    page.get_by_role("main").get_by_role("link", name="人员", exact=True).click()
    page.get_by_role("link", name="在名册上逐人选").click()
    page.get_by_label("丁友三 转到").select_option(label="戊厂侨联小组")
    page.get_by_role("button", name="保存这一页").click()
    page.get_by_role("link", name="返回人员").click()
    expect(page.get_by_role("row", name=re.compile("戊厂侨联小组.*1.*1"))).to_be_visible()
    page.go_back()
    page.go_forward()
    page.get_by_role("link", name="返回办理清单").click()
    page.get_by_role("main").get_by_role("link", name="经费").click()
    page.get_by_role("link", name="按成员人数分").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存经费的分法。")).to_be_visible()
    carry_out(page)
    page.get_by_role("link", name="戊厂侨联小组").click()
    expect(page.get_by_role("heading", name=re.compile("戊厂侨联小组"))).to_be_visible()
    page.goto("/people/?q=丁友三")
    expect(page.get_by_role("row", name=re.compile("丁友三.*戊厂侨联小组"))).to_be_visible()


FOCUSED = """
() => {
  const el = document.activeElement, box = el.getBoundingClientRect(), look = getComputedStyle(el);
  const label = el.labels?.length ? el.labels[0].textContent : el.getAttribute("aria-label") || el.textContent;
  return {
    name: label.trim().replace(/\\s+/g, " "), tag: el.tagName, css: el.className,
    marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 3,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}
"""


class Keys:
    """Somebody without a mouse: goes from one thing to the next and sees where he is at each."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def arrived(self, heading: str, focus: str = "") -> None:
        """See that a page with this first heading is there, and where its focus is: at the beginning of it all or of what
        the page itself says, or on the part with a class `focus`.
        """
        expect(self.page.locator("main h1")).to_have_text(re.compile(heading))
        here = self.page.evaluate(FOCUSED)
        assert here["css"] == focus if focus else here["tag"] in ("BODY", "MAIN"), here

    def to(self, name: str, most: int = 40) -> None:
        """Press Tab until the focus is on what is called so, each stop on the way marked and on the screen."""
        if self.page.evaluate(FOCUSED)["tag"] == "BODY":
            self.press("Tab")
            assert self.page.evaluate(FOCUSED)["name"] == "跳到正文"
            self.press("Enter")
        for _ in range(most):
            self.press("Tab")
            here = self.page.evaluate(FOCUSED)
            assert (here["marked"], here["inside"]) == (True, True), here
            if re.match(name, here["name"]):
                return
        raise AssertionError(f"{name} is not reached by the keyboard")

    def opens(self, name: str, heading: str, focus: str = "") -> None:
        self.to(name)
        with self.page.expect_navigation():
            self.press("Enter")
        self.arrived(heading, focus)


def test_a_merger_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/units/?q=己厂侨联小组")
    page.goto(page.get_by_role("link", name="己厂侨联小组").first.get_attribute("href") or "")
    keys = Keys(page)
    keys.opens("办理变更", "办理变更")

    keys.to("合并")
    keys.press("Space", "ArrowDown", "ArrowUp")
    expect(page.get_by_label(re.compile("^合并"))).to_be_checked()
    keys.opens("开始填写", "合并")

    keys.opens("基本情况", "基本情况")
    keys.opens("保存", "基本情况", "es")  # without a day: what is to be mended has the focus
    keys.to("请填写生效日期")
    keys.press("Enter")
    assert page.evaluate(FOCUSED)["name"].startswith("生效日期")
    page.keyboard.type("2025")
    keys.press("ArrowRight")
    page.keyboard.type("0901")
    expect(page.get_by_label("生效日期")).to_have_value("2025-09-01")
    keys.opens("保存", "合并")

    keys.opens("参加合并的组织", "合并")
    keys.opens("成批选择组织", "成批选择组织")
    keys.opens("加入勾选的", "成批选择组织", "es")
    keys.to("名称")
    page.keyboard.type("庚厂")
    with page.expect_navigation():
        keys.press("Enter")
    keys.to("庚厂侨联小组")
    keys.press("Space")
    keys.opens("加入勾选的", "成批选择组织")
    keys.opens("返回参加的组织", "合并")
    keys.opens("并入“己厂侨联小组”", "合并")
    keys.opens("返回办理清单", "合并")

    keys.opens("核对并办理", "核对并办理")
    keys.opens("确认办理", "合并：已办理", "done")
    keys.opens("己厂侨联小组", "己厂侨联小组")
