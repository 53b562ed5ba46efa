"""The sample pages in real Chromium: the rules of the screens, and the small conveniences of the script."""

import re

import pytest
from playwright.sync_api import expect

from wuyou.platform.tests import gallery, screen_rules
from wuyou.platform.tests.tools import require

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The served sample pages and a browser."""
    require("chromium")
    from django.test import override_settings  # noqa: PLC0415 -- settings are ready only when the fixture runs

    site = tmp_path_factory.mktemp("site")
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        gallery.write(site)
    with gallery.served(site) as base, screen_rules.browser() as browser:
        yield base, browser


@pytest.fixture
def desk(house):
    """A page at the width of an office's screen."""
    base, browser = house
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=base)
    yield context.new_page()
    context.close()


def breaches(house, size, names, *, axe=True):
    base, browser = house
    context = browser.new_context(viewport=dict(zip(("width", "height"), size, strict=True)), base_url=base)
    page = context.new_page()
    noticed = screen_rules.watch(page, base)
    found = []
    for name in names:
        page.goto(f"/{name}.html")
        page.wait_for_load_state("load")
        found += [f"{name}: {breach}" for breach in screen_rules.check_page(page, axe=axe)]
    context.close()
    return found + [str(breach) for breach in noticed]


@pytest.mark.parametrize(
    ("size", "mode", "axe"),
    [  # what axe looks at hardly depends on the window, and it takes most of the time
        (screen_rules.PHONE, "", True),
        (screen_rules.PHONE, "-large", False),
        (screen_rules.DESK, "", False),
        (screen_rules.DESK, "-large", True),
    ],
)
def test_sample_pages_keep_the_rules_of_the_screens(house, size, mode, axe):
    assert breaches(house, size, [f"{name}{mode}" for name in gallery.samples.PAGES], axe=axe) == []


def test_no_page_is_wider_than_its_window(house):
    base, browser = house
    page = browser.new_page(base_url=base)
    over = {}
    for name in gallery.samples.PAGES:
        for mode in ("", "-large"):
            page.goto(f"/{name}{mode}.html")
            for width in (320, 768, 1024):
                page.set_viewport_size({"width": width, "height": 800})
                over[name + mode, width] = screen_rules.overflow(page)
    page.close()
    assert {view: pixels for view, pixels in over.items() if pixels} == {}


@pytest.mark.parametrize(("size", "least"), [(screen_rules.DESK, 12), (screen_rules.PHONE, 5)])
def test_a_list_shows_enough_records_at_once(house, size, least):
    base, browser = house
    page = browser.new_page(viewport=dict(zip(("width", "height"), size, strict=True)), base_url=base)
    page.goto("/office_list.html")
    assert screen_rules.rows_visible(page) >= least
    assert screen_rules.primary_visible(page)
    page.close()


@pytest.mark.parametrize("name", ["leader_home", "leader_record", "leader_done"])
def test_a_leader_sees_the_one_button_without_scrolling(house, name):
    base, browser = house
    page = browser.new_page(viewport={"width": 390, "height": 844}, base_url=base)
    page.goto(f"/{name}.html")
    assert screen_rules.primary_visible(page)
    page.close()


def test_the_summary_of_errors_has_the_focus_and_leads_into_each_box(desk):
    desk.goto("/office_wrong.html")
    expect(desk.locator(".es")).to_be_focused()
    links = desk.locator(".es a")
    for at, target in enumerate(["name", "unit", "founded_0", "kind", "serves_0", "share_0", "sure", "consent"]):
        links.nth(at).click()
        expect(desk.locator(f"#id_{target}")).to_be_focused()


def test_the_large_mode_switches_at_once(desk):
    desk.goto("/leader_home.html")
    desk.get_by_role("button", name="大字版").click()
    expect(desk.locator("html")).to_have_class("large")
    desk.get_by_role("button", name="标准字号").click()
    expect(desk.locator("html")).not_to_have_class("large")


def test_slash_searches_and_g_jumps_but_not_while_typing(desk):
    desk.goto("/office_list.html")
    desk.keyboard.press("/")
    expect(desk.locator("#id_name")).to_be_focused()
    desk.keyboard.type("g/h")
    expect(desk.locator("#id_name")).to_have_value("g/h")
    desk.keyboard.press("Tab")
    desk.locator("h1").click()
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk).to_have_url(re.compile(r"#$"))


def test_a_second_press_sends_nothing(desk):
    desk.goto("/office_form.html")
    sent = []
    desk.route("**/office_form.html", lambda route: sent.append(route.request.method))
    desk.locator("main form button.primary").dblclick(no_wait_after=True)
    desk.wait_for_timeout(300)
    assert sent == ["POST"]


def test_control_and_enter_send_the_form(desk):
    desk.goto("/leader_record.html")
    with desk.expect_request(lambda request: request.method == "POST"):
        desk.locator("#id_note").press("Control+Enter")


def test_typed_text_is_not_left_behind_silently(desk):
    desk.goto("/leader_record.html")
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.locator("#id_title").press_sequentially("中秋")
    desk.goto("/leader_home.html")
    assert asked == ["beforeunload"]


def test_letters_left_are_counted_and_too_many_are_not_cut(desk):
    desk.goto("/leader_record.html")
    note = desk.locator("#id_note")
    note.fill("甲" * 480)
    expect(desk.locator("[data-count=id_note]")).to_have_text("还可以写 20 字")
    note.fill("甲" * 503)
    expect(desk.locator("[data-count=id_note]")).to_have_text("多写了 3 字")


def test_a_figure_of_a_chart_is_told_beside_the_pointer(desk):
    desk.goto("/office_desk.html")
    desk.locator("svg a").first.hover()
    expect(desk.locator("#tip")).to_have_text("麒麟区 120 人")
    desk.keyboard.press("Escape")
    expect(desk.locator("#tip")).to_be_hidden()


def test_the_menu_of_a_phone_opens_without_a_script(house):
    base, browser = house
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/office_list.html")
    expect(page.locator(".side")).to_be_hidden()
    page.get_by_role("link", name="菜单").click()
    expect(page.get_by_role("link", name="成员与侨情")).to_be_visible()
    page.get_by_role("link", name="收起菜单").click()
    expect(page.locator(".side")).to_be_hidden()
    context.close()


def test_the_whole_frame_is_reached_by_keyboard_with_focus_seen(desk):
    desk.goto("/office_list.html")
    desk.keyboard.press("Tab")
    expect(desk.locator(".skip")).to_be_focused()
    expect(desk.locator(".skip")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="导出表格")).to_be_focused()
    outline = desk.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
