#!/bin/sh
# Writes both lock files anew from pyproject.toml: what a server needs, and what a developer needs besides.
set -eu
common="--python-version 3.11 --generate-hashes --no-annotate --no-header --quiet"
uv pip compile pyproject.toml --extra postgres --group build $common -o requirements.lock
uv pip compile pyproject.toml --extra postgres --extra map --group build --group dev $common -c requirements.lock -o requirements-dev.lock
