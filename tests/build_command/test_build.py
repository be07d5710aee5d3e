"""What `adapter build` puts into a package, and what it leaves out."""

from __future__ import annotations

import gzip
import importlib.util
import json
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grimp
import pytest

from adapter.commands.build.build import RECORD, Order, build, cached
from adapter.commands.build.bytecode import compile_all
from adapter.commands.build.contents import COMMANDS, copy_adapter, copy_function, uses_aws_sdk
from adapter.commands.build.libraries import function_requirements, name_of, own_requirements
from adapter.commands.build.target import Target, interpreter, target
from adapter.commands.build.trimming import needs_whole_sdk, trim
from adapter.errors import ConfigurationError
from tests.support.dev import ROOT

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files, by their paths below a folder."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


def listed(folder: Path) -> set[str]:
    """Return the paths of all files below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_only_what_a_function_reads_of_its_folder_is_packaged(tmp_path: Path) -> None:
    """Its code and data; no tests, requirements, caches and hidden files, on any level."""
    kept = {"app.py": "", "data/words.txt": "", "parts/one.py": ""}
    left = {"requirements.txt": "", "test_app.py": "", "tests/all.py": "", ".env": "", "parts/__pycache__/one.pyc": ""}
    copy_function(written(tmp_path / "function", {**kept, **left}), tmp_path / "out")
    assert listed(tmp_path / "out") == set(kept)


def test_no_module_that_a_function_uses_is_left_out(tmp_path: Path) -> None:
    """What the package lacks of the adapter is imported by nothing that it has."""
    copy_adapter(tmp_path)
    found = listed(tmp_path / "adapter")
    assert {"aws_lambda/handler.py", "web/frontend/main.js"} <= found
    graph = grimp.build_graph("adapter")
    files = {name: name.removeprefix("adapter.").replace(".", "/") for name in graph.modules}
    shipped = {name for name, path in files.items() if {f"{path}.py", f"{path}/__init__.py"} & found}
    imported = {used for name in shipped for used in graph.find_modules_directly_imported_by(name)}
    assert imported - shipped <= {"adapter"}
    assert not {name.split(".")[1] for name in shipped} & {name.removesuffix(".py") for name in COMMANDS}


def test_bytecode_is_valid_whatever_time_its_source_has(tmp_path: Path) -> None:
    """It is not checked against the source, and names it as it lies on Lambda."""
    written(tmp_path, {"app.py": "def handler(event, context): return 1\n"})
    compile_all(tmp_path, sys.executable)
    content = Path(importlib.util.cache_from_source(str(tmp_path / "app.py"))).read_bytes()
    assert content[:4] == importlib.util.MAGIC_NUMBER
    assert int.from_bytes(content[4:8], "little") == 0b01  # PEP 552: of a hash that is not checked
    assert b"/var/task/app.py" in content


def test_a_module_that_does_not_compile_ends_the_build(tmp_path: Path) -> None:
    """The message has its name and line."""
    written(tmp_path, {"app.py": "def handler(:\n"})
    with pytest.raises(ConfigurationError, match=r"(?s)cannot compile the package.*/var/task/app.py"):
        compile_all(tmp_path, sys.executable)


def model(folder: Path, service: str) -> None:
    """Write a description of a service as botocore keeps it."""
    place = folder / "botocore" / "data" / service / "2012" / "service-2.json.gz"
    place.parent.mkdir(parents=True)
    shape = {"documentation": "<p>Long</p>", "members": {"documentation": {"shape": "Text", "documentation": "Words"}}}
    place.write_bytes(gzip.compress(json.dumps({"shapes": {"One": shape}}).encode()))


def test_descriptions_of_other_services_go_and_the_rest_is_quick_to_read(tmp_path: Path) -> None:
    """What stays has no documentation and no gzip; a member of that name stays."""
    for service in ("dynamodb", "s3", "sqs"):
        model(tmp_path, service)
    trim(tmp_path, whole_sdk=False)
    data = tmp_path / "botocore" / "data"
    assert listed(data) == {"dynamodb/2012/service-2.json", "s3/2012/service-2.json"}
    read = json.loads((data / "s3/2012/service-2.json").read_text())
    assert read == {"shapes": {"One": {"members": {"documentation": {"shape": "Text"}}}}}


def test_all_services_stay_for_who_may_call_them(tmp_path: Path) -> None:
    """For a function that speaks of boto3, and for a library that needs it; not for boto3 itself."""
    assert uses_aws_sdk(written(tmp_path / "one", {"app.py": "import boto3\n"}))
    assert not uses_aws_sdk(written(tmp_path / "other", {"app.py": "import adapter\n"}))
    needs = "Metadata-Version: 2.1\nRequires-Dist: botocore>=1.40\n"
    libraries = written(tmp_path / "libraries", {"boto3-1.0.dist-info/METADATA": needs})
    assert not needs_whole_sdk(libraries)
    written(libraries, {"chat_aws-1.0.dist-info/METADATA": needs})
    assert needs_whole_sdk(libraries)
    model(libraries, "sqs")
    trim(libraries, whole_sdk=True)
    assert "botocore/data/sqs/2012/service-2.json.gz" in listed(libraries)


def test_metadata_that_programs_read_stays(tmp_path: Path) -> None:
    """Names, versions, entry points, module names, and what the licence wants; no README, lists of files or scripts."""
    kept = {"x-1.dist-info/entry_points.txt": "[a]\n", "x-1.dist-info/licenses/LICENSE": "", "x/__init__.py": ""}
    left = {"x-1.dist-info/RECORD": "", "x-1.dist-info/INSTALLER": "", "bin/x": "", "x/tests/test_x.py": ""}
    written(tmp_path, {**kept, **left, "x-1.dist-info/METADATA": "Name: x\nVersion: 1\n\n# The README\n"})
    trim(tmp_path, whole_sdk=False)
    assert listed(tmp_path) == {*kept, "x-1.dist-info/METADATA", "x-1.dist-info/top_level.txt"}
    assert (tmp_path / "x-1.dist-info/METADATA").read_text() == "Name: x\nVersion: 1\n"


def test_what_sam_builds_is_what_is_built_for(tmp_path: Path) -> None:
    """`sam build` writes down the runtime and the processor; without it they are the template's defaults."""
    out = tmp_path / "build" / "Chat"
    assert target(None, None, out) == Target("python3.13", "arm64")
    noted = '[function_build_definitions.a1]\nruntime = "python3.12"\narchitecture = "x86_64"\nfunctions = ["Chat"]\n'
    written(tmp_path, {"build.toml": noted})
    assert target(None, None, out) == Target("python3.12", "x86_64")
    assert target(None, None, tmp_path / "cache" / "a1") == Target("python3.12", "x86_64")
    with pytest.raises(ConfigurationError, match="architecture of Chat is x86_64, and --architecture is arm64"):
        target(None, "arm64", out)


def test_wheels_are_those_that_the_runtime_can_load() -> None:
    """Amazon Linux 2 has an older C library than Amazon Linux 2023."""
    assert Target("python3.11", "arm64").platforms[0] == "manylinux_2_26_aarch64"
    assert Target("python3.13", "x86_64").platforms[0] == "manylinux_2_34_x86_64"


def test_an_interpreter_of_another_version_is_refused() -> None:
    """Its bytecode would not be read."""
    assert interpreter(HERE) == sys.executable
    with pytest.raises(ConfigurationError, match=r"is no Python 3\.9"):
        interpreter("3.9", sys.executable)


def test_requirements_are_the_adapters_own_and_the_functions(tmp_path: Path) -> None:
    """No extras of the adapter's, and not the adapter itself, which is there already."""
    assert {"boto3", "fastapi", "mangum"} <= set(map(name_of, own_requirements()))
    assert "uvicorn" not in set(map(name_of, own_requirements()))
    lines = "# words\nserverless_function_adapter>=0.1\n\nnumpy==2.1.0\n-r more.txt\n"
    assert function_requirements(written(tmp_path, {"requirements.txt": lines})) == ["numpy==2.1.0", "-r more.txt"]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    """Only a new or empty folder, or an earlier package, is written to."""
    mine = written(tmp_path / "mine", {"thesis.txt": "words"})
    with pytest.raises(ConfigurationError, match="is not empty and no earlier package"):
        build(Order(str(ROOT / "functions" / "greeting"), str(mine)))
    with pytest.raises(ConfigurationError, match="has no Python file"):
        build(Order(str(mine), str(tmp_path / "out")))
    assert listed(mine) == {"thesis.txt"}


def test_builds_at_once_prepare_libraries_once(tmp_path: Path) -> None:
    """The first one does, the others wait for it; one that fails leaves nothing behind."""
    with pytest.raises(FileExistsError), cached(tmp_path / "libraries") as fresh:
        Path(str(fresh)).mkdir()
    assert not list(tmp_path.glob("libraries*/"))
    prepared: list[Path] = []

    def prepare(_: int) -> None:
        with cached(tmp_path / "libraries") as fresh:
            if fresh is not None:
                prepared.append(fresh)
                written(fresh, {"x.py": ""})
        assert listed(tmp_path / "libraries") == {"x.py"}

    with ThreadPoolExecutor(6) as together:
        list(together.map(prepare, range(6)))
    assert len(prepared) == 1


@pytest.mark.end_to_end
def test_a_package_answers_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With nothing of this machine's but Python: all that it needs is in it, with bytecode, and its size is said."""
    out = tmp_path / "package"
    machine = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    build(Order(str(ROOT / "functions" / "greeting"), str(out), runtime=f"python{HERE}", architecture=machine))
    assert f"python{HERE} on {machine}, bytecode of" in capsys.readouterr().out
    assert json.loads((out / RECORD).read_text())["libraries"]["fastapi"]
    program = (
        "import json, app\n"
        "from tests_event import event\n"
        "print(json.loads(app.handler(event, None)['body'])['data'][0])\n"
    )
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/gradio_api/run/greet",
        "rawQueryString": "",
        "headers": {"host": "a.example", "content-type": "application/json"},
        "body": json.dumps({"data": ["Ada", "formal", 1]}),
        "isBase64Encoded": False,
        "requestContext": {
            "stage": "$default",
            "domainName": "a.example",
            "http": {
                "method": "POST",
                "path": "/gradio_api/run/greet",
                "sourceIp": "192.0.2.1",
                "protocol": "HTTP/1.1",
            },
        },
    }
    (tmp_path / "tests_event.py").write_text(f"event = {event!r}\n")
    ran = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = [{str(out)!r}, {str(tmp_path)!r}]\n{program}"],
        cwd=tmp_path,
        env={"ADAPTER_STORE": "memory:", "ADAPTER_SESSION_KEYS": "k" * 40, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "Good day, Ada!"
