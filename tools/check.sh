#!/bin/sh
# Every check that needs no test run; all of them run, the exit code tells whether one failed.
export DJANGO_SETTINGS_MODULE=wuyou.config.test_settings
failed=0
step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then echo "ok    $name"; else
        echo "$output"
        echo "FAIL  $name"
        failed=1
    fi
}
step "tests can be collected" .venv/bin/pytest --collect-only --quiet --quiet
step "lint" .venv/bin/ruff check .
step "format" .venv/bin/ruff format --check .
step "types" .venv/bin/mypy wuyou
step "import contract" .venv/bin/lint-imports
step "templates" .venv/bin/djlint wuyou --lint --quiet
step "migrations complete" .venv/bin/python manage.py makemigrations --check --dry-run
step "deployment checks" .venv/bin/python manage.py check
step "catalogue complete" .venv/bin/python tools/catalogue.py check
exit $failed
