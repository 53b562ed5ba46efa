"""What must be true of the house as a whole: who imports whom, where rows are written, how long a function may be."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from wuyou.platform.plugs import announced

HOME = Path(__file__).parent.parent
PRODUCT = sorted(p for p in (HOME / "wuyou").rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
LONGEST_FILE, LONGEST_FUNCTION = 700, 60


def name_of(path: Path) -> str:
    return str(path.relative_to(HOME))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_packages_only_look_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=HOME, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


WRITES = {"update", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "create", "raw"}
ROW_WRITES = {"save", *WRITES}
WRITERS = re.compile(r"/(services|bulk)(/|\.py)|wuyou/platform/")
"""Services write, and the bulk road of an import that they call; the platform writes its own tables."""
WRITES_ELSEWHERE = {
    "wuyou/demo": "fills an empty demonstration through services; what services cannot date back it writes itself",
    "wuyou/people/counting.py": "keeps the counted numbers in step, called by the services that change a person",
    "wuyou/orgs/paths.py": "keeps paths in step with placements, called by the services that place a unit",
    "wuyou/succession/steps/journal.py": "writes the rows of a change so that each can be put back, called by its services",
    "wuyou/intake/undoing.py": "the way back of an import, called by its service",
}


def manager_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, call) for each writing call on a model's manager or a queryset of it: X.objects....update(...)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            text = ast.unparse(node.func)
            if ".objects" in text or "_default_manager" in text:
                yield node.lineno, text


def test_rows_are_written_in_services_alone() -> None:
    found = [
        f"{name_of(path)}:{line} {call}"
        for path in PRODUCT
        if not WRITERS.search(name_of(path)) and not name_of(path).startswith(tuple(WRITES_ELSEWHERE))
        for line, call in manager_calls(parsed(path))
    ]
    assert found == []


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_views_and_forms_know_no_table() -> None:
    """Views also inside their folders: import-linter's contract names modules, this one files."""
    found = [
        f"{name_of(path)}: {name}"
        for path in PRODUCT
        if re.search(r"/views(/|\.py)", name_of(path))
        for name in imports(parsed(path))
        if re.fullmatch(r"wuyou\.\w+\.models(\.\w+)?", name) or name.startswith("django.db.models")
    ]
    assert found == []


def test_rules_and_kernel_are_plain_python() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in PRODUCT
        if re.search(r"wuyou/kernel/|/rules(/|\.py)", name_of(path))
        for name in imports(parsed(path))
        if name.split(".")[0] in {"django", "requests", "sqlite3", "psycopg"}
    ]
    assert found == []


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef, bool]]:
    """Yield (name, function, whether it is public) for functions of the module and methods of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node, not node.name.startswith("_")
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    public = not inner.name.startswith("_") and not node.name.startswith("_")
                    yield f"{node.name}.{inner.name}", inner, public


def test_every_public_function_says_what_it_does() -> None:
    """Overridden methods of Django's and allauth's own classes say it too: a reader does not know them by heart."""
    found = [
        f"{name_of(path)}:{node.lineno} {name}"
        for path in PRODUCT
        for name, node, public in functions(parsed(path))
        if public and not ast.get_docstring(node)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    found = [name_of(p) for p in PRODUCT if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(parsed(p))]
    assert found == []


def test_first_lines_complete_this_will() -> None:
    """A function's first line is an order, not a noun: "Return …", never "Returns …" or "The …"."""
    odd = re.compile(r"(Returns|Gets|Sets|Makes|Writes|Reads|The|A|An|This|Function|Helper)\b")
    found = [
        f"{name_of(path)}:{node.lineno} {text.splitlines()[0]}"
        for path in PRODUCT
        if re.search(r"/(services|queries|rules)(/|\.py)|wuyou/kernel/", name_of(path))
        for name, node, public in functions(parsed(path))
        if public and (text := ast.get_docstring(node)) and odd.match(text) and not _is_property(node)
    ]
    assert found == []


def _is_property(node: ast.FunctionDef) -> bool:
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_files_and_functions_keep_their_size() -> None:
    """Tables of data are exempt: a function or file is as long as its statements reach."""
    long_files = [
        f"{name_of(p)}: {n} lines"
        for p in PRODUCT
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    long_functions = [
        f"{name_of(path)}:{node.lineno} {name}: {size} lines"
        for path in PRODUCT
        for name, node, _ in functions(parsed(path))
        if (size := (node.end_lineno or 0) - node.lineno) > LONGEST_FUNCTION
    ]
    assert long_files + long_functions == []


def services() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in PRODUCT:
        if re.search(r"/services(/|\.py)", name_of(path)):
            for name, node, public in functions(parsed(path)):
                if public and "." not in name:
                    yield f"{name_of(path)} {name}", node


SERVICE_PARTS = {
    "wuyou/orgs/services/events.py check_reopening",
    "wuyou/orgs/services/events.py note_event",
    "wuyou/orgs/services/links.py host_for",
    "wuyou/orgs/services/placing.py hold_tree",
    "wuyou/people/services.py index_name",
    "wuyou/funds/services.py source_named",
    "wuyou/intake/services.py hold_imports",
}
"""Public functions of services that are parts of a running service and not one by themselves."""


def test_every_verb_is_a_service() -> None:
    found = [n for n, node in services() if not any(ast.unparse(d) == "service" for d in node.decorator_list)]
    assert set(found) - SERVICE_PARTS == set()


def test_every_service_names_its_actor() -> None:
    found = [
        name
        for name, node in services()
        if name not in SERVICE_PARTS and "actor" not in {a.arg for a in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert found == []


def recorded_verbs() -> dict[str, str]:
    """Return each verb that the code records, with where: a constant, or the fixed beginning of an f-string."""
    found = {}
    for path in PRODUCT:
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in {"audit.record", "record"}
                and len(node.args) > 1
            ):
                verb = node.args[1]
                if isinstance(verb, ast.Constant) and isinstance(verb.value, str):
                    found[verb.value] = f"{name_of(path)}:{node.lineno}"
                elif isinstance(verb, ast.JoinedStr) and isinstance(verb.values[0], ast.Constant):
                    found[f"{verb.values[0].value}*"] = f"{name_of(path)}:{node.lineno}"
    return found


def test_every_recorded_verb_has_its_sentence() -> None:
    known = set(announced.audit)
    missing = [
        f"{where} {verb}"
        for verb, where in recorded_verbs().items()
        if not (verb in known or (verb.endswith("*") and any(k.startswith(verb[:-1]) for k in known)))
    ]
    assert missing == []


def test_every_announced_verb_is_recorded_somewhere() -> None:
    verbs = set(recorded_verbs())
    stems = tuple(verb[:-1] for verb in verbs if verb.endswith("*"))
    assert sorted(k for k in announced.audit if k not in verbs and not (stems and k.startswith(stems))) == []


def test_verbs_begin_with_their_package() -> None:
    labels = {config.label for config in apps.get_app_configs()}
    assert sorted(v for v in announced.audit if v.split(".")[0] not in labels or len(v.split(".")) != 3) == []


FORBIDDEN_WORDS = re.compile(r"\b(utils?|helpers?|managers?|common|misc)\b")


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert [name_of(p) for p in PRODUCT if FORBIDDEN_WORDS.search(p.stem)] == []


# The pattern names what is forbidden, so that it is found in product code; it calls none of it.
DANGEROUS = re.compile(
    r"mark_safe\(|\|\s*safe\b|autoescape off|\. ?extra\(|\. ?raw\(|shell ?= ?True|pickle ?\. ?loads?|(?<!\. )\b(eval|exec)\("
)


@pytest.mark.parametrize("suffix", [".py", ".html"])
def test_no_dangerous_call(suffix: str) -> None:
    """Source: design of security, S6 and S7."""
    files = [p for p in (HOME / "wuyou").rglob(f"*{suffix}") if "tests" not in p.parts]
    found = [f"{name_of(p)}: {m[0]}" for p in files for m in DANGEROUS.finditer(_code(p))]
    assert found == []


def _code(path: Path) -> str:
    """Return a file's text; of Python without strings and comments, which may name what is forbidden."""
    if path.suffix != ".py":
        return path.read_text(encoding="utf-8")
    with open(path, "rb") as handle:
        tokens = list(tokenize.tokenize(handle.readline))
    return " ".join(t.string for t in tokens if t.type not in (tokenize.STRING, tokenize.COMMENT)).replace(" (", "(")


def test_nobody_asks_the_clock_but_the_kernel() -> None:
    """Also `timezone.now` and `date.today`: time enters by one door."""
    found = [
        f"{name_of(path)}:{node.lineno} {ast.unparse(node.func)}"
        for path in PRODUCT
        if not name_of(path).startswith("wuyou/kernel/clock")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and re.fullmatch(r"(\w+\.)*(datetime|date|timezone)\.(now|today|utcnow)|time\.time", ast.unparse(node.func))
    ]
    assert found == []


def test_every_package_introduces_itself() -> None:
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("wuyou."):
            module = importlib.import_module(config.name)
            if not (inspect.getdoc(module) or "").strip():
                found.append(config.name)
    assert found == []
