"""Programs that some tests need beside Python, and what those tests do with them.

Where a program is missing the test is skipped with its name; with WUYOU_REQUIRE_TOOLS=1 (CI) it fails instead.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = {
    "soffice": "libreoffice-writer-nogui, libreoffice-calc-nogui",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "fc-list": "fontconfig",
    "chromium": "chromium",
    "initdb": "postgresql",
}
# Free fonts that stand in for those of the standard: same width of a full character, so that lines break alike.
STAND_INS = {
    "方正小标宋简体": ("Noto Serif CJK SC", "fonts-noto-cjk"),
    "仿宋_GB2312": ("Noto Serif CJK SC", "fonts-noto-cjk"),
    "宋体": ("Noto Serif CJK SC", "fonts-noto-cjk"),
    "楷体_GB2312": ("AR PL KaitiM GB", "fonts-arphic-gkai00mp"),
    "黑体": ("Noto Sans CJK SC", "fonts-noto-cjk"),
}


def missing(reason: str) -> NoReturn:
    """Skip the running test for that reason, or fail it where every tool is required."""
    if os.environ.get("WUYOU_REQUIRE_TOOLS") == "1":
        pytest.fail(f"required here: {reason}")
    pytest.skip(reason)


def require(program: str) -> str:
    """Return the path of the program; without it the running test is skipped, or fails where tools are required."""
    path = shutil.which(program)
    if path is None:
        missing(f"{program} is not installed (Debian: {PACKAGES.get(program, program)})")
    return path


def require_office(part: str) -> str:
    """Return the path of LibreOffice if it has the part ("writer" or "calc"), as `require` does."""
    path = require("soffice")
    library = {"writer": "libswlo.so", "calc": "libsclo.so"}[part]
    if not (Path(path).resolve().parent / library).exists():
        missing(f"LibreOffice has no {part} (Debian: libreoffice-{part}-nogui)")
    return path


def office_environment(folder: Path) -> dict[str, str]:
    """Return the environment in which the fonts of the standard are replaced by free ones, all of them required."""
    installed = subprocess.run([require("fc-list"), ":", "family"], capture_output=True, text=True, check=True).stdout
    for font, package in STAND_INS.values():
        if font not in installed:
            missing(f"font {font} is not installed (Debian: {package})")
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{font}</string></edit></match>'
        for name, (font, _) in STAND_INS.items()
    )
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>'
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)}


def converted(source: Path, kind: str, *, folder: Path) -> Path:
    """Return the file that LibreOffice makes of `source`; `kind` is an ending, or an ending with a filter (csv:…)."""
    office = require_office("writer" if source.suffix == ".docx" else "calc")
    # Without being told, a headless LibreOffice reads .csv as Windows-1252: comma, double quote, UTF-8, from line 1.
    reading = ["--infilter=CSV:44,34,76,1"] if source.suffix == ".csv" else []
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, profile, "--headless", *reading, "--convert-to", kind, "--outdir", str(folder), str(source)]
    environment = office_environment(folder)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    target = folder / f"{source.stem}.{kind.partition(':')[0]}"
    assert target.exists(), done.stderr
    return target


def pdf_pages(pdf: Path) -> list[list[str]]:
    """Return the printed lines of each page, without empty ones, each stripped of blanks at its ends."""
    command = [require("pdftotext"), "-layout", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


def pdf_words(pdf: Path) -> list[list[tuple[float, float, float, str]]]:
    """Return for each page its words as (left, top, right in points, text)."""
    command = [require("pdftotext"), "-bbox", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>')
    return [
        [(float(left), float(top), float(right), said) for left, top, right, said in word.findall(page)]
        for page in text.split("<page ")[1:]
    ]


def pdf_size(pdf: Path) -> str:
    """Return the size of the sheets as pdfinfo names it: A4; all their sizes when it names none."""
    said = subprocess.run([require("pdfinfo"), str(pdf)], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size:\s*(.*)", said)
    told = size[1] if size else ""
    return "A4" if "A4" in told or re.match(r"59[45](\.\d+)? x 84[12](\.\d+)? pts", told) else told
