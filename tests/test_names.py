"""What the package's functions are called."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "adapter"
ROOMS = ("app", "commands", "compat", "components", "files", "gradio_api", "themes")

PARTICIPLES = {
    *("found", "taken", "given", "sent", "kept", "told", "described"),
    *("addressed", "called", "cancelled", "checked", "converted", "encoded", "listed", "listened", "marked", "merged"),
    *("named", "numbered", "parsed", "rounded", "watermarked"),
}
"""Names that say that something was done, and neither what a function does nor what it returns."""


def public_functions(file: Path) -> set[str]:
    """The names of a module's functions and of its classes' methods, without those that begin with an underscore."""
    tree = ast.parse(file.read_text("utf-8"))
    owners: list[ast.Module | ast.ClassDef] = [
        tree,
        *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
    ]
    functions = [
        node for one in owners for node in one.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {node.name for node in functions if not node.name.startswith("_")}


@pytest.mark.parametrize("room", ROOMS)
def test_public_functions_are_called_by_a_verb_or_a_noun(room: str) -> None:
    """A public function is called by what it does, or by what it returns, and not by a participle."""
    files = sorted((PACKAGE / room).rglob("*.py"))
    assert files
    misnamed = [
        (str(file.relative_to(PACKAGE)), name) for file in files for name in public_functions(file) & PARTICIPLES
    ]
    assert misnamed == []
