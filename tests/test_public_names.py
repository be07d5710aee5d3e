"""What ``import adapter as gr`` gives, and what it costs."""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.compat.refused import REFUSED
from adapter.errors import NotAvailable

HEAVY = ("numpy", "pandas", "PIL", "boto3", "botocore.session", "fastapi", "starlette", "pydantic", "mangum",
         "aws_lambda_powertools", "uvicorn", "watchfiles")  # fmt: skip

ALIASES = {"TabItem": "Tab"}

INTERNAL = {"Fallback", "NativePlot", "StreamingInput", "StreamingOutput", "FormComponent"}
"""Of the names in Gradio's ``components``, those that are no components."""

OWN = {"cli", "context", "mcp", "test_data", "themes", "validators"}
"""Modules of Gradio's that are something else here."""

FACTS = json.loads(Path(__file__).with_name("gradio_6_31.json").read_text(encoding="utf-8"))
TABLE = sorted({*FACTS["names"], *FACTS["components"]} - INTERNAL)


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
        _, _, called = gr._HOMES[name].partition(":")
        assert getattr(value, "__name__", name) in (called or name, ALIASES.get(name))
        assert getattr(value, "__module__", "adapter.").startswith("adapter.")


def test_the_names_are_sorted() -> None:
    """So that two changes at once do not meet."""
    assert gr.__all__ == sorted(gr.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_type_checkers_see_the_same_names() -> None:
    """What is imported for type checkers is what is imported at run time, from the same homes."""
    source = ast.parse(Path(str(gr.__file__)).read_text(encoding="utf-8"))
    [block] = [node for node in source.body if isinstance(node, ast.If)]
    found = {
        alias.asname or alias.name: str(node.module).removeprefix("adapter.")
        + (f":{alias.name}" if alias.asname else "")
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert found == gr._HOMES


def test_names_can_be_listed() -> None:
    """Editors and the prompt show them."""
    assert set(gr.__all__) <= set(dir(gr))


OF_EARLIER = ("HuggingFaceDatasetSaver", "LogoutButton", "make_waveform")
"""Names that Gradio 4 had and 6 has no more."""


def test_every_name_of_gradios_is_there_or_refused() -> None:
    """None is both, and none is forgotten."""
    assert set(gr.__all__).isdisjoint(REFUSED)
    assert [name for name in TABLE if name not in gr.__all__ and name not in REFUSED] == []
    assert set(REFUSED) <= {*FACTS["names"], *FACTS["modules"], *OF_EARLIER}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refused_name_raises_when_it_is_used(name: str) -> None:
    """It can be imported and asked for; called, subclassed or looked into, it says why and what to do."""
    reason, instead = REFUSED[name]
    said = re.escape(f"gr.{name} is not in the adapter, since {reason}; {instead}.")
    stand_in = getattr(gr, name)
    assert not isinstance(gr.Textbox(), stand_in)
    with pytest.raises(NotAvailable, match=said):
        stand_in("x", y=1)
    with pytest.raises(NotAvailable, match=said):
        stand_in.update()
    with pytest.raises(NotAvailable, match=said):
        type("Own", (stand_in,), {})
    if name[0].isupper():
        with pytest.raises(NotAvailable, match=re.escape(f", since {reason}; {instead}.")):
            gr.component(name.lower())


def test_a_function_that_asks_for_what_is_refused_is_refused() -> None:
    """Gradio would fill the parameter in; here it would be an input too few."""

    def greet(profile: gr.OAuthProfile | None) -> str:
        return "Hello"

    with pytest.raises(NotAvailable, match=r"gr\.OAuthProfile is not in the adapter, since .*"):
        gr.Interface(greet, None, "text")


@pytest.mark.parametrize("name", ["Textboxx", "vae"])
def test_a_name_that_gradio_does_not_have_raises_by_name(name: str) -> None:
    """With what there is."""
    with pytest.raises(AttributeError, match=rf"adapter {gr.__version__} has no '{name}'\. It has: .*Textbox"):
        getattr(gr, name)
    with pytest.raises(ImportError):
        exec(f"from adapter import {name}")


@pytest.mark.parametrize("module", sorted(set(FACTS["modules"]) - OWN))
def test_every_module_of_gradios_gives_the_public_names(module: str) -> None:
    """By attribute, and by import; a name of Gradio's own workings is an ImportError that says so."""
    given: dict[str, Any] = {}
    exec(f"import adapter.{module} as module\nfrom adapter.{module} import *", given)
    assert given["module"] is getattr(gr, module)
    exec(f"from adapter.{module} import Row, Audio", given)
    assert given["Row"] is gr.Row
    assert given["Audio"] is gr.Audio
    with pytest.raises(ImportError, match=rf"gradio\.{module}\.safe_get_lock is not in the adapter: .*"):
        exec(f"from adapter.{module} import safe_get_lock")


def test_what_gradio_has_only_in_its_modules_is_found_there() -> None:
    """Names that components and apps of others import from where they are defined."""
    from adapter.app.blocks import Block, BlockContext  # type: ignore[attr-defined]
    from adapter.components import FormComponent, get_component_instance  # type: ignore[attr-defined]
    from adapter.components.base import Component
    from adapter.events import Dependency  # type: ignore[import-not-found]

    assert issubclass(gr.Row, BlockContext)
    assert issubclass(BlockContext, Block)
    assert issubclass(FormComponent, Component)
    assert isinstance(get_component_instance("textbox"), gr.Textbox)
    with gr.Blocks():
        assert isinstance(gr.Button().click(print), Dependency)


def test_no_app_is_in_a_space() -> None:
    """Scripts ask ``gradio.utils`` for it, to choose between Hugging Face's machines and others."""
    from adapter.utils import get_space  # type: ignore[import-not-found]

    assert get_space() is None


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


INTERNALS = {"Component": {"load_fn"}, "Dataset": {"proxy_url"}, "DuplicateButton": {"_activate"}}
"""Arguments that Gradio's own code gives its components."""


NO_EVENTS = {name: {"stream"} for name in ("Audio", "Image", "Mic", "Microphone")}
"""Of a camera or a microphone that goes on sending."""


@pytest.mark.parametrize("name", sorted(set(FACTS["blocks"]) & set(gr.__all__)))
def test_every_block_takes_gradios_arguments(name: str) -> None:
    """By name, its own and those it shares with others; and it has Gradio's events."""
    kind, fact = getattr(gr, name), FACTS["blocks"][name]
    own = {one for base in kind.__mro__[:-1] for one in inspect.signature(base).parameters}
    own |= set(kind.OPTIONS.__annotations__)
    assert set(fact["arguments"]) - own - INTERNALS.get(name, set()) == set()
    if name not in ("HTML", "Component"):  # the one has events for scripts that it does not run
        assert set(fact["events"]) - set(kind.EVENTS) <= NO_EVENTS.get(name, set())


LISTENERS: dict[str, Callable[..., Any]] = {
    "Textbox.change": lambda page, box, **options: box.change(str, **options),
    "Blocks.load": lambda page, box, **options: page.load(str, **options),
    "on": lambda page, box, **options: gr.on(box.change, str, **options),
    "api": lambda page, box, **options: gr.api(**options)(greet),
    "render": lambda page, box, **options: gr.render(**options)(lambda *_: None),
}
"""How each is called with one option."""


def greet(name: str) -> str:
    """Greet."""
    return name


@pytest.mark.parametrize(("way", "option"), [(way, option) for way in LISTENERS for option in FACTS["arguments"][way]])
def test_every_listener_takes_gradios_arguments(way: str, option: str) -> None:
    """With the values that Gradio has for them."""
    if option in ("fn", "triggers"):
        return
    values: dict[str, Any] = {
        "preprocess": True,
        "postprocess": True,
        "api_visibility": "public",
        "show_progress": "full",
    }
    with gr.Blocks() as page:
        box = gr.Textbox()
        if option in ("inputs", "outputs"):
            values[option] = box
        LISTENERS[way](page, box, **{option: values.get(option)})
    assert len(page.listeners) == 1


MAKERS: dict[str, Callable[..., Any]] = {
    "Interface": lambda **options: gr.Interface(greet, "textbox", "textbox", **options),
    "ChatInterface": lambda **options: gr.ChatInterface(lambda message, history: message, **options),
    "TabbedInterface": lambda **options: gr.TabbedInterface([gr.Blocks()], **options),
    "Examples": lambda **options: gr.Examples([["a"]], gr.Textbox(), **options),
    "Blocks": lambda **options: gr.Blocks(**options),
    "Blocks.queue": lambda **options: gr.Blocks().queue(**options),
    "Cache": lambda **options: gr.Cache(**options),
    "cache": lambda **options: gr.cache(greet, **options),
    "Progress": lambda **options: gr.Progress(**options),
    "themes.Base": lambda **options: gr.themes.Base(**options),
    "themes.Base.set": lambda **options: gr.themes.Base().set(**options),
    "close_all": lambda **options: gr.close_all(**options),
}
GIVEN = {"fn", "inputs", "outputs", "examples", "interface_list"}
DEFAULTS: dict[str, Any] = {
    "api_visibility": "public", "show_progress": "full", "examples_per_page": 10, "submit_btn": "Submit",
    "stop_btn": "Stop", "mode": "blocks", "visible": True, "max_size": 3, "api_name": "name",
}  # fmt: skip


@pytest.mark.parametrize(
    ("maker", "option"),
    [(maker, option) for maker in MAKERS for option in FACTS["arguments"][maker] if option not in GIVEN],
)
def test_everything_takes_gradios_arguments(maker: str, option: str) -> None:
    """What Gradio's own default says is never refused."""
    MAKERS[maker](**{option: DEFAULTS.get(option)})
