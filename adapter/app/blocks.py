"""The component tree of a page and its listeners."""

from __future__ import annotations

from contextvars import Token
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Unpack

from adapter import context
from adapter.app.arguments import as_list, refuse_unknown
from adapter.app.listener import Target
from adapter.app.listeners import ListenerTable
from adapter.compat.modules import names_of
from adapter.components.base import Block, Component
from adapter.components.layout import group
from adapter.components.state import State
from adapter.components.timer import Timer
from adapter.errors import ConfigurationError, NotAvailable
from adapter.files.own import claimed
from adapter.files.sizes import in_bytes

if TYPE_CHECKING:
    from adapter.app.drawings import Part
    from adapter.app.launching import LaunchOptions, PageOptions, Paths, Server
    from adapter.themes.base import Base


class Blocks(ListenerTable):
    """A page: components that are made inside ``with Blocks():``, and what happens on their events.

    Args:
        analytics_enabled: taken for Gradio's sake; nothing is ever reported.
        mode: a name for the kind of app.
        title: of the browser's tab.
        fill_height: whether the page fills the window's height.
        fill_width: whether the page fills the window's width.
        theme: colors, sizes and fonts: one of `adapter.themes`, or its name.
        css: added to the page's style; Gradio's CSS variables are there where it names them.
        css_paths: files with more of it.
        js: a script that the page runs when it has loaded.
        head: HTML for the page's head: scripts and styles that stand in it, scripts of the page's own
            server, and meta data; what is somewhere else is noted only.
        head_paths: files with more of it.
        delete_cache: taken for Gradio's sake: files expire by themselves.
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
        delete_cache: tuple[int, int] | None = None,
        theme: Base | str | None = None,
        css: str | None = None,
        css_paths: Paths | None = None,
        js: str | bool | None = None,
        head: str | None = None,
        head_paths: Paths | None = None,
        persist_session: bool = False,
        **unknown: Any,
    ) -> None:
        refuse_unknown("Blocks", unknown)
        super().__init__()
        self.id = next(context.ids)
        self.mode = mode
        self.title = title
        self.fill_height = fill_height
        self.fill_width = fill_width
        self.own_names: set[str] = claimed()
        self.allowed_folders: list[Path] = []
        self.static_folders: list[Path] = []
        self.theme: Base | None = None
        self.css: str | None = None
        self.js: str | None = None
        self.head: str | None = None
        self.scripts: dict[str, Any] | None = None
        look: PageOptions = {"theme": theme, "css": css, "css_paths": css_paths, "js": js, "head": head}
        self.dress({**look, "head_paths": head_paths})
        self.persist_session = persist_session
        self.blocks: dict[int, Block] = {}
        self.children: list[Block] = []
        self.parts: list[Part] = []
        self.show_error = False
        self.max_file_bytes: int | None = None
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
        if failure[0] is None and not self._open and self._host is None:
            self.render()

    def render(self) -> Blocks:
        """Put the page's blocks and listeners into the Blocks that is open, if one is; return the page.

        A page whose ``with`` stands in another's is put there by itself. From then on it is part of
        the other: its listeners, and those that are still added to it, are the other's.

        Raises:
            ConfigurationError: it stands there already.
        """
        root = context.root.get()
        if isinstance(root, Blocks) and root is not self:
            root._embed(self)
        return self

    def _embed(self, page: Blocks) -> None:
        twice = [block for block in page.blocks.values() if block.id in self.blocks and not isinstance(block, State)]
        if twice or page._host is self:
            raise ConfigurationError(f"{page!r} is on the page already; an app can be rendered once.")
        container = context.container.get()
        for block in page.blocks.values():
            known = block.id in self.blocks
            self.blocks[block.id] = block
            if isinstance(block, State) and not known:
                block.place(len(self.states) - 1)
        for child in page.children:
            child.parent = container
        (self.children if container is None else container.children).extend(page.children)
        self.own_names |= page.own_names
        self.allowed_folders += page.allowed_folders
        self.static_folders += page.static_folders
        for part in page.parts:
            part.place = len(self.parts)
            self.parts.append(part)
        self._take_over(page)

    def adopt(self, block: Block) -> None:
        """Take ``block`` into the container that is open.

        Raises:
            ConfigurationError: it stands in the page already.
        """
        if block.id in self.blocks:
            raise ConfigurationError(f"{block!r} is on the page already; a component can be rendered once.")
        self.know(block)
        block.parent = context.container.get()
        (self.children if block.parent is None else block.parent.children).append(block)
        if isinstance(block, State):
            block.place(len(self.states) - 1)

    def know(self, block: Block) -> None:
        """Take ``block`` among the page's blocks, without a place in the tree."""
        self.blocks[block.id] = block

    def release(self, block: Block) -> None:
        """Take ``block`` out of the tree again, if it stands there."""
        if self.blocks.pop(block.id, None) is not None:
            (self.children if block.parent is None else block.parent.children).remove(block)
            block.parent = None
            for place, state in enumerate(self.states):  # or the next one would get the name of one that stays
                state.place(place)

    @property
    def states(self) -> list[State]:
        """The page's States, in order."""
        return [block for block in self.blocks.values() if isinstance(block, State)]

    def _attach_load_functions(self) -> None:
        """Ask callable values anew when the page is opened, their inputs change, or their time has come."""
        for block in list(self.blocks.values()):
            if not isinstance(block, Component) or block.load_fn is None:
                continue
            fn, block.load_fn = block.load_fn, None
            targets: list[Target] = [(one, "change") for one in as_list(block.load_inputs)]
            if block.every is not None:
                timer = block.every if isinstance(block.every, Timer) else Timer(block.every)
                targets.append((timer, "tick"))
            shown = "hidden" if targets else "full"
            targets.append((None, "load"))
            self.listen(targets, fn, block.load_inputs, block, trigger_mode="once", show_progress=shown)

    # -- what it tells of itself --------------------------------------------------------------

    def get_config_file(self) -> dict[str, Any]:
        """Return what ``/config`` answers: the components, the layout and the listeners."""
        return _wire("config", self)

    def get_api_info(self, all_endpoints: bool = False) -> dict[str, Any]:
        """Return what ``/gradio_api/info`` answers: each endpoint with its parameters and returns.

        Args:
            all_endpoints: whether those are told too that are not documented.
        """
        return _wire("info", self, all_endpoints=all_endpoints)

    @property
    def config(self) -> dict[str, Any]:
        """What `get_config_file` returns."""
        return self.get_config_file()

    @property
    def app(self) -> Any:
        """The ASGI app (FastAPI) that serves the page: the handler's, else one that is built when it is asked for."""
        if self.served is None:
            self.served = import_module("adapter.web.app").create_app(self)  # by its name, as in `_wire`
        return self.served

    served: Any = None

    def __call__(self, *inputs: Any, fn_index: int = 0, api_name: str | None = None) -> Any:
        """Run an endpoint without a server; return what goes to its output, a list for several.

        Args:
            inputs: as callers of the API send them.
            fn_index: the listener's number; an Interface's first is its function.
            api_name: the endpoint's name, which goes before the number.

        Raises:
            ConfigurationError: it is a generator, or has a State.
            NotFound: there is no such endpoint.
        """
        from adapter.app.direct_call import call_directly

        return call_directly(self, inputs, fn_index=fn_index, api_name=api_name)

    def clear(self) -> Blocks:
        """Empty the page of its blocks and listeners; return it."""
        self.blocks.clear()
        self.children.clear()
        self.listeners.clear()
        return self

    def route(self, name: str, path: str | None = None, show_in_navbar: bool = True) -> NoReturn:
        """Raise NotAvailable: an app is one page."""
        raise NotAvailable(
            f"demo.route({name!r}) is not available: an app is one page; put the pages into gr.Tab blocks, or make "
            f"each an app of its own and link them in a gr.Markdown."
        )

    def integrate(self, comet_ml: Any = None, wandb: Any = None, mlflow: Any = None) -> NoReturn:
        """Raise NotAvailable: it reports to services that would be asked at every cold start."""
        raise NotAvailable("demo.integrate() is not available; report to the service from your functions.")

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
        max_threads: int = 40,
        auth: Any = None,
        auth_message: str | None = None,
        prevent_thread_lock: bool = False,
        show_error: bool = False,
        server_name: str | None = None,
        server_port: int | None = None,
        **options: Unpack[LaunchOptions],
    ) -> tuple[Any, str, str | None]:
        """Serve the running script by the dev server; under Lambda and the dev server, do nothing more.

        Args:
            inline, debug, max_threads, auth_message: taken for Gradio's sake.
            inbrowser: whether the page is opened in a browser of this machine when the server answers.
            share: noted only: an app is shared by deploying it.
            auth: refused: see Raises.
            prevent_thread_lock: return when the server answers, instead of when it ends.
            show_error: whether the text of a function's own exception is shown to visitors.
            server_name: the address to listen on; 127.0.0.1 if left out.
            server_port: the port; the first free one from 7860 if left out.
            options: ``theme``, ``css`` and ``css_paths`` as `Blocks` has them; ``allowed_paths``,
                folders from which functions may show files; ``max_file_size`` of an upload, as bytes
                or such as "5mb". Gradio's others do nothing; those that somebody may miss are noted
                in the log.

        Returns:
            The ASGI app, its local address ("" in an environment), and ``None`` for a public address.

        Raises:
            ConfigurationError: there is no script file to serve.
            NotAvailable: ``auth=``: nobody would be asked for the password.
        """
        from adapter.app import launching

        launching.check({"share": share, "auth": auth, **options})
        self.dress(launching.look(options))
        self.show_error = self.show_error or show_error
        self.max_file_bytes = in_bytes("max_file_size", options.get("max_file_size")) or self.max_file_bytes
        self.allowed_folders += [Path(one).resolve() for one in options.get("allowed_paths") or ()]
        if launching.in_environment():
            self.is_running, self.in_browser = True, inbrowser
            launching.leave_script(self)
            return launching.LaunchedApp(self), "", None
        self.server = launching.Server(server_name, server_port)
        if not prevent_thread_lock:
            raise SystemExit(self.server.run())
        self.local_url = self.server.start()
        self.is_running = True
        return launching.LaunchedApp(self), self.local_url, None

    in_browser = False
    """Whether the dev server that runs the script is to open the page in a browser."""
    is_running = False
    """Whether the app is launched: in an environment, or by a server that this process has started."""
    server: Server | None = None
    local_url: str | None = None
    """Where the server that ``launch(prevent_thread_lock=True)`` started is."""
    share_url: str | None = None
    """``None``: nobody else can reach this machine."""

    def close(self, verbose: bool = True) -> None:
        """End the server that ``launch(prevent_thread_lock=True)`` started."""
        if self.server is not None:
            self.server.stop()
            self.server = None
            self.is_running = False

    def dress(self, look: PageOptions) -> None:
        """Take a theme, CSS and what else says how the page looks; what is left out stays."""
        if not any(look.values()):
            return
        from adapter.app import launching

        launching.note(look)
        self.theme = launching.theme_of(look.get("theme")) or self.theme
        self.css = launching.text_of("css", look.get("css"), look.get("css_paths")) or self.css
        js = look.get("js")
        self.js = js if isinstance(js, str) else self.js
        self.head = launching.text_of("head", look.get("head"), look.get("head_paths")) or self.head
        self.scripts = launching.scripts_of(self.js, self.head)
        self.own_names |= claimed()


def _wire(name: str, blocks: Blocks, **options: Any) -> dict[str, Any]:
    # By its name: the wire stands on the page, not the other way round.
    found: dict[str, Any] = getattr(import_module(f"adapter.gradio_api.{name}"), name)(blocks, **options)
    return found


if not TYPE_CHECKING:  # type checkers are to know what is missing
    __getattr__ = names_of("blocks")
