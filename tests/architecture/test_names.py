"""Every number says its unit; degrees and kilometres stay outside; files and functions stay small."""

import ast
from pathlib import Path

import pytest
from msgspec import inspect, structs
from tests.architecture.test_floors import SOURCE, core_files
from tests.helpers.strategies import FINDINGS, INPUTS

from bongsu.models.settings import Settings

UNITS = (
    "m", "m2", "m3", "mps", "mps2", "rad", "radps", "s", "ns", "kg", "pa", "k", "kgpm2", "kgpm3", "mps3", "mps2prs", "hz", "ppm",
)  # fmt: skip
COUNTED = ("n_", "is_", "has_", "p_", "min_p_", "max_p_")
# What has no unit: counts, places in a column, names of quantities that are numbers by nature, and columns of mixed units
# whose docstring gives them.
PURE = (
    "cause", "revision", "plot", "nis", "n", "p", "k", "zones", "shape", "range_class", "kind", "ballistic", "cov_ballistic",
    "seq", "seed", "epoch", "los_ecef", "areas", "low", "high", "rounding", "span",  # of a claim: the quantity names its unit
    "activity_span", "log_odds", "log_odds_history",
)  # fmt: skip
MAX_FILE_LINES, MAX_FUNCTION_LINES = 600, 60


def has_number(info):
    match info:
        case inspect.FloatType() | inspect.IntType():
            return True
        case inspect.VarTupleType(item_type=item):
            return has_number(item)
        case inspect.TupleType(item_types=items):
            return any(has_number(item) for item in items)
        case inspect.UnionType(types=types):
            return any(has_number(item) for item in types)
        case inspect.Metadata(type=inner):
            return has_number(inner)
    return False


def says_its_unit(name):
    return name.rpartition("_")[2] in UNITS or name in PURE or name.startswith(COUNTED)


@pytest.mark.parametrize("kind", [*INPUTS, *FINDINGS], ids=lambda kind: kind.__name__)
def test_every_number_in_a_message_says_its_unit(kind):
    for field in structs.fields(kind):
        if has_number(inspect.type_info(field.type)):
            assert says_its_unit(field.name), field.name


def decision_files():
    """The core without kernels and geo, whose tables stand on grids of degrees and are worded in kilometres."""
    return [p for p in core_files() if p.relative_to(SOURCE).parts[0] not in ("kernels", "geo")]


def names_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Attribute):
            yield node.attr


@pytest.mark.parametrize("path", [pytest.param(p, id=p.relative_to(SOURCE).as_posix()) for p in decision_files()])
def test_no_degree_and_no_kilometre_reaches_a_stage(path):
    for name in names_in(ast.parse(path.read_text(encoding="utf-8"))):
        assert not name.lower().endswith(("_deg", "_km", "_kmps")), name


def test_every_setting_has_a_default():
    waiting, seen = [Settings], []
    while waiting:
        kind = waiting.pop()
        seen.append(kind)
        for field in structs.fields(kind):
            inner = inspect.type_info(field.type)
            if isinstance(inner, inspect.StructType) and inner.cls not in seen:
                waiting.append(inner.cls)
            assert not field.required, f"{kind.__name__}.{field.name}"


def functions(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without signature and docstring."""
    body = node.body
    if (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:]
    return 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_files_and_functions_stay_below_their_ceilings():
    over = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > MAX_FILE_LINES:
            over.append(f"{path.relative_to(SOURCE)}: {len(text.splitlines())} lines")
        over += [
            f"{path.relative_to(SOURCE)}:{node.name}: {body_lines(node)} lines"
            for node in functions(ast.parse(text))
            if body_lines(node) > MAX_FUNCTION_LINES
        ]
    assert over == []


def test_every_public_function_and_class_of_the_source_has_a_docstring():
    bare = []
    for path in sorted(Path(SOURCE).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if is_public and ast.get_docstring(node) is None:
                bare.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert bare == []
