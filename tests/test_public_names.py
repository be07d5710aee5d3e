"""What ``import adapter as gr`` gives, and what it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import adapter as gr

HEAVY = ("numpy", "pandas", "PIL", "boto3", "botocore.session", "fastapi", "starlette", "pydantic", "mangum",
         "aws_lambda_powertools", "uvicorn", "watchfiles")  # fmt: skip

ALIASES = {"TabItem": "Tab"}


def loaded_by(code: str) -> set[str]:
    """Return which heavy packages a fresh interpreter has loaded after ``code``."""
    command = f"import sys\n{code}\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_every_public_name_is_there() -> None:
    """Each name of ``__all__`` has a home and resolves to something of that name."""
    assert set(gr.__all__) == set(gr._HOMES)
    for name in gr.__all__:
        value = getattr(gr, name)
        assert getattr(value, "__name__", name) == ALIASES.get(name, name)
        assert value.__module__.startswith("adapter.")


def test_the_names_are_sorted() -> None:
    """So that two changes at once do not meet."""
    assert gr.__all__ == sorted(gr.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_type_checkers_see_the_same_names() -> None:
    """What is imported for type checkers is what is imported at run time, from the same homes."""
    source = ast.parse(Path(str(gr.__file__)).read_text(encoding="utf-8"))
    [block] = [node for node in source.body if isinstance(node, ast.If)]
    found = {
        alias.name: str(node.module).removeprefix("adapter.")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert found == gr._HOMES


def test_names_can_be_listed() -> None:
    """Editors and the prompt show them."""
    assert set(gr.__all__) <= set(dir(gr))


@pytest.mark.parametrize("name", ["ScatterPlot", "load", "Textboxx", "networking"])
def test_a_name_that_is_not_there_raises_by_name(name: str) -> None:
    """What the adapter does not have says so at once, with what there is."""
    with pytest.raises(AttributeError, match=rf"adapter {gr.__version__} has no '{name}'\. It has: .*Textbox"):
        getattr(gr, name)
    with pytest.raises(ImportError):
        exec(f"from adapter import {name}")


def test_private_names_are_refused_plainly() -> None:
    """What libraries probe for is answered as by any module."""
    with pytest.raises(AttributeError, match=r"^module 'adapter' has no attribute '__path_hooks__'$"):
        gr.__getattr__("__path_hooks__")


def test_importing_loads_nothing_heavy() -> None:
    """Neither the package nor an app's declaration loads what only the handler, a store or an array needs."""
    assert loaded_by("import adapter") == set()
    assert loaded_by("import adapter; adapter.Interface; adapter.Blocks; adapter.State; adapter.GlobalState") == set()
    assert (
        loaded_by("import adapter as gr\ngr.Interface(lambda x, s: (x, s), ['textbox', 'state'], ['json', 'state'])")
        == set()
    )


def test_the_handler_loads_what_serves_and_no_more() -> None:
    """Over a store in memory no AWS client is loaded; arrays and pictures never are."""
    app = "import adapter as gr\ngr.handler(gr.Interface(lambda x: x, 'textbox', 'textbox'))"
    assert loaded_by(app) == {"fastapi", "starlette", "pydantic", "mangum", "aws_lambda_powertools"}
