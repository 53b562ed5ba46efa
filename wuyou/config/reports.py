"""The reading commands: figures, 五有, coverage, summary. They print what the pages show, through the same queries."""

import argparse
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from wuyou.assessment.report import five_haves
from wuyou.config import installation
from wuyou.coverage.report import coverage_report
from wuyou.integrity.definition import SEVERITIES, Severity
from wuyou.integrity.report import integrity_report
from wuyou.kernel import clock
from wuyou.kernel.actor import Actor, Holding
from wuyou.kernel.refusals import Refused
from wuyou.kernel.roles import Role
from wuyou.orgs import queries as orgs
from wuyou.platform import permissions
from wuyou.summaries.report import figures_report, summary_docx


def reader() -> tuple[Actor, Any]:
    """Return the actor that reads as the widest office does, and that office. Raises Refused before there is one."""
    offices = orgs.federations(installation.operator())
    if not offices:
        raise Refused("还没有单位；请先执行 wuyou createadmin --office 单位全称。")
    office = offices[0]
    holding = Holding(Role.CITY_OFFICER, office.pk, office.path, permissions.of_role(Role.CITY_OFFICER))
    return Actor(None, "命令行", (holding,)), office


def print_figures(arguments: argparse.Namespace) -> int:
    """Print the registered figures of a year."""
    actor, _office = reader()
    day = _day(arguments, arguments.year)
    figures = figures_report(actor, arguments.year, day)
    found = {"year": arguments.year, "as_of": day.isoformat(), "figures": figures}
    rows = [(name, f["label"], f["text"]) for name, f in figures.items()]
    return _print(arguments, found, ("代码", "数字", "数值"), rows)


def print_five_haves(arguments: argparse.Namespace) -> int:
    """Print the 五有 verdicts of all groups on a day."""
    actor, _office = reader()
    day = _day(arguments)
    found = five_haves(actor, day, arguments.standard)
    rows = [
        (u["county"], u["unit"], u["standard"], " ".join(f"{v['title']}:{v['word']}" for v in u["verdicts"].values()))
        for u in found
    ]
    return _print(arguments, {"as_of": day.isoformat(), "units": found}, ("县区", "组织", "标准", "结果"), rows)


def print_coverage(arguments: argparse.Namespace) -> int:
    """Print people reached and not reached, by county and township."""
    actor, _office = reader()
    found = coverage_report(actor, settings.WUYOU_HOME_DIVISION, as_of=_day(arguments))
    rows = [(c["name"], c["people"], c["reached"], c["not_reached"], c["groups"]) for c in found["counties"]]
    return _print(arguments, found, ("县区", "侨界群众", "已覆盖", "未覆盖", "组织"), rows)


def write_summary(arguments: argparse.Namespace) -> int:
    """Write the annual work summary as .docx."""
    actor, office = reader()
    arguments.out.write_bytes(summary_docx(actor, office.pk, arguments.year, _day(arguments, arguments.year)))
    print(f"已写出 {arguments.out}")
    return 0


FIRST_SHOWN = 3
"""So many offenders of each check are printed; `--json` gives all of them."""


def print_integrity(arguments: argparse.Namespace) -> int:
    """Print what the checks of the records found; 1 when something must be mended."""
    found = integrity_report(installation.operator(), on=clock.today())
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return int(found["must_mend"])
    for check in found["checks"]:
        severity = SEVERITIES[Severity(check["severity"])]
        word = f"{check['number']} 处（{severity}）" if check["number"] else "没有问题"
        print(f"{check['subject']}　{check['name']}：{word}")
        for offender in check["offenders"][:FIRST_SHOWN]:
            print("    " + "　".join(part for part in (offender["county"], offender["name"], offender["what"]) if part))
        if check["number"] > FIRST_SHOWN:
            print(f"    ……还有 {check['number'] - FIRST_SHOWN} 处")
    return int(found["must_mend"])


def _day(arguments: argparse.Namespace, year: int | None = None) -> date:
    if arguments.as_of:
        try:
            return date.fromisoformat(arguments.as_of)
        except ValueError as wrong:
            raise Refused("日期请写成 2025-12-31 的样子。") from wrong
    today = clock.today()
    return min(today, date(year, 12, 31)) if year else today


def _print(arguments: argparse.Namespace, found: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    print("\t".join(heads))
    for row in rows:
        print("\t".join("" if value is None else str(value) for value in row))
    return 0
