"""Every check says why and what to do, and has a case of its own: an offender that it finds, a neighbour that it leaves alone."""

import importlib
import pkgutil
import re
from collections import Counter

import pytest
from django.urls import reverse

from wuyou.demo import factories as make
from wuyou.integrity import queries
from wuyou.integrity.checks import CHECKS
from wuyou.integrity.definition import SEVERITIES, SUBJECTS
from wuyou.integrity.tests import cases
from wuyou.integrity.tests.cases import CASES
from wuyou.platform import permissions

for found in pkgutil.iter_modules(cases.__path__):
    importlib.import_module(f"{cases.__name__}.{found.name}")

CODES = [check.code for check in CHECKS]
CODE = re.compile(r"[a-z]+\.[a-z_]+")


def test_codes_are_its_own_and_begin_with_their_subject() -> None:
    assert sorted({code for code in CODES if CODES.count(code) > 1}) == []
    assert [code for code in CODES if not CODE.fullmatch(code)] == []
    assert [check.code for check in CHECKS if check.subject not in SUBJECTS] == []
    names = [str(check.name) for check in CHECKS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_each_says_its_name_why_it_matters_and_what_to_do(check) -> None:
    assert 4 <= len(str(check.name)) <= 14
    for sentence in (str(check.reason), str(check.remedy)):
        assert sentence.endswith("。")
        assert 10 <= len(sentence) <= 70
    assert check.severity in SEVERITIES
    assert {check.mends, check.reads} <= set(permissions.labels())
    assert check.find.__doc__
    assert reverse(check.page, args=[1] if check.keyed else []).startswith("/")


def test_every_check_has_a_case_and_every_case_a_check() -> None:
    assert sorted(CASES) == sorted(CODES)


def labels(code: str, day) -> Counter[str]:
    return Counter(one.label for one in queries.finding(make.anybody(), code, on=day).offenders)


@pytest.mark.parametrize("code", CODES)
def test_each_finds_its_offender_and_leaves_its_neighbour(small, code) -> None:
    before = labels(code, small.today)
    told = CASES[code](small)
    after = labels(code, small.today)
    assert sorted((after - before).elements()) == sorted(told.found)
    assert [name for name in told.spared if name in after] == []
    offenders = queries.finding(make.anybody(), code, on=small.today).offenders
    assert [one.what for one in offenders if not one.what or "%" in one.what] == []
