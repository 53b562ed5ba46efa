"""Who may do what where, against a model that asks every grant in turn."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuyou.kernel.actor import ROOT, Actor, Holding, machine
from wuyou.kernel.roles import Role


def holding(path: str, *permissions: str, role: Role = Role.COUNTY_OFFICER) -> Holding:
    return Holding(role, int(path.strip("/").split("/")[-1] or 0), path, frozenset(permissions))


OFFICER = Actor(1, "甲", (holding("/1/2/", "see", "edit"), holding("/1/9/", "see", role=Role.GROUP_LEADER)))
CAN = (
    ("see", "/1/2/", True),
    ("see", "/1/2/7/", True),
    ("see", "/1/9/", True),
    ("edit", "/1/9/", False),
    ("see", "/1/", False),
    ("see", "/1/20/", False),
    ("see", "/1/2", False),
    ("see", None, True),
    ("edit", None, True),
    ("rule", None, False),
    ("rule", "/1/2/", False),
)


@pytest.mark.parametrize(("permission", "path", "expected"), CAN)
def test_can(permission: str, path: str | None, expected: bool) -> None:
    assert OFFICER.can(permission, path) is expected


EVERYWHERE = (
    ((), False),
    (("/1/2/",), False),
    (("/1/2/", "/1/9/"), False),
    (("/1/",), True),
    (("/1/2/", "/1/"), True),
    (("/12/",), True),
    ((ROOT,), True),
)


@pytest.mark.parametrize(("held", "expected"), EVERYWHERE)
def test_what_all_units_share_needs_the_permission_at_the_root(held: tuple[str, ...], expected: bool) -> None:
    actor = Actor(1, "甲", tuple(holding(path, "see") for path in held))
    assert (actor.can_everywhere("see"), actor.can_everywhere("edit")) == (expected, False)


PATHS = (
    (("/1/", "/1/2/"), ("/1/",)),
    (("/1/2/", "/1/20/"), ("/1/2/", "/1/20/")),
    (("/1/20/", "/1/2/", "/1/2/3/"), ("/1/2/", "/1/20/")),
    ((ROOT, "/1/"), (ROOT,)),
    (("/1/", "/1/"), ("/1/",)),
    ((), ()),
)


@pytest.mark.parametrize(("held", "expected"), PATHS)
def test_paths_are_sorted_and_none_lies_inside_another(held: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert Actor(1, "甲", tuple(holding(path, "see") for path in held)).paths("see") == expected


tree = st.lists(st.integers(1, 25), max_size=4).map(lambda ids: "".join(f"/{i}" for i in ids) + "/")


@given(
    held=st.lists(st.tuples(tree, st.frozensets(st.sampled_from(["see", "edit"]))), max_size=6),
    asked=tree,
    permission=st.sampled_from(["see", "edit"]),
)
def test_rights_follow_the_tree(held: list[tuple[str, frozenset[str]]], asked: str, permission: str) -> None:
    actor = Actor(1, "甲", tuple(Holding(Role.AUDITOR, 1, path, names) for path, names in held))
    steps = asked.strip("/").split("/") if asked != ROOT else []
    above = {ROOT} | {"/" + "/".join(steps[:n]) + "/" for n in range(1, len(steps) + 1)}
    expected = any(path in above and permission in names for path, names in held)
    assert actor.can(permission, asked) is expected
    assert any(asked.startswith(path) for path in actor.paths(permission)) is expected


HOMES = (
    ((), None),
    ((holding("/1/2/"),), 2),
    ((holding("/1/20/"), holding("/1/3/")), 3),
    ((holding("/1/2/5/"), holding("/1/")), 1),
)


@pytest.mark.parametrize(("holdings", "home"), HOMES)
def test_home_is_the_widest_grant_s_unit(holdings: tuple[Holding, ...], home: int | None) -> None:
    assert Actor(1, "甲", holdings).home_unit_id == home


def test_the_machine_may_what_it_is_given_everywhere_and_nothing_else() -> None:
    actor = machine("夜间任务", "see")
    assert (actor.user_id, actor.name, actor.can("see", "/7/8/"), actor.can("edit")) == (None, "夜间任务", True, False)


TELLING = """
from wuyou.kernel.actor import Actor, Holding
from wuyou.kernel.roles import Role
may = frozenset({"see", "edit", "count", "import", "export"})
print(Actor(1, "甲", (Holding(Role.COUNTY_OFFICER, 9, "/1/9/", may), Holding(Role.AUDITOR, 2, "/1/2/", may))).rights())
"""


def test_rights_are_told_alike_by_every_process() -> None:
    """A plan is kept by one process and carried out by another: Python orders sets anew in each."""
    told = {
        subprocess.run(
            [sys.executable, "-c", TELLING], env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True, check=True, text=True,
        ).stdout
        for seed in (1, 2, 3)
    }  # fmt: skip
    may = ["count", "edit", "export", "import", "see"]
    assert told == {f"{[['auditor', 2, '/1/2/', may], ['county_officer', 9, '/1/9/', may]]}\n"}
