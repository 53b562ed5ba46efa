#!/bin/sh
# Makes .venv from a hash-locked list, once per change of that list. usage: environment.sh LOCKFILE
# Bare Python brings only pip; the first thing installed (with its hash) is uv, which installs the rest in seconds.
set -eu
lock=$1
stamp=.venv/$(basename "$lock").stamp
[ -f "$stamp" ] && cmp -s "$lock" "$stamp" && [ -x .venv/bin/wuyou ] && exit 0

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed"; exit 1; }
if [ ! -x .venv/bin/python ] && ! "$python" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    # Debian keeps the means to make an environment in a package of its own; who may install it is spared the errand.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "安装 python3-venv… / installing python3-venv…"
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1 || true
    fi
    "$python" -m venv .venv || {
        rm -rf .venv
        echo "缺少 venv 模块，请先执行: apt install python3-venv / the venv module is missing, run: apt install python3-venv"
        exit 1
    }
fi
if [ ! -x .venv/bin/uv ]; then
    pin=.venv/uv.pin
    awk '/^uv==/ {on=1} on {print; if ($0 !~ /\\$/) exit}' "$lock" > "$pin"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$pin"
fi
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
cp "$lock" "$stamp"
