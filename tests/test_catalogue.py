"""The English catalogue: whole, true to the Chinese, compiled; and what a reader of English then sees."""

import gettext
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import deactivate, override

from tools import catalogue
from wuyou.kernel.refusals import Reason, Refused
from wuyou.platform import presentation
from wuyou.platform.forming import carried_out

LOCALES = Path(settings.LOCALE_PATHS[0])
REASON = Reason("请填写组织全称。", "full_name")
IN_ENGLISH = "Fill in the full name of the unit."


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    """Forget the language that a page was asked for, which outlives the page in a test."""
    yield
    deactivate()


def test_every_word_of_the_code_has_its_english() -> None:
    assert catalogue.missing() == []


def test_no_value_is_written_into_a_sentence_that_people_read() -> None:
    assert catalogue.untranslatable() == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('def f():\n    return f"没有{name}。"', [("f", 2, 'f"没有{name}。"')]),
        ('Saying("没有{name}。", {"name": name})', []),
        ('re.compile(rf"[省{x}市]")', []),
        ('f"no {name}"', []),
    ],
)
def test_a_sentence_with_a_value_in_it_is_found(source: str, found: list[Any]) -> None:
    assert list(catalogue.written_in(source)) == found


@pytest.mark.parametrize(
    ("chinese", "english", "good"),
    [
        ("共 %(n)s 条", "%(n)s in all", True),
        ("共 %(n)s 条", "all", False),
        ("共 %(n)s 条", "%(n)d in all", False),
        ("%(year)s年%(month)d月", "%(year)s-%(month)02d", True),
        ("登记 {name}", "Registered {names}", False),
        ("登记", "", False),
        (("%(n)d 张表", "%(n)d 张表"), ("%(n)d table", "%(n)d tables"), True),
        (("%(n)d 张表", "%(n)d 张表"), ("one table", "%(n)d tables"), False),
    ],
)
def test_a_translation_keeps_what_is_put_into_it(chinese: Any, english: Any, good: bool) -> None:
    assert catalogue._good(Message(chinese, english)) is good


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ('raise Refused("没有保存。")', ["没有保存。"]),
        ('raise Refused(Reason("没有保存。", "name"))', ["没有保存。"]),
        ('WHY = "没有保存。"\nraise Refused(WHY)', ["没有保存。"]),
        ('Column("sex", "性别", HEADERS, read, None, POLICY, "联系本人")', ["性别", "联系本人"]),
        ('Planned(ref, why="没有姓名。")', ["没有姓名。"]),
        ('raise Refused(f"没有{name}。")', []),
        ('raise Refused(_("没有保存。"))', []),
    ],
)
def test_what_plain_python_says_are_words_too(source: str, sentences: list[str]) -> None:
    assert list(catalogue.plain_words(source)) == sentences


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
def test_each_language_is_compiled_whole(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as text, (folder / "django.mo").open("rb") as compiled:
        words, known = read_po(text), gettext.GNUTranslations(compiled)
    wrong = [m.id for m in words if isinstance(m.id, str) and m.id and known.gettext(m.id) != (m.string or m.id)]
    assert (wrong, len(words) > 1000) == ([], True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wish", "language", "title", "offer"),
    [("en-GB,en", "en", "Sign in - Wuyou", "简体中文"), ("", "zh-hans", "登录 - 五有", "English")],
)
def test_the_sign_in_page_speaks_the_browser_s_language(
    client: Any, wish: str, language: str, title: str, offer: str
) -> None:
    page = client.get(reverse("account_login"), headers={"accept-language": wish}).content.decode()
    told = (f'<html lang="{language}">' in page, f"<title>{title}</title>" in page, f">{offer}</button>" in page)
    assert told == (True, True, True)


@pytest.mark.django_db
def test_the_switch_in_the_foot_outweighs_the_browser(client: Any) -> None:
    back = reverse("account_login")
    chosen = client.post(reverse("shell:preference"), {"language": "en", "next": back}, follow=True)
    assert [hop for hop, _status in chosen.redirect_chain] == [back]
    assert '<html lang="en">' in client.get(back, headers={"accept-language": "zh-CN"}).content.decode()


@pytest.mark.django_db
def test_a_rule_s_reason_stands_at_its_field_in_english() -> None:
    class Named(forms.Form):
        full_name = forms.CharField(required=False)

    def refuse() -> None:
        raise Refused(REASON)

    form = Named({"full_name": ""})
    with override("en"):
        assert carried_out(form, refuse) is None
    assert form.errors == {"full_name": [IN_ENGLISH]}


def test_a_refusal_s_page_is_in_english() -> None:
    with override("en"):
        page = render_to_string("platform/errors/refused.html", {"reasons": (REASON,)}, request=HttpRequest())
    assert page.count(IN_ENGLISH) == 1


@pytest.mark.parametrize(("number", "text"), [(0, "0 records"), (1, "1 record"), (1234, "1,234 records"), (None, "")])
def test_english_counting_words_follow_the_number(number: int | None, text: str) -> None:
    with override("en"):
        assert presentation.quantity(number, "record(s)") == text


@pytest.mark.parametrize(("word", "tone"), [("Stalled", "danger"), ("停滞", "danger"), ("Ending soon", "warning")])
def test_an_english_state_keeps_its_colour(word: str, tone: str) -> None:
    with override("en"):
        assert presentation.tone(word) == tone
