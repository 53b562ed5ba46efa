"""The `wuyou` command: start the site, and do from the command line what the pages do, through the same services.

Everything lives under one data directory (`--data`, else WUYOU_DATA, else ./wuyou-data). Exit codes: 0 done, 1 refused
(the sentence says why), 2 wrong usage. `docs/commands.md` documents each command and the form of what it prints.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    os.environ["WUYOU_DATA"] = str(Path(arguments.data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wuyou.config.settings")
    from wuyou.config import commands  # noqa: PLC0415 -- Django must not load before the data directory is known

    return commands.run(arguments)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", default=os.environ.get("WUYOU_DATA", "wuyou-data"), help="data directory")
    parser = argparse.ArgumentParser(prog="wuyou", description="五有 Wuyou")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[shared])

    _serving(add("up", "start the site and its worker"))
    _importing(add("import", "bring workbooks in: organisations, persons, activities, funds, rubric"))
    undo = add("undo-import", "take an import back")
    undo.add_argument("batch", help="the batch's id as printed by import")
    for name, text in (
        ("figures", "print the registered figures of a year"),
        ("five-haves", "print the 五有 verdicts of all groups on a day"),
        ("coverage", "print people reached and not reached, by county and township"),
    ):
        reading = add(name, text)
        reading.add_argument("--json", action="store_true", help="as JSON (the default is a plain table)")
        reading.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day, today by default")
        if name == "figures":
            reading.add_argument("--year", type=int, required=True)
        if name == "five-haves":
            reading.add_argument("--standard", default="", help="code of one standard; both by default")
    summary = add("summary", "write the annual work summary as .docx")
    summary.add_argument("--year", type=int, required=True)
    summary.add_argument("--as-of", metavar="YYYY-MM-DD")
    summary.add_argument("--out", required=True, type=Path)
    admin = add("createadmin", "make the office and its first administrator")
    admin.add_argument("--username", default="admin")
    admin.add_argument("--name", default="系统管理员")
    admin.add_argument("--office", default="", help="full name of the office, needed the first time")
    admin.add_argument("--counties", action="store_true", help="also enter the federation of each county of the city")
    admin.add_argument("--password", default="", help="asked for when left out")
    villages = add("load-villages", "load villages from a CSV file")
    villages.add_argument("file", type=Path)
    verify = add("verify-audit", "check the audit chain")
    verify.add_argument("--noted", default="", metavar="NUMBER:HASH", help="the end of the chain as noted earlier")
    add("rotate-keys", "seal every sealed field with a new key")
    checking = add("check", "check the installation, or with --data-integrity the records")
    checking.add_argument("--data-integrity", action="store_true", help="check the records against each other")
    checking.add_argument("--json", action="store_true", help="as JSON (the default is a plain list)")
    return parser


def _serving(up: argparse.ArgumentParser) -> None:
    kind = up.add_mutually_exclusive_group()
    kind.add_argument("--demo", action="store_true", help="fill an empty data directory with the demonstration city")
    kind.add_argument("--empty", action="store_true", help="start with nothing but the tables (the default)")
    up.add_argument("--port", type=int, default=8000)
    up.add_argument("--host", default="127.0.0.1")
    up.add_argument("--workers", type=int, default=1, help="web processes")


def _importing(bring: argparse.ArgumentParser) -> None:
    bring.add_argument(
        "kind", choices=["auto", "organisations", "persons", "activities", "funds", "visits", "rubric"],
        help="what the files hold; auto: told by each table",
    )  # fmt: skip
    bring.add_argument("files", nargs="+", type=Path)
    bring.add_argument("--yes", action="store_true", help="store; without it only the preview is printed")
    bring.add_argument("--all-or-nothing", action="store_true", help="store nothing when one row cannot be taken")
    bring.add_argument(
        "--over-edits", action="store_true", help="overwrite what was changed by hand since the last import"
    )
    bring.add_argument("--unit", default="", help="name of the office that registers (default: the widest)")
    bring.add_argument("--year", type=int, help="year of the files where they say none")
    bring.add_argument("--purpose", default="侨情登记和联系服务", help="purpose for which persons are registered")
    bring.add_argument(
        "--ground",
        default="consent",
        choices=["consent", "separate_consent", "legal_duty"],
        help="ground of registration",
    )
    bring.add_argument(
        "--keep", default="", metavar="FIELD,...", help="sensitive fields to keep, as the preview names them (asked)"
    )
    bring.add_argument("--report", type=Path, metavar="OUT.json")
    bring.add_argument("--cells", type=Path, metavar="OUT.csv")
    bring.add_argument(
        "--annotated", type=Path, metavar="DIR", help="write the workbooks back with their errors marked"
    )


if __name__ == "__main__":
    sys.exit(main())
