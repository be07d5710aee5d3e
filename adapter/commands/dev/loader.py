"""From what stands on the command line to the handler of an app."""

from __future__ import annotations

import importlib
import io
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.machinery import PathFinder
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, cast

from adapter.errors import ConfigurationError
from adapter.state.codec import trust_folder

Handler = Callable[[dict[str, Any], Any], Any]

_LAUNCHED = "__adapter_launched__"
"""Where `launching.leave_script` notes what the script has launched."""

_COMMON_NAMES = ("app", "main", "demo", "handler", "lambda_function")
"""File names that say nothing about an app; its folder's name does."""


@dataclass(frozen=True, slots=True)
class Target:
    """What APP on the command line means.

    Attributes:
        app: as it was given.
        folder: where imports are found first: the script's folder, or the working folder.
        source: the folder whose changes concern the app.
        name: of the app, for its keys in the store.
        script: the file to run; ``None`` in the form ``module:name``.
        module: what to import; empty for a script.
        attribute: the name in the module; may have dots.
    """

    app: str
    folder: str
    source: str
    name: str
    script: str | None = None
    module: str = ""
    attribute: str = ""


def locate(app: str) -> Target:
    """Return what APP means, without running any of it.

    Args:
        app: a script, a folder with an ``app.py``, or ``module:name``.

    Raises:
        ConfigurationError: there is no such file, folder or module.
    """
    path = Path(app)
    if path.is_dir():
        if not (path / "app.py").is_file():
            raise ConfigurationError(f"The folder {app} has no app.py; give the script itself.")
        path /= "app.py"
    if path.is_file():
        path = path.resolve()
        folder = str(path.parent)
        return Target(app, folder, folder, _name(path.stem, path.parent.name), script=str(path))
    module, colon, attribute = app.partition(":")
    dotted = module.split(".")
    if not (colon and all(name.isidentifier() for name in (*dotted, *attribute.split(".")))):
        raise ConfigurationError(f"There is no file {app}; APP is a script, a folder with an app.py, or module:name.")
    folder = str(Path.cwd())
    spec = PathFinder.find_spec(dotted[0], [folder, *sys.path])
    if spec is None:
        raise ConfigurationError(f"There is no module {dotted[0]} in {folder} or among what is installed.")
    origin = spec.origin or next(iter(spec.submodule_search_locations or ()), folder) + "/."
    parent = dotted[-2] if len(dotted) > 1 else Path(folder).name
    name = _name(dotted[-1], parent)
    return Target(app, folder, str(Path(origin).parent), name, module=module, attribute=attribute)


def load(target: Target) -> Handler:
    """Run the app's code and return its handler.

    A script runs as ``python script.py`` would, as ``__main__``; its ``launch()`` serves nothing here
    and marks what is to be served.

    Raises:
        ConfigurationError: it has nothing to serve; the message names what was found.
        Exception: whatever the app's own code raises.
    """
    trust_folder(Path(target.folder), app_module=target.module or "__main__")
    if target.script is not None:
        return _from_script(target, vars(_run(target.script, target.folder)))
    sys.path[0] = target.folder
    found: Any = importlib.import_module(target.module)
    for name in target.attribute.split("."):
        if not hasattr(found, name):
            raise ConfigurationError(
                f"{target.module} has no {target.attribute}; give module:name of a demo or handler."
            )
        found = getattr(found, name)
    return _serve(found, target.app)


def _name(own: str, parent: str) -> str:
    name = parent if own in _COMMON_NAMES and parent else own
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name)


def _run(script: str, folder: str) -> ModuleType:
    module = ModuleType("__main__")
    module.__file__ = script
    vars(module)["__builtins__"] = __builtins__
    sys.modules["__main__"] = module
    sys.argv = [script]
    sys.path[0] = folder
    with io.open_code(script) as file:
        code: CodeType = compile(file.read(), script, "exec", dont_inherit=True)
    # As in a shell, where nothing after launch() runs while the server does.
    module.__dict__[_LAUNCHED] = []
    try:
        exec(code, vars(module))  # noqa: S102 - running the app is what this is for
    except BaseException as error:
        if not _is_launch(error):
            raise
    return module


def _is_launch(error: BaseException) -> bool:
    # Only a script that has called launch() has imported it, and echoing apps need not wait for it.
    launching = sys.modules.get("adapter.app.launching")
    return launching is not None and isinstance(error, launching.Launched)


def _from_script(target: Target, names: Mapping[str, Any]) -> Handler:
    handler: Handler | None = names.get("handler")
    if callable(handler) and _is_ours(handler):
        return handler
    if names[_LAUNCHED]:
        return _handler(names[_LAUNCHED][-1])
    hosts = _hosts(names)
    if "app" in hosts or len({id(host) for host in hosts.values()}) == 1:
        return _handler(hosts.get("app") or next(iter(hosts.values())))
    if hosts:
        raise ConfigurationError(
            f"{target.app} mounts its pages in {', '.join(sorted(hosts))}; name the one to serve `app`."
        )
    demos = _demos(names)
    if "demo" in demos:
        return _serve(demos["demo"], target.app)
    if len({id(demo) for demo in demos.values()}) == 1:
        return _serve(next(iter(demos.values())), target.app)
    if not demos and isinstance(handler, FunctionType):
        return handler
    what = f"none of {', '.join(sorted(demos))} is named demo" if demos else "it makes no Interface or Blocks"
    raise ConfigurationError(
        f"{target.app} has nothing to serve: {what}. Name the one to serve `demo`, or launch() it."
    )


def _demos(names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the Interfaces and Blocks among the names."""
    if "adapter.app.blocks" not in sys.modules:
        return {}
    from adapter.app.blocks import Blocks

    return {name: value for name, value in names.items() if isinstance(value, Blocks)}


def _hosts(names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the FastAPI apps among the names in which pages are mounted."""
    if "adapter.web.mounting" not in sys.modules:
        return {}
    from adapter.web.mounts import mounted

    return {name: value for name, value in names.items() if _is_asgi(value) and any(mounted(value))}


def _is_asgi(found: Any) -> bool:
    """Whether it is an app of FastAPI's or Starlette's."""
    applications = sys.modules.get("starlette.applications")
    return applications is not None and isinstance(found, applications.Starlette)


def _handler(app: Any) -> Handler:
    from adapter.aws_lambda.handler import handler

    return cast(Handler, handler(app))


def _serve(found: Any, app: str) -> Handler:
    if _demos({"": found}) or _is_asgi(found):
        return _handler(found)
    if callable(found):
        return cast(Handler, found)
    raise ConfigurationError(
        f"{app} is a {type(found).__name__}; it must be an Interface, Blocks, FastAPI app or a Lambda handler."
    )


def _is_ours(handler: Handler) -> bool:
    """Whether ``adapter.handler()`` made it; a script's own function may have the name, too."""
    return getattr(handler, "__module__", None) == "adapter.aws_lambda.handler"
