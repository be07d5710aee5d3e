from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import ModuleType
from typing import Any

import pytest

from adapter.errors import CannotRead, CannotStore, ConfigurationError
from adapter.state import codec
from adapter.state.codec import codes
from adapter.state.codec.tree import pack
from tests.state.codec import app
from tests.state.codec.samples import same

Load = Callable[..., ModuleType]
HEADER = "from dataclasses import dataclass, field\nfrom enum import Enum, Flag\nfrom typing import NamedTuple\n"


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Return what loads a source as a module of a trusted app's folder; a second load is a new deployment."""
    codec.trust_folder(tmp_path)

    def load(source: str, *, name: str = "shop", file: str = "shop.py") -> ModuleType:
        module = ModuleType(name)
        module.__file__ = str(tmp_path / file)
        monkeypatch.setitem(sys.modules, name, module)
        exec(HEADER + source, vars(module))
        return module

    yield load
    monkeypatch.undo()


def stored(value: Any) -> bytes:
    """Return the payload of ``value``."""
    return codec.encode(value, name="s")


def unreadable(payload: bytes) -> str:
    """Return the message with which ``payload`` is refused."""
    with pytest.raises(CannotRead) as caught:
        codec.decode(payload)
    return str(caught.value)


# --- what an app's next version reads


def test_a_field_added_since_takes_its_default(load: Load) -> None:
    """Old payloads of a dataclass, named tuple and pydantic model decode with the defaults of today."""
    old = load(
        "from pydantic import BaseModel\n"
        "@dataclass\nclass A:\n  x: int\n"
        "class B(NamedTuple):\n  x: int\n"
        "class C(BaseModel):\n  x: int\n"
    )
    payload = stored([old.A(1), old.B(2), old.C(x=3)])
    new = load(
        "from pydantic import BaseModel, Field\n"
        "@dataclass\nclass A:\n  x: int\n  y: int = 5\n"
        "  z: list = field(default_factory=list)\n  w: int = field(init=False)\n"
        "class B(NamedTuple):\n  x: int\n  y: str = 'b'\n"
        "class C(BaseModel):\n  x: int\n  y: list = Field(default_factory=list)\n  _z: int = 4\n"
    )
    a, b, c = codec.decode(payload)
    assert (a.x, a.y, a.z, hasattr(a, "w")) == (1, 5, [], False)
    assert b == new.B(2, "b")
    assert c == new.C(x=3)
    assert (c._z, c.model_fields_set) == (4, {"x"})


def test_a_field_lost_since_is_left_out(load: Load) -> None:
    """A payload with more than the class has today decodes without it."""
    old = load("@dataclass\nclass A:\n  x: int\n  y: int\nclass B(NamedTuple):\n  x: int\n  y: int\n")
    payload = stored([old.A(1, 2), old.B(1, 2)])
    new = load("@dataclass\nclass A:\n  x: int\nclass B(NamedTuple):\n  x: int\n")
    assert codec.decode(payload) == [new.A(1), new.B(1)]
    assert not hasattr(codec.decode(payload)[0], "y")


DATACLASS, OTHER_DATACLASS = "@dataclass\nclass A:\n  x: int\n", "@dataclass\nclass A:\n  y: int\n"
ENUM, OTHER_ENUM = "class A(Enum):\n  X = 1\n", "class A(Enum):\n  Y = 1\n"
ROW, OTHER_ROW = "class A(NamedTuple):\n  x: int\n", "class A(NamedTuple):\n  y: int\n"
FLAG, OTHER_FLAG = "class A(Flag):\n  X = 1\n  Y = 2\n", "class A(Flag):\n  X = 1\n"


@pytest.mark.parametrize(
    ("then", "make", "now", "words"),
    [
        (DATACLASS, "A(1)", OTHER_DATACLASS, "without the field 'y'; give the field a default"),
        (ROW, "A(1)", OTHER_ROW, "without the field 'y'; give the field a default"),
        (ENUM, "A.X", OTHER_ENUM, "holds A.X, which the app does not define any more"),
        (ENUM, "A.X", "", "holds the class 'A' of 'shop', which the app does not define any more"),
        (ENUM, "A.X", OTHER_DATACLASS, "shop.A as Enum, which is now a dataclass"),
        (DATACLASS, "A(1)", "class A:\n  x = 1\n", "shop.A as dataclass, which is now a plain class"),
        (DATACLASS, "A(1)", "def A(*a):\n  raise SystemExit\n", "which the app does not define any more"),
        (FLAG, "A(3)", OTHER_FLAG, "ValueError: <flag 'A'> invalid value 3"),
    ],
)
def test_what_does_not_decode_any_more_says_why(load: Load, then: str, make: str, now: str, words: str) -> None:
    """A payload that the new version cannot read is told from a readable one, with the reason."""
    payload = stored(eval(make, vars(load(then))))
    load(now)
    assert words in unreadable(payload).replace("\n", " ")


def test_a_renamed_class_keeps_its_payloads_by_its_name(load: Load) -> None:
    """``register_type(name=…)`` gives a class the name that stands in payloads."""
    old = load("@dataclass\nclass A:\n  x: int\n")
    codec.register_type(old.A, name="test.A")
    payload = stored(old.A(1))
    new = load("@dataclass\nclass B:\n  x: int\nB.__qualname__ = 'A'\n")
    codec.register_type(new.B, name="test.A")
    assert type(codec.decode(payload)) is new.B


# --- what counts as the app's own


def test_a_class_is_the_same_as_main_and_as_a_module(load: Load) -> None:
    """A script that stored as ``__main__`` is read by the handler that imported it, and the other way round."""
    source = "@dataclass\nclass A:\n  x: int\n"
    script = load(source, name="__main__")
    payload = stored(script.A(1))
    sys.modules["__main__"] = sys
    module = load(source)
    assert type(codec.decode(payload)) is module.A
    assert stored(module.A(1)) == payload


def test_of_two_loads_of_a_file_the_app_s_own_is_taken(load: Load, tmp_path: Path) -> None:
    """Where a script imports itself again, the classes are those of the module that serves."""
    source = "@dataclass\nclass A:\n  x: int\n"
    script, module = load(source, name="__main__"), load(source)
    payload = stored(module.A(1))
    assert stored(script.A(1)) == payload
    assert type(codec.decode(payload)) is module.A
    codec.trust_folder(tmp_path, app_module="__main__")
    assert type(codec.decode(payload)) is script.A


def test_a_main_module_without_a_file_counts(load: Load) -> None:
    """A notebook's or a prompt's classes are the app's own."""
    script = load("@dataclass\nclass A:\n  x: int\n", name="__main__")
    script.__file__ = None
    assert codec.decode(stored(script.A(1))) == script.A(1)


def test_modules_in_packages_are_told_apart(load: Load) -> None:
    """The file's place in the app's folder is part of the class's name."""
    source = "@dataclass\nclass A:\n  x: int\n"
    first = load(source, name="one.models", file="one/models.py")
    second = load(source, name="two", file="two/__init__.py")
    assert stored(first.A(1)) != stored(second.A(1))
    assert [type(value) for value in codec.decode(stored([first.A(1), second.A(1)]))] == [first.A, second.A]


@pytest.mark.parametrize(
    "file",
    [
        ".venv/lib/python3.11/site-packages/shop.py",
        "dist-packages/shop.py",
        "/elsewhere/shop.py",
        "vendored/__init__.py",
        "flat.py",
    ],
)
def test_an_installed_library_is_not_the_app(load: Load, tmp_path: Path, file: str) -> None:
    """Also where it lies in the app's folder, as it does in a Lambda package."""
    info = tmp_path / "vendored-1.0.dist-info"
    info.mkdir()
    (info / "RECORD").write_text("vendored/__init__.py,sha256=x,1\nflat.py,,\nvendored-1.0.dist-info/RECORD,,\n")
    codec.trust_folder(tmp_path / "inner")  # an unrelated folder
    module = load("@dataclass\nclass A:\n  x: int\n", file=file)
    with pytest.raises(CannotStore, match=r"which the app does not define itself\. Call gr\.register_type\(A\)"):
        stored(module.A(1))
    assert "does not define any more" in unreadable(pack(_ext(codes.DATACLASS, [["shop", "A"], {"x": 1}])))
    codec.register_type(module.A, name=f"test.{file}")
    assert codec.decode(stored(module.A(1))) == module.A(1)


def _ext(code: int, body: Any) -> Any:
    from msgspec.msgpack import Ext

    return Ext(code, pack(body))


@pytest.mark.parametrize(
    "ref",
    [
        ["app", "BaseModel"], ["app", "Handle"], ["app", "Any"], ["app", "local_class"], ["app", "Person.shout"],
        ["app", "Person.__class__"], ["app", "enum.Enum"], ["app", ""], ["", "A"], ["os", "stat_result"],
        ["http", "HTTPStatus"], ["subprocess", "Popen"], ["__main__", "Session"], ["../app", "Point"],
        "nobody", None, 1, ["app"], ["app", None], ["app", "Point", "x"], [["app"], "Point"],
    ],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize(
    "code", [codes.ENUM, codes.DATACLASS, codes.NAMEDTUPLE, codes.MODEL, codes.OBJECT, codes.CUSTOM]
)
def test_a_name_in_the_data_reaches_no_other_class(code: int, ref: Any) -> None:
    """Only classes that the app itself defines, or registered ones."""
    body = {codes.ENUM: [ref, "X"], codes.MODEL: [ref, {}, [], None, None], codes.OBJECT: [ref]}.get(code, [ref, {}])
    assert "cannot be read" in unreadable(pack(_ext(code, body)))


def test_nothing_is_imported_for_a_payload(load: Load, tmp_path: Path) -> None:
    """A module that is in the app's folder but not imported stays so, and no module's hook is asked."""
    (tmp_path / "lurking.py").write_text("raise SystemExit\n")
    load("asked = []\ndef __getattr__(name):\n  asked.append(name)\n  raise AttributeError(name)\n")
    before = set(sys.modules)
    for name in ("lurking", "shop"):
        unreadable(pack(_ext(codes.DATACLASS, [[name, "A"], {}])))
    assert set(sys.modules) == before
    assert sys.modules["shop"].asked == []


# --- how instances are stored


def test_no_constructor_runs_when_a_value_is_read(load: Load) -> None:
    """``__init__``, ``__post_init__``, ``__new__`` and validators ran when the value was made, and not again."""
    source = """
ran = []
@dataclass
class A:
  x: int
  def __post_init__(self): ran.append("A")
class B(NamedTuple):
  x: int
class Sub(B):
  def __new__(cls, *a):
    ran.append("B")
    return super().__new__(cls, *a)
"""
    module = load(source)
    payload = stored([module.A(1), module.Sub(1), app.Hashed(password="x")])
    assert module.ran == ["A", "B"]
    assert codec.decode(payload)[2].password == "#x"
    assert module.ran == ["A", "B"]


def test_what_is_computed_once_is_not_stored() -> None:
    """A cached property is computed again, and computing it changes no State."""
    person, team = app.Person("Ada"), app.Team(lead=app.Person2(name="Ada"))
    before = stored([person, team])
    assert (person.shout, team.size) == ("ADA", 0)
    assert stored([person, team]) == before


def test_a_plain_class_of_the_app_needs_no_registration(load: Load) -> None:
    """It is stored by its attributes, as scripts that keep an object of their own in a State expect."""
    module = load(
        "class Player:\n  def __init__(self, name):\n    self.name, self.cards = name, [1]\n"
        "class Game:\n  class Seat:\n    pass\n"
        "  def __init__(self):\n    self.players = {'a': Player('Ada')}\n    self.seat = Game.Seat()\n"
    )
    game = codec.decode(stored(module.Game()))
    assert type(game) is module.Game
    assert type(game.seat) is module.Game.Seat
    assert (game.players["a"].name, game.players["a"].cards) == ("Ada", [1])
    game.players["a"].cards.append(2)
    assert stored(game) != stored(module.Game())


def test_what_a_plain_class_cannot_keep_is_named(load: Load) -> None:
    """A client or a lock among its attributes is refused, with its place."""
    module = load("import threading\nclass Client:\n  def __init__(self):\n    self.lock = threading.Lock()\n")
    with pytest.raises(CannotStore, match=r"State 's' cannot be stored: .*\.lock is of type _thread\.lock"):
        stored([module.Client()])


def test_attributes_and_slots_that_are_no_fields_are_kept(load: Load) -> None:
    """Nothing that an instance holds is dropped silently."""
    module = load(
        "class Base:\n  __slots__ = ('hidden', '__own')\n"
        "@dataclass(slots=True)\nclass A(Base):\n  x: int\n  def set(self): self._Base__own = 3\n"
        "class Row(NamedTuple):\n  x: int\nclass Named(Row): pass\n"
    )
    value, row = module.A(1), module.Named(1)
    value.hidden, row.note = [2], "n"
    value.set()
    back, back_row = codec.decode(stored([value, row]))
    assert (back.x, back.hidden, back._Base__own, back_row, back_row.note) == (1, [2], 3, row, "n")


def test_a_changed_private_attribute_of_a_model_is_kept() -> None:
    """What a model holds besides its fields is part of it."""
    person = app.Person2(name="Ada")
    person._secret = 8
    assert codec.decode(stored(person))._secret == 8
    assert stored(person) != stored(app.Person2(name="Ada"))


def test_a_default_factory_may_be_a_class_of_the_app() -> None:
    """A defaultdict goes on making what it made."""
    back = codec.decode(stored(defaultdict(app.Named, {"a": app.Named()})))
    assert back.default_factory is app.Named


# --- register_type


@codec.register_type
class Account:
    __slots__ = ("owner", "total")

    def __init__(self, owner: str, total: int) -> None:
        self.owner, self.total = owner, total


@codec.register_type(name="test.Money", encode=lambda money: money.cents, decode=lambda cents: Money(cents))
class Money(int):
    @property
    def cents(self) -> int:
        return int(self)


def test_a_registered_class_is_stored_by_its_attributes() -> None:
    """Any class of Python's own kind can be stored by registering it."""
    back = codec.decode(stored(Account("Ada", 3)))
    assert (type(back), back.owner, back.total) == (Account, "Ada", 3)


def test_a_registered_class_is_stored_by_its_functions() -> None:
    """What ``encode`` returns is stored, what ``decode`` returns is the value."""
    back = codec.decode(stored({"a": Money(12)}))["a"]
    assert (type(back), back) == (Money, 12)


def test_a_subclass_of_a_registered_class_is_another_type() -> None:
    """It could hold more than ``encode`` knows of."""

    class Euro(Money):
        pass

    with pytest.raises(CannotStore, match="Euro"):
        stored(Euro(1))


def test_a_registration_comes_before_the_app_s_own_form(load: Load) -> None:
    """Also where an instance was stored before; what was stored then is still read."""
    module = load("@dataclass\nclass A:\n  x: int\n")
    before = stored(module.A(1))
    codec.register_type(module.A, name="test.own", encode=lambda a: [a.x], decode=lambda parts: module.A(*parts))
    assert b"test.own" in stored(module.A(1))
    assert codec.decode(before) == codec.decode(stored(module.A(1))) == module.A(1)


def test_a_registration_that_cannot_work_is_refused() -> None:
    """Said when the app starts, not when a visitor's State is stored."""

    class Other:
        pass

    class Handle(SimpleQueue[int]):
        pass

    def as_is(value: Any) -> Any:
        return value

    for arguments, words in [
        ((Other, "test.Money", None, None), "are both registered as 'test.Money'"),
        ((dict, None, None, None), "dict needs no register_type"),
        ((Other, None, as_is, None), "only one of encode= and decode="),
        ((Handle, None, None, None), "give register_type\\(\\) encode= and decode="),
        (("Other", None, None, None), "takes a class; 'Other' is of type str"),
    ]:
        cls, name, encode, decode = arguments
        with pytest.raises(ConfigurationError, match=words):
            codec.register_type(cls, name=name, encode=encode, decode=decode)  # type: ignore[call-overload]


def test_a_decode_function_that_fails_is_a_payload_that_cannot_be_read() -> None:
    """Its error is the cause; another type than the registered one is an error too."""

    @dataclass
    class Odd:
        x: Any

    codec.register_type(Odd, name="test.fail", encode=lambda odd: odd.x, decode=lambda x: {}[x])
    assert "KeyError: 1" in unreadable(stored(Odd(1)))
    codec.register_type(Odd, name="test.wrong", encode=lambda odd: odd.x, decode=lambda x: x)
    assert "decode= of 'test.wrong' returned int instead of" in unreadable(stored(Odd(1)))


def test_an_unregistered_name_says_so() -> None:
    """The module that registers it may not have been imported."""
    assert "holds 'test.gone', for which register_type() was not called" in unreadable(
        pack(_ext(codes.CUSTOM, ["test.gone", 1]))
    )


def test_samples_of_this_module_are_themselves() -> None:
    """`same` tells types apart, or the round trips would show nothing."""
    assert not same(1, True)
    assert not same((1,), [1])
    assert not same([app.Point(1)], [app.Point(1.0)])
