"""The commands of whoever owns the machine: what they print, and what they refuse before anything is touched."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from wuyou.config import cli, commands, installation
from wuyou.kernel.actor import Actor
from wuyou.kernel.refusals import Refused
from wuyou.platform import audit


def wuyou(*words: Any) -> int:
    """Run one command in this process and return its exit code."""
    return commands.run(cli._parser().parse_args([str(word) for word in words]))


def test_the_end_of_the_chain_is_printed_and_proves_later_that_it_is_the_same(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        audit.record(Actor(7, "段正清"), "test.thing.done")
    assert wuyou("verify-audit") == 0
    said = capsys.readouterr().out.splitlines()
    assert said == ["审计记录完整。", "链尾 {}:{}".format(*audit.end())]
    noted = said[1].removeprefix("链尾 ")
    assert wuyou("verify-audit", "--noted", noted) == 0
    assert wuyou("verify-audit", "--noted", noted[:-1] + ("0" if noted[-1] != "0" else "1")) == 1
    assert capsys.readouterr().out.splitlines()[2] == f"第 {noted.partition(':')[0]} 条：与当时抄下的校验值不符"


@pytest.mark.parametrize("noted", ["7", "7:", ":ab", "²:ab"])
def test_an_end_that_cannot_be_one_is_refused(db: None, capsys: pytest.CaptureFixture[str], noted: str) -> None:
    assert wuyou("verify-audit", "--noted", noted) == 1
    assert capsys.readouterr().err == "--noted 请写成 编号:校验值，就是以前校验时打印的那一行。\n"


def test_a_lost_key_file_is_told_and_not_replaced(small: Any, settings: Any, tmp_path: Path) -> None:
    """New keys would let the site start, and each number that was sealed with the old ones would be a fault."""
    settings.WUYOU_KEYS = tmp_path / "keys.json"
    with pytest.raises(Refused) as refused:
        installation.prepare(print)
    assert str(refused.value) == (
        f"没有找到密钥文件 {settings.WUYOU_KEYS}，没有启动，数据没有改动；请把单独保存的密钥文件放回这里，再启动。"
    )
    assert not settings.WUYOU_KEYS.exists()
