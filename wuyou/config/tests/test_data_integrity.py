"""`wuyou check --data-integrity`: what it prints, and its exit code."""

import json
from typing import Any

import pytest

from wuyou.config import cli, commands
from wuyou.demo.small import BARE, QILIN
from wuyou.integrity.checks import CHECKS
from wuyou.orgs.models import Unit


def check(*words: str) -> int:
    return commands.run(cli._parser().parse_args(["check", "--data-integrity", *words]))


def test_findings_are_printed_and_the_exit_code_tells_what_must_be_mended(small: Any, capsys: Any) -> None:
    assert check() == 0
    said = capsys.readouterr().out.splitlines()
    at = said.index("班子与届期　没有负责人：1 处（请核对）")
    assert said[at + 1] == f"    会泽县　{BARE}　没有登记负责人"
    assert "指导关系　在组织树中的位置不对：没有问题" in said
    Unit.objects.filter(short_name=QILIN).update(path=f"/9/{small.unit(QILIN).pk}/")
    assert check() == 1
    said = capsys.readouterr().out.splitlines()
    at = said.index("指导关系　在组织树中的位置不对：7 处（必须改正）")
    assert said[at + 4] == "    ……还有 4 处"


def test_as_json_every_offender_is_told(small: Any, capsys: Any) -> None:
    assert check("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["on"], told["must_mend"], len(told["checks"])) == ("2025-11-20", False, len(CHECKS))
    assert all(len(one["offenders"]) == one["number"] for one in told["checks"])


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_an_empty_register_has_nothing_wrong(db: None, capsys: Any, words: tuple[str, ...]) -> None:
    assert check(*words) == 0
