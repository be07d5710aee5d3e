"""The component tree of a page and its listeners."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextvars import Token
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from adapter import context
from adapter.arguments import description as described
from adapter.components.base import Block, Component
from adapter.components.layout import group
from adapter.components.state import State
from adapter.endpoint import CONCURRENCIES, Concurrency, Endpoint
from adapter.errors import ConfigurationError, NotAvailable, NotFound
from adapter.settings import Settings

Visibility = Literal["public", "private", "undocumented"]
Components = Component | Sequence[Component] | set[Component] | None

launched: list[Blocks] = []
"""The apps whose ``launch()`` was called in a process that serves an app; the last one is served."""


@dataclass(eq=False, slots=True)
class Listener:
    """One entry of the page's ``dependencies``: when ``targets`` fire, the endpoint or the script runs.

    Attributes:
        id: its place among the listeners; Gradio's ``fn_index``.
        targets: pairs of a block, or ``None`` for the page, and an event's name.
        endpoint: what runs on the server; ``None`` for a script only.
        options: what the page needs to know of it, by the config's names.
    """

    id: int
    targets: list[tuple[Block | None, str]]
    inputs: list[Component]
    outputs: list[Block]
    endpoint: Endpoint | None
    api_name: str | None
    visibility: Visibility
    description: str | None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """Whether the API documents it."""
        return self.visibility == "public" and self.endpoint is not None


class Dependency:
    """What a listener's method returns: runs further listeners after it.

    Called with a function it is the decorator form of the listener.
    """

    def __init__(self, blocks: Blocks, listener: Listener) -> None:
        self.blocks = blocks
        self.listener = listener

    def then(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener, whether it failed or not."""
        return self._after(fn, inputs, outputs, options)

    def success(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener if it did not fail."""
        return self._after(fn, inputs, outputs, {**options, "trigger_only_on_success": True})

    def failure(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener if it failed."""
        return self._after(fn, inputs, outputs, {**options, "trigger_only_on_failure": True})

    def _after(self, fn: Any, inputs: Any, outputs: Any, options: dict[str, Any]) -> Any:
        return self.blocks.listen([], fn, inputs, outputs, trigger_after=self.listener.id, **options)


class Blocks:
    """A page: components that are made inside ``with Blocks():``, and what happens on their events.

    Args:
        analytics_enabled: taken for Gradio's sake; nothing is ever reported.
        mode: a name for the kind of app.
        title: of the browser's tab.
        fill_height: whether the page fills the window's height.
        fill_width: whether the page fills the window's width.
        theme: kept for the page.
        css: added to the page's style.
        persist_session: whether a reload of the page goes on with its session, as long as its tab
            is open; otherwise a reload starts a new one, as in Gradio.
    """

    def __init__(
        self,
        *,
        analytics_enabled: bool | None = None,
        mode: str = "blocks",
        title: str = "Gradio",
        fill_height: bool = False,
        fill_width: bool = False,
        theme: Any = None,
        css: str | None = None,
        persist_session: bool = False,
        **unknown: Any,
    ) -> None:
        refuse_unknown("Blocks", unknown, ignored=("delete_cache",))
        self.id = next(context.ids)
        self.mode = mode
        self.title = title
        self.fill_height = fill_height
        self.fill_width = fill_width
        self.theme = theme
        self.css = css
        self.persist_session = persist_session
        self.blocks: dict[int, Block] = {}
        self.children: list[Block] = []
        self.listeners: list[Listener] = []
        self.queue_by_default = True
        self.show_error = False
        self._open: list[tuple[Token[Any], Token[Any]]] = []

    # -- the tree -----------------------------------------------------------------------------

    def __enter__(self) -> Blocks:
        self._open.append((context.root.set(self), context.container.set(None)))
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0] is None:
            group(self)
        if failure[0] is None and len(self._open) == 1:
            self._attach_load_functions()
            group(self)
        root, container = self._open.pop()
        context.container.reset(container)
        context.root.reset(root)

    def adopt(self, block: Block) -> None:
        """Take ``block`` into the container that is open.

        Raises:
            ConfigurationError: it stands in the page already.
        """
        if block.id in self.blocks:
            raise ConfigurationError(f"{block!r} is on the page already; a component can be rendered once.")
        self.blocks[block.id] = block
        block.parent = context.container.get()
        (self.children if block.parent is None else block.parent.children).append(block)
        if isinstance(block, State):
            block.place(len(self.states) - 1)

    def release(self, block: Block) -> None:
        """Take ``block`` out of the tree again, if it stands there."""
        if self.blocks.pop(block.id, None) is not None:
            (self.children if block.parent is None else block.parent.children).remove(block)
            block.parent = None

    @property
    def states(self) -> list[State]:
        """The page's States, in order."""
        return [block for block in self.blocks.values() if isinstance(block, State)]

    def _attach_load_functions(self) -> None:
        for block in list(self.blocks.values()):
            if isinstance(block, Component) and block.load_fn is not None:
                fn, block.load_fn = block.load_fn, None
                self.load(fn, block.load_inputs, block, api_visibility="undocumented")

    # -- listeners ----------------------------------------------------------------------------

    def load(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` when the page is opened; arguments as those of `listen`."""
        return self.listen([(None, "load")], fn, inputs, outputs, **options)

    def listen(
        self,
        targets: Sequence[tuple[Block | None, str]],
        fn: Any,
        inputs: Components = None,
        outputs: Block | Sequence[Block] | None = None,
        *,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "public",
        queue: bool = True,
        js: str | None = None,
        concurrency: Concurrency | None = None,
        **options: Any,
    ) -> Any:
        """Run ``fn`` whenever one of ``targets`` fires.

        Args:
            targets: pairs of a block, or ``None`` for the page, and an event's name.
            fn: the function; left out, the listener is a decorator.
            inputs: whose values are its arguments; a set gives it one dict by component.
            outputs: which show what it returns.
            api_name: in the API; the function's name if left out, ``False`` hides it.
            api_description: in the API's documentation; the docstring if left out.
            api_visibility: whether the API documents and takes calls of it.
            queue: whether clients use the queue for it.
            js: a script of our own pages instead of a function.
            concurrency: see `Endpoint`.
            options: further options of the page, under Gradio's names.

        Returns:
            A `Dependency`, for ``.then()`` and its like.

        Raises:
            ConfigurationError: an option has a value that does not exist.
        """
        if fn is context.DECORATOR:

            def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
                self.listen(
                    targets, function, inputs, outputs, api_name=api_name, api_description=api_description,
                    api_visibility=api_visibility, queue=queue, js=js, concurrency=concurrency, **options,
                )  # fmt: skip
                return function

            return decorate
        if concurrency is not None and concurrency not in CONCURRENCIES:
            raise ConfigurationError(f"concurrency is {concurrency!r}; use one of {', '.join(CONCURRENCIES)}.")
        known = {name: options.pop(name) for name in list(options) if name in PAGE_OPTIONS}
        refuse_unknown("a listener", options, ignored=IGNORED_OPTIONS)
        ins, outs = _listed(inputs), _listed(outputs)
        if api_name is False:
            api_name, api_visibility = None, "private"
        name = self._unused(api_name or (_name_of(fn) if fn is not None else "js_fn"))
        endpoint = None
        if fn is not None:
            endpoint = Endpoint(
                fn,
                name=name,
                inputs=ins,
                outputs=outs,
                concurrency=concurrency,
                inputs_by_component=isinstance(inputs, set),
            )
        listener = Listener(
            id=len(self.listeners),
            targets=list(targets),
            inputs=ins,
            outputs=list(outs),
            endpoint=endpoint,
            api_name=name,
            visibility=api_visibility if fn is not None else "private",
            description=None if api_description is False else api_description or described(fn),
            options={**known, "queue": queue if fn is not None else False, "js": js},
        )
        self.listeners.append(listener)
        return Dependency(self, listener)

    def _unused(self, name: str) -> str:
        taken = {listener.api_name for listener in self.listeners}
        candidates = (name if n == 0 else f"{name}_{n}" for n in range(len(taken) + 1))
        return next(candidate for candidate in candidates if candidate not in taken)

    def listener(self, *, api_name: str | None = None, fn_index: int | None = None) -> Listener:
        """Return the listener that a caller names.

        Raises:
            NotFound: there is none, or callers may not use it.
        """
        if api_name is not None:
            found = [one for one in self.listeners if one.api_name == api_name.removeprefix("/")]
            asked = f"endpoint /{api_name.removeprefix('/')}"
        else:
            found = [one for one in self.listeners if one.id == fn_index]
            asked = f"fn_index {fn_index}"
        if not found or found[0].endpoint is None:
            names = ", ".join(f"/{one.api_name}" for one in self.listeners if one.is_public) or "none"
            raise NotFound(f"there is no {asked}; this app's endpoints are: {names}.")
        return found[0]

    # -- starting -----------------------------------------------------------------------------

    def queue(self, *_: Any, **__: Any) -> Blocks:
        """Return the app; taken for Gradio's sake: execution environments need no queue in front."""
        return self

    def launch(
        self,
        inline: bool | None = None,
        inbrowser: bool = False,
        share: bool | None = None,
        debug: bool = False,
        *,
        prevent_thread_lock: bool = False,
        server_name: str | None = None,
        server_port: int | None = None,
        show_error: bool = False,
        **ignored: Any,
    ) -> tuple[Any, str, str]:
        """Serve the running script by the dev server; under Lambda and the dev server, do nothing more.

        Args:
            inline, inbrowser, share, debug: taken for Gradio's sake.
            prevent_thread_lock: return when the server answers, instead of when it ends.
            server_name: the address to listen on; 127.0.0.1 if left out.
            server_port: the port; the first free one from 7860 if left out.
            show_error: whether the text of a function's own exception is shown to visitors.

        Returns:
            The app, its local address, and an empty public address.

        Raises:
            ConfigurationError: there is no script file to serve.
            NotAvailable: ``share=True``; an app is shared by deploying it.
        """
        self.show_error = self.show_error or show_error
        settings = Settings.from_environment()
        if settings.in_environment or settings.on_lambda:
            launched.append(self)
            return self, "", ""
        if share:
            raise NotAvailable("share=True is not available; deploy the app instead: sam build && sam deploy.")
        script = getattr(sys.modules["__main__"], "__file__", None)
        if script is None or not Path(script).is_file():
            raise ConfigurationError("launch() found no script file to serve; save the app as a file and run it.")
        command = [sys.executable, "-m", "adapter", "dev", script, "--host", server_name or "127.0.0.1"]
        if server_port is not None:
            command += ["--port", str(server_port)]
        if not prevent_thread_lock:
            raise SystemExit(_served(command))
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout is not None
        for line in self.server.stdout:
            sys.stdout.write(line)
            address = re.search(r"https?://\S+", line)
            if address is not None:
                # Somebody must go on reading, or the server would stop at a full pipe.
                threading.Thread(target=sys.stdout.writelines, args=(self.server.stdout,), daemon=True).start()
                return self, address[0].rstrip("/") + "/", ""
        raise ConfigurationError(f"the dev server ended with status {self.server.wait()}; its message stands above.")

    server: subprocess.Popen[str] | None = None

    def close(self, verbose: bool = True) -> None:
        """End the server that ``launch(prevent_thread_lock=True)`` started."""
        if self.server is not None:
            self.server.terminate()
            self.server.communicate()
            self.server = None


def _served(command: list[str]) -> int:
    """Run the dev server to its end and return its status; Ctrl-C is the server's to handle."""
    with subprocess.Popen(command) as server:
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue


PAGE_OPTIONS = {
    "scroll_to_output", "show_progress", "show_progress_on", "trigger_mode", "cancels", "trigger_after",
    "trigger_only_on_success", "trigger_only_on_failure", "batch", "max_batch_size", "time_limit", "stream_every",
}  # fmt: skip
"""Options of a listener that the config passes on."""

IGNORED_OPTIONS = ("concurrency_limit", "concurrency_id", "preprocess", "postprocess", "key")
"""Options whose effect one invocation per environment makes needless."""


def refuse_unknown(what: str, given: dict[str, Any], *, ignored: Sequence[str] = ()) -> None:
    """Raise for options that the adapter does not have, unless they say nothing.

    Raises:
        NotAvailable: names the first such option.
    """
    for name, value in given.items():
        if name not in ignored and value not in (None, False):
            raise NotAvailable(f"{what} was given {name}={value!r}, which the adapter does not have; leave it out.")


def _listed(components: Any) -> list[Any]:
    if components is None:
        return []
    return list(components) if isinstance(components, list | tuple | set | frozenset) else [components]


def _name_of(fn: Callable[..., Any]) -> str:
    name = getattr(fn, "__name__", None) or type(fn).__name__
    return "lambda" if name == "<lambda>" else name
