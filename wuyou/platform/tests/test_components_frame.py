"""What stands around every page, the error pages, and what no template of the house may hold."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from wuyou.platform import frame
from wuyou.platform.tests import gallery

TEMPLATES = sorted(Path(__file__).parents[2].glob("**/templates/**/*.html"))


@pytest.mark.parametrize(
    ("sent", "cookies", "target"),
    [
        ({"large": "1", "next": "/orgs/?page=2"}, {frame.LARGE_COOKIE: "1"}, "/orgs/?page=2"),
        ({"keys": "0", "next": "https://example.org/"}, {frame.KEYS_COOKIE: "0"}, "/"),
        ({"large": "x"}, {}, "/"),
        ({"language": "en", "next": "/orgs/"}, {settings.LANGUAGE_COOKIE_NAME: "en"}, "/orgs/"),
        ({"language": "tlh"}, {}, "/"),
    ],
)
def test_a_preference_is_kept_by_the_browser(sent, cookies, target):
    response = frame.set_preference(RequestFactory().post("/preference", sent))
    assert {name: cookie.value for name, cookie in response.cookies.items()} == cookies
    assert (response.status_code, response["Location"]) == (302, target)
    assert frame.set_preference(RequestFactory().get("/")).status_code == 405


def test_the_foot_offers_the_other_language():
    offers = []
    for language in ("zh-hans", "en"):
        with override(language):
            foot = gallery.page("leader_home").split("<footer")[1]
        offers += re.findall(r'name="language" value="([^"]*)" lang="([^"]*)">(.*?)</button>', foot)
    assert offers == [("en", "en", "English"), ("zh-hans", "zh-hans", "简体中文")]


def test_the_menu_stays_short():
    with pytest.raises(ValueError, match="nine entries at most"):
        frame.Frame(entries=tuple(frame.Entry(str(number), "/") for number in range(10)))


@pytest.mark.parametrize(
    ("large", "html", "offer"),
    [(False, '<html lang="zh-hans">', "大字版"), (True, '<html lang="zh-hans" class="large">', "标准字号")],
)
def test_the_large_mode_comes_from_the_server(large, html, offer):
    page = gallery.page("leader_home", large=large)
    assert re.findall(r"<html[^>]*>", page) == [html]
    assert re.findall(r'name="large" value="(.)"[^>]*>(.*?)</button>', page) == [("0" if large else "1", offer)]


def test_the_title_says_that_there_are_errors():
    titles = [re.search(r"<title>(.*?)</title>", gallery.page(name))[1] for name in ("office_form", "office_wrong")]
    assert titles == ["新建组织 - 五有", "错误：新建组织 - 五有"]


@pytest.mark.parametrize("name", ["400", "403", "405", "csrf", "404", "409", "413", "429", "500", "503", "refused"])
def test_each_error_page_says_what_happened_what_is_kept_and_what_to_do(name):
    main = gallery.page(name).split("<main")[1].split("</main>")[0]
    sentences = re.findall(r"<(?:h1|p)>(.*?)</(?:h1|p)>", main, re.S)
    assert [bool(re.search(r"[。？]$", sentence.strip())) for sentence in sentences] == [True, True, True]
    assert main.count('class="btn primary"') == 1


def test_the_page_of_a_fault_renders_with_nothing_at_hand():
    html = engines["django"].get_template("platform/errors/500.html").render({"reference": "7F3A"})
    assert (html.count("7F3A"), "csrfmiddlewaretoken" in html) == (1, False)


# ---- all templates of the house ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_keeps_the_content_policy_and_the_escaping(path):
    source = path.read_text()
    banned = r"\sstyle=|<style|\son[a-z]+=\"|\|\s*safe\b|autoescape off|javascript:|https?://(?!www\.w3\.org/)"
    assert re.findall(banned, source) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", source) == []
