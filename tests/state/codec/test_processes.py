from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from adapter.state import codec
from tests.state.codec.samples import ARRAYS, FRAMES, IMAGES

ROOT = Path(__file__).parents[3]

SETS = """
import sys
from pathlib import Path
from adapter.state import codec
from tests.state.codec import app
codec.trust_folder(Path(app.__file__).parent)
words = {f"word {n}" for n in range(100)}
value = [words, frozenset(words), {("t", w) for w in words}, {frozenset({w, 1}) for w in words}, {None, 1, "a", b"b"},
         {app.Pair(w, n % 3) for n, w in enumerate(sorted(words))}, set(app.Colour), app.Person2(name="x", tags=words)]
sys.stdout.buffer.write(codec.encode(value, name="sets"))
"""


def python(code: str, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    """Start a process of its own on ``code``."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        env={"PYTHONPATH": str(ROOT), "PATH": "", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def output(process: subprocess.Popen[bytes]) -> bytes:
    """Return what ``process`` wrote, once it has ended well."""
    written, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()
    return written


def test_processes_with_different_hash_seeds_give_the_same_bytes() -> None:
    """The bytes of a set do not depend on the process, or each environment would see changes that are none."""
    processes = [python(SETS, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    first, second = map(output, processes)
    assert first == second
    assert len(first) > 1000


LIBRARIES = """
import sys
from adapter.state import codec
codec.decode(codec.encode([{"a": (1, {2})}], name="x"))
class Plain: pass
try: codec.encode(Plain(), name="x")
except TypeError: pass
print(*[name for name in ("numpy", "pandas", "PIL", "pydantic") if name in sys.modules])
"""


def test_no_library_is_imported_to_encode() -> None:
    """A function without NumPy does not wait for it at every cold start."""
    assert output(python(LIBRARIES)).split() == []


DECODE = """
import sys
from adapter.state import codec
print(type(codec.decode(sys.stdin.buffer.read())).__name__)
"""


@pytest.mark.parametrize(
    ("value", "name"),
    [(ARRAYS["ndarray"][0], "ndarray"), (FRAMES["series"][0], "Series"), (IMAGES["image"][3], "Image")],
    ids=["numpy", "pandas", "pillow"],
)
def test_a_payload_of_a_library_is_read_before_the_app_imported_it(value: object, name: str) -> None:
    """A cold environment reads an array although nothing has imported NumPy yet."""
    found = subprocess.run(
        [sys.executable, "-c", DECODE],
        input=codec.encode(value, name="x"),
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert found.stdout.split() == [name.encode()]


APP = """
import sys
from dataclasses import dataclass
from enum import Enum
from adapter.state import codec
class Colour(Enum):
    RED = 1
@dataclass(frozen=True)
class Card:
    colour: Colour
CARD = {Card(Colour.RED): [Card]}.popitem()[0]
if __name__ == "__main__":
    sys.stdout.buffer.write(codec.encode(CARD, name="x"))
"""

HANDLER = """
import sys
sys.path.insert(0, sys.argv[1])
import app
from adapter.state import codec
codec.trust_folder(sys.argv[1])
assert codec.decode(sys.stdin.buffer.read()) == app.CARD
"""


def test_what_a_script_stored_is_read_by_a_handler_that_imports_it(tmp_path: Path) -> None:
    """``python app.py`` and a handler ``app.handler`` name their classes alike."""
    script = tmp_path / "app.py"
    script.write_text(APP)
    environment = {"PYTHONPATH": str(ROOT)}
    wrote = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, timeout=60, check=True)
    read = subprocess.run(
        [sys.executable, "-c", HANDLER, str(tmp_path)],
        input=wrote.stdout,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert read.returncode == 0, read.stderr.decode()
