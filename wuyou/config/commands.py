"""What each subcommand of `wuyou` does. Refusals come out as one sentence and exit code 1, never as a trace."""

import argparse
import getpass
import importlib
import sys
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after setup, as are the models behind these
from django.core.management import call_command  # noqa: E402

from wuyou.accounts import services as accounts  # noqa: E402
from wuyou.config import installation, reports  # noqa: E402
from wuyou.kernel.digits import whole  # noqa: E402
from wuyou.kernel.refusals import Refusal, Refused  # noqa: E402
from wuyou.kernel.roles import Role  # noqa: E402
from wuyou.orgs import queries as orgs  # noqa: E402
from wuyou.orgs import services as org_services  # noqa: E402
from wuyou.places import queries as places  # noqa: E402
from wuyou.places import services as place_services  # noqa: E402
from wuyou.platform import audit, sealing  # noqa: E402

Command = Callable[[argparse.Namespace], int]


def run(arguments: argparse.Namespace) -> int:
    """Run the command that was asked for and return its exit code."""
    try:
        module, name = _COMMANDS[arguments.command].split(":")
        command: Command = getattr(importlib.import_module(module), name)
        return command(arguments)
    except Refusal as refusal:
        print(str(refusal) or "没有找到，或没有权限。", file=sys.stderr)
        return 1


def create_admin(arguments: argparse.Namespace) -> int:
    """Add an administrator, and the office and its counties where there are none yet."""
    installation.prepare(print)
    operator = installation.operator()
    offices = orgs.federations(operator)
    if not offices:
        if not arguments.office:
            print("请用 --office 给出单位全称，例如：wuyou createadmin --office 曲靖市归国华侨联合会", file=sys.stderr)
            return 2
        home = places.division(settings.WUYOU_HOME_DIVISION)
        new = org_services.NewUnit(
            full_name=arguments.office, kind="city_federation", county_id=home.pk if home else None
        )
        offices = [org_services.found_unit(actor=operator, parent_id=None, new=new, newly_established=False)]
    if arguments.counties:
        counties = places.counties(settings.WUYOU_HOME_DIVISION)
        for county in counties:
            org_services.found_county_office(actor=operator, parent_id=offices[0].pk, county_code=county.code)
        print(f"已登记 {len(counties)} 个县（市、区）侨联。")
    password = arguments.password or getpass.getpass("密码（至少 12 位）：")
    user = accounts.add_user(actor=operator, username=arguments.username, name=arguments.name, password=password)
    accounts.give_grant(actor=operator, user_id=user.pk, role=Role.ADMINISTRATOR, unit_id=offices[0].pk)
    print(f"已新增管理员 {user.username}（{offices[0].full_name}）。")
    return 0


def load_villages(arguments: argparse.Namespace) -> int:
    """Load the villages from the operator's file."""
    installation.prepare(print)
    number = place_services.load_villages(actor=installation.operator(), path=arguments.file)
    print(f"载入村级区划 {number} 条。")
    return 0


def verify_audit(arguments: argparse.Namespace) -> int:
    """Check the audit chain and print its faults and its end; 1 when there are any faults."""
    number, _, value = getattr(arguments, "noted", "").partition(":")
    if bool(number) != bool(value) or (number and whole(number) is None):
        raise Refused("--noted 请写成 编号:校验值，就是以前校验时打印的那一行。")
    faults = list(audit.verify(noted=(int(number), value) if number else None))
    for fault in faults[:20]:
        print(f"第 {fault.seq} 条：{fault.saying}")
    print("审计记录完整。" if not faults else f"发现 {len(faults)} 处问题。")
    print("链尾 {}:{}".format(*audit.end()))
    return 1 if faults else 0


def rotate_keys(arguments: argparse.Namespace) -> int:
    """Seal all guarded fields with a fresh key; a broken-off run is taken up again."""
    fresh, number = sealing.rotate(told=lambda done: print(f"已重新加密 {done} 条", flush=True))
    print(f"已改用新密钥 {fresh}，重新加密 {number} 条。请重新备份密钥文件。")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Check settings, tables and the audit chain; with --data-integrity the records, and nothing else."""
    if arguments.data_integrity:
        return reports.print_integrity(arguments)
    call_command("check", deploy=True, fail_level="ERROR")
    return verify_audit(arguments)


_COMMANDS: dict[str, str] = {
    "up": "wuyou.config.serving:up",
    "createadmin": "wuyou.config.commands:create_admin",
    "import": "wuyou.config.importing:bring",
    "undo-import": "wuyou.config.importing:undo",
    "load-villages": "wuyou.config.commands:load_villages",
    "figures": "wuyou.config.reports:print_figures",
    "five-haves": "wuyou.config.reports:print_five_haves",
    "coverage": "wuyou.config.reports:print_coverage",
    "summary": "wuyou.config.reports:write_summary",
    "verify-audit": "wuyou.config.commands:verify_audit",
    "rotate-keys": "wuyou.config.commands:rotate_keys",
    "check": "wuyou.config.commands:check",
}
"""Where each command is; a command's module is loaded only when it is asked for."""
