"""`wuyou up`: one command that makes the installation ready and runs web and worker until it is stopped."""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from django.conf import settings

from wuyou.config import installation
from wuyou.orgs import queries as orgs

STOP_SECONDS = 8
STEADY_SECONDS = 5
"""A worker that ends sooner after its start would only do so again."""


def up(arguments: argparse.Namespace) -> int:
    """Prepare, start web and worker in one process group, print the address, wait; stop both on Ctrl-C or TERM."""
    began = time.monotonic()
    installation.prepare(_tell)
    if arguments.demo and not orgs.federations(installation.operator()):
        from wuyou.demo import city  # noqa: PLC0415 -- only a demonstration loads the demonstration city

        _tell("生成演示城市（曲靖市，人员均为虚构）…")
        city.build_city(told=_tell)
    processes = [_web(arguments), _worker()]
    address = f"http://{arguments.host}:{arguments.port}/"
    if not _answers(address, processes):
        _stop(processes)
        return _fail(f"网页服务没有启动：端口 {arguments.port} 可能已被占用，请换一个端口（--port）。")
    _greet(arguments, address, time.monotonic() - began)
    return _wait(*processes)


def _web(arguments: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "wuyou.config.wsgi:application",
        "--host", arguments.host, "--port", str(arguments.port), "--workers", str(arguments.workers),
        "--blocking-threads", "4", "--log-level", "warning", "--no-ws", "--respawn-failed-workers",
    ]  # fmt: skip
    return subprocess.Popen(command, env=_environment(arguments))


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "wuyou.config.worker"], env=os.environ.copy())


def _environment(arguments: argparse.Namespace) -> dict[str, str]:
    extra = {"WUYOU_DEMO": "1"} if arguments.demo else {}
    return {**os.environ, **extra}


def _answers(address: str, processes: list[subprocess.Popen[bytes]], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"{address}health", timeout=2) as answer:  # noqa: S310 -- our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _wait(web: subprocess.Popen[bytes], worker: subprocess.Popen[bytes]) -> int:
    """Wait until told to stop. A worker that was killed is started again, as the web server does with its processes."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    began = time.monotonic()
    try:
        while web.poll() is None:
            if worker.poll() is not None:
                if time.monotonic() - began < STEADY_SECONDS:
                    break
                _tell("后台进程意外结束，已重新启动；没有办完的任务会接着办。")
                worker, began = _worker(), time.monotonic()
            time.sleep(0.5)
        return _fail("一个进程意外结束，已全部停止；请查看上面的信息。")
    except KeyboardInterrupt:
        _tell("正在停止…")
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop([web, worker])


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _greet(arguments: argparse.Namespace, address: str, seconds: float) -> None:
    _tell(f"\n五有 已启动（{seconds:.1f} 秒）：{address}   按 Ctrl-C 停止")
    _tell(f"数据目录：{settings.WUYOU_DATA}")
    if arguments.demo:
        from wuyou.demo.accounts import DEMO_SIGN_INS  # noqa: PLC0415 -- as above

        _tell("演示账号：")
        for role, username, password, unit in DEMO_SIGN_INS:
            _tell(f"  {role}　{username} / {password}　{unit}")
    elif not orgs.federations(installation.operator()):
        _tell("还没有单位和用户，请另开一个窗口执行：wuyou createadmin --office 单位全称")


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


def _tell(sentence: str) -> None:
    print(sentence, flush=True)
