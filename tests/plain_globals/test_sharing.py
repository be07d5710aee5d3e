from __future__ import annotations

import asyncio
import enum
import json
import threading
from typing import Any

import pytest

from adapter.errors import ConfigurationError
from tests.plain_globals.conftest import App

CASES: dict[str, tuple[str, list[str]]] = {
    "append": ("x = []\ndef f():\n    x.append(1)", ["x"]),
    "keyed": ("x = {}\ndef f():\n    x['a'] = x.get('a', 0) + 1", ["x"]),
    "set": ("x = set()\ndef f():\n    x.add(len(x))", ["x"]),
    "union in place": ("x = {1}\ndef f():\n    global x\n    x |= {len(x) + 5}", ["x"]),
    "slice": ("x = [1, 2]\ndef f():\n    x[:] = x + [len(x)]", ["x"]),
    "del": ("x = [1, 2, 3, 4, 5]\ndef f():\n    del x[0]", ["x"]),
    "emptied": ("x = [1, 2]\ndef f():\n    x[:] = []", ["x"]),
    "number": ("n = 0\ndef f():\n    global n\n    n += 1", ["n"]),
    "number bound anew": ("n = 0\ndef f():\n    global n\n    n = n + 1", ["n"]),
    "float": ("n = 0.5\ndef f():\n    global n\n    n = n * 2", ["n"]),
    "text": ("t = 'a'\ndef f():\n    global t\n    t += 'b'", ["t"]),
    "nothing at first": ("t = None\ndef f():\n    global t\n    t = (t or 0) + 1", ["t"]),
    "tuple": ("t = ()\ndef f():\n    global t\n    t = (*t, 1)", ["t"]),
    "list bound anew": ("x = []\ndef f():\n    global x\n    x = x + [1]", ["x"]),
    "not there at first": (
        "def f():\n    global n\n    try:\n        n += 1\n    except NameError:\n        n = 1", ["n"]
    ),
    "unpacked": ("a, b = 0, 1\ndef f():\n    global a, b\n    a, b = b, a + b", ["a", "b"]),
    "loop target": ("n = 0\ndef f():\n    global n\n    for n in range(n, n + 3):\n        pass", ["n"]),
    "walrus": ("n = 0\ndef f():\n    global n\n    return (n := n + 1)", ["n"]),
    "deleted": (
        "n = 5\ndef f():\n    global n\n    try:\n        del n\n    except NameError:\n        n = 7", ["n"]
    ),
    "two at once": ("a = []\nn = 0\ndef f():\n    global n\n    n += 1\n    a.append(n)", ["a", "n"]),
    "helper": ("x = []\ndef add(i):\n    x.append(i)\ndef f():\n    add(1)", ["x"]),
    "given to a helper": ("x = []\ndef add(to, i):\n    to.append(i)\ndef f():\n    add(x, 1)", ["x"]),
    "alias": ("x = []\ndef f():\n    y = x\n    y.append(1)", ["x"]),
    "alias of an alias": ("x = {'a': []}\ndef f():\n    y = x\n    z = y['a']\n    z.append(1)", ["x"]),
    "element": ("x = {'a': []}\ndef f():\n    x['a'].append(1)", ["x"]),
    "setdefault": ("x = {}\ndef f():\n    x.setdefault('a', []).append(1)", ["x"]),
    "looped": ("x = [{'n': 0}, {'n': 1}]\ndef f():\n    for one in x:\n        one['n'] += 1", ["x"]),
    "looped over items": ("x = {'a': [0]}\ndef f():\n    for k, v in x.items():\n        v[0] += 1", ["x"]),
    "next of some": ("x = [{'n': 0}]\ndef f():\n    one = next(o for o in x if o)\n    x[0]['n'] += 1", ["x"]),
    "library": ("import random\nx = [1, 2, 3]\ndef f():\n    random.seed(3)\n    random.shuffle(x)", ["x"]),
    "heap": ("import heapq\nx = []\ndef f():\n    heapq.heappush(x, -len(x))", ["x"]),
    "deque": ("from collections import deque\nx = deque(maxlen=2)\ndef f():\n    x.appendleft(len(x))", ["x"]),
    "defaultdict": ("from collections import defaultdict\nx = defaultdict(int)\ndef f():\n    x['a'] += 1", ["x"]),
    "counter": ("from collections import Counter\nx = Counter()\ndef f():\n    x.update('tea')", ["x"]),
    "object": (
        "class G:\n    def __init__(self):\n        self.n = 0\n    def move(self):\n        self.n += 1\n"
        "g = G()\ndef f():\n    g.move()", ["g"]
    ),
    "object's attribute": ("class G:\n    n = 0\ng = G()\ndef f():\n    g.n += 1", ["g"]),
    "object's list": (
        "class G:\n    def __init__(self):\n        self.log = []\ng = G()\ndef f():\n    g.log.append(1)", ["g"]
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass G:\n    n: int = 0\ng = G()\n"
        "def f():\n    g.n += 1", ["g"]
    ),
    "a method that calls one": (
        "class G:\n    n = 0\n    def step(self):\n        self.up()\n    def up(self):\n        self.n += 1\n"
        "g = G()\ndef f():\n    g.step()", ["g"]
    ),
    "in a method": (
        "x = []\nclass A:\n    def note(self):\n        x.append(1)\na = A()\ndef f():\n    a.note()", ["x"]
    ),
    "in a closure": ("x = []\ndef f():\n    def inner():\n        x.append(1)\n    inner()", ["x"]),
    "in a lambda": ("x = []\nf = lambda: x.append(1)", ["x"]),
    "in a comprehension": ("x = []\ndef f():\n    [x.append(i) for i in range(2)]", ["x"]),
    "decorated": (
        "import functools\nx = []\ndef deco(fn):\n    @functools.wraps(fn)\n    def inner():\n        return fn()\n"
        "    return inner\n@deco\ndef f():\n    x.append(1)", ["x"]
    ),
    "cached elsewhere": ("x = []\ndef g():\n    x.append(1)\nTABLE = {'g': g}\ndef f():\n    TABLE['g']()", ["x"]),
    "frame": (
        "import pandas as pd\nd = pd.DataFrame({'a': [1]})\ndef f():\n    d.loc[len(d)] = [len(d)]", ["d"]
    ),
    "frame bound anew": (
        "import pandas as pd\nd = pd.DataFrame({'a': [1]})\ndef f():\n    global d\n"
        "    d = pd.concat([d, pd.DataFrame({'a': [2]})], ignore_index=True)", ["d"]
    ),
    "annotated": ("x: list[int] = []\nn: int = 0\ndef f():\n    global n\n    n += 1\n    x.append(n)", ["n", "x"]),
    "two names of one list": ("x = y = []\ndef f():\n    x.append(1)\n    y.append(2)", ["x"]),
    "under a lock": (
        "import threading\nlock, n = threading.Lock(), 0\ndef f():\n    global n\n    with lock:\n        n += 1", ["n"]
    ),
    "by globals()": ("n = 0\ndef g():\n    global n\n    n = 0\ndef f():\n    globals()['n'] += 1", ["n"]),
    "global in a function in a function": (
        "n = 0\ndef f():\n    def g():\n        global n\n        n = n + 1\n    g()", ["n"]
    ),
    "beside a nonlocal": (
        "n = 0\ndef f():\n    n = 5\n    def g():\n        nonlocal n\n        n += 1\n    def h():\n"
        "        global n\n        n += 2\n    g(), h()", ["n"]
    ),
    "property": (
        "class G:\n    _n = 0\n    @property\n    def n(self):\n        return self._n\n    @n.setter\n"
        "    def n(self, to):\n        self._n = to\ng = G()\ndef f():\n    g.n += 1", ["g"]
    ),
    "setattr": ("class G:\n    n = 0\ng = G()\ndef f():\n    setattr(g, 'n', g.n + 1)", ["g"]),
    "object in a dict": (
        "class P:\n    def __init__(self):\n        self.n = 0\n    def up(self):\n        self.n += 1\n"
        "x = {}\ndef f():\n    x.setdefault('a', P()).up()\n    for one in x.values():\n        one.n += 1", ["x"]
    ),
    "comprehension bound anew": (
        "x = {'a': 0}\ndef f():\n    global x\n    x = {**{k: v + 1 for k, v in x.items()}, len(x): 0}", ["x"]
    ),
    "found by a helper": (
        "x = [{'id': 1, 'n': 0}]\ndef find(i):\n    return next(o for o in x if o['id'] == i)\n"
        "def f():\n    find(1)['n'] += 1", ["x"]
    ),
    "given by a helper": ("x = []\ndef get():\n    return x\ndef f():\n    get().append(1)", ["x"]),
    "yielded by a helper": (
        "x = [[0]]\ndef every():\n    yield from x\ndef f():\n    for one in every():\n        one[0] += 1", ["x"]
    ),
    "kept by an object": (
        "x = []\nclass V:\n    def __init__(self, rows):\n        self.rows = rows\ndef f():\n    v = V(x)\n"
        "    v.rows.append(1)", ["x"]
    ),
    "in a tuple of arguments": ("x = []\ndef add(*to):\n    to[0].append(1)\ndef f():\n    add(x)", ["x"]),
    "sorted in place": ("x = [3, 1]\ndef f():\n    x.sort()\n    x.append(0)", ["x"]),
    "popped": ("x = [1, 2, 3, 4]\ndef f():\n    return x.pop()", ["x"]),
    "enum": (
        "import enum\nclass E(enum.Enum):\n    A = 1\n    B = 2\ne = E.A\ndef f():\n    global e\n"
        "    e = E.B if e is E.A else E.A", ["e"]
    ),
    "found by a helper of a helper": (
        "x = [{'id': 1, 'n': 0}]\ndef every():\n    return [o for o in x if o['id']]\ndef find(i):\n"
        "    found = every()\n    return found[0]\ndef f():\n    one = find(1)\n    one['n'] += 1", ["x"]
    ),
    "given by a lambda": ("x = []\nget = lambda: x\ndef f():\n    get().append(1)", ["x"]),
    "conditional": ("x = []\ny = []\ndef f():\n    (x if len(x) <= len(y) else y).append(1)", ["x", "y"]),
    "array": ("import numpy as np\na = np.zeros(3)\ndef f():\n    a[1] += 2", ["a"]),
}  # fmt: skip


def shown(value: Any) -> object:
    """Return what tells two values apart."""
    if isinstance(value, enum.Enum):
        return str(value)
    if isinstance(value, dict):
        return type(value).__name__, [(key, shown(item)) for key, item in value.items()]
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if type(value).__module__ == "numpy":
        return value.tolist()
    return (
        (type(value).__name__, shown(vars(value)))
        if hasattr(value, "__dict__")
        else (type(value).__name__, repr(value))
    )


@pytest.mark.parametrize("case", CASES)
def test_what_functions_change_is_shared(case: str, app: App) -> None:
    """However a function changes module-level data, the next call, wherever it is, finds what a single process has."""
    source, names = CASES[case]
    alone: dict[str, Any] = {"__name__": "__main__"}
    exec(source, alone)  # what Python itself makes of it
    module = app.load(source)
    assert sorted(app.shared) == names
    for _ in range(3):
        alone["f"]()
        app.call(module.f)
        app.warm_store.cache.clear()
        for name in names:
            if name in alone:
                assert shown(app.stored(name)) == shown(alone[name])


LEFT = {
    "constant": "X = ['a', 'b']\ndef f():\n    return X[0] + ', '.join(X) + str(len(X))",
    "constant of dicts": "X = [{'a': 1}]\ndef f():\n    return [one['a'] for one in X]",
    "given to a library": "import json\nX = {'a': [1]}\ndef f():\n    return json.dumps(X)",
    "module": "import json\ndef f():\n    json.x = 1",
    "lock": "import threading\nlock = threading.Lock()\ndef f():\n    with lock:\n        pass",
    "local of the same name": "x = []\ndef f():\n    x = [1]\n    x.append(2)",
    "argument of the same name": "x = []\ndef f(x=None):\n    (x or []).append(2)",
    "model": "class M:\n    def predict(self):\n        return 1\nm = M()\ndef f():\n    return m.predict()",
    "changed by no function": "x = []\nx.append(1)\ndef f():\n    return x",
}


@pytest.mark.parametrize("case", LEFT)
def test_what_functions_only_read_is_left_alone(case: str, app: App) -> None:
    """Constants, models, locks and modules stay each environment's own, and cost nothing."""
    module = app.load(LEFT[case])
    assert not app.shared
    app.call(module.f)


def test_what_cannot_be_shared_is_left_alone_and_said(app: App, caplog: pytest.LogCaptureFixture) -> None:
    """A connection that a function opens stays in its environment, at the start as well as later."""
    caplog.set_level("DEBUG", "adapter.globals")
    module = app.load("""
        import threading
        lock = threading.Lock()
        model = None
        cache = {}
        def f(name):
            global model, lock
            lock = lock
            if model is None:
                model = threading.Lock()
            if name not in cache:
                cache[name] = threading.Lock()
            return model, cache[name]
    """)
    assert sorted(app.shared) == ["cache", "model"]
    first = app.call(module.f, "a")
    assert app.call(module.f, "a") == first
    for name in ("lock", "model", "cache"):
        assert f"leaves {name} alone" in caplog.text


def test_other_modules_and_their_names(app: App) -> None:
    """Data of another module of the app's is shared under the module's name, by whatever way it is reached."""
    module = app.load(
        """
        import store
        from store import rooms
        import store as s
        def f():
            import store as inner
            rooms.append(1)
            store.rooms.append(2)
            s.count += 1
            inner.count += 1
            store.up()
            return list(rooms), store.count, list(store.rooms)
        """,
        store="rooms = []\ncount = 0\ndef up():\n    global count\n    count = count + 1\n",
    )
    assert app.call(module.f) == ([1, 2], 3, [1, 2])
    assert app.call(module.f) == ([1, 2, 1, 2], 6, [1, 2, 1, 2])
    assert app.stored("store.count") == 6


def test_in_a_call_names_are_the_values_themselves(app: App) -> None:
    """A function has lists, dicts, numbers and texts, nothing that stands for them."""
    module = app.load("""
        import json
        votes, log, n, t = {}, [], 1, "a"
        def change():
            global n, t
            votes["tea"], n, t = 1, n + 1, t + "b"
            log.append(t)
        def look():
            match votes:
                case {"tea": found}:
                    pass
            return [type(one) for one in (votes, log, n, t)], json.dumps([votes, log, n, t]), ",".join([t]), found
    """)
    app.call(module.change)
    kinds, text, joined, found = app.call(module.look)
    assert kinds == [dict, list, int, str]
    assert json.loads(text) == [{"tea": 1}, ["ab"], 2, "ab"]
    assert (joined, found) == ("ab", 1)


def test_outside_a_call_the_store_is_changed_at_once(app: App) -> None:
    """A thread of the app's, or a script, reads and changes what all environments have."""
    module = app.load("log, n = [], 0\ndef add():\n    global n\n    n += 1\n    log.append(n)\n")
    thread = threading.Thread(target=module.add)
    thread.start()
    thread.join()
    module.add()
    assert (app.stored("log"), app.stored("n")) == ([1, 2], 2)
    assert (module.log, module.n) == ([1, 2], 2)


def test_a_call_that_fails_changes_nothing(app: App) -> None:
    """What it bound anew and what it changed in place are as before."""
    module = app.load("log, n = [], 0\ndef add():\n    global n\n    n = n + 1\n    log.append(n)\n    1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        app.call(module.add)
    assert (app.stored("log"), app.stored("n")) == ([], 0)


def test_calls_at_the_same_time_do_not_see_each_others_copies(app: App) -> None:
    """Two calls of one environment that wait for each other have their own values, and neither change is lost."""
    module = app.load("""
        import asyncio
        log, n, inside, most = [], 0, None, None
        async def add(name, meeting):
            global n
            n = n + 1
            log.append(name)
            seen = (n, list(log))
            await meeting()
            assert (n, log) == seen, "somebody else's change"
            n = n + 10
            return seen
    """)

    async def both() -> list[Any]:
        barrier = asyncio.Barrier(2)
        met = set()

        def meeting(name: str) -> Any:
            async def meet() -> None:
                if name not in met:
                    met.add(name)
                    await barrier.wait()

            return meet

        return await asyncio.gather(*(app.acall(module.add, one, meeting(one)) for one in ("a", "b")))

    results = asyncio.run(both())
    assert app.stored("n") == 22
    assert sorted(app.stored("log")) == ["a", "b"]
    assert sorted(one[0] for one in results) == [1, 12]


def test_threads_of_one_environment_lose_nothing(app: App) -> None:
    """Eight threads that call at the same time add up."""
    module = app.load("log, n = [], 0\ndef add(i):\n    global n\n    n = n + 1\n    log.append(i)\n")
    threads = [
        threading.Thread(target=lambda i=i: [app.call(module.add, i * 10 + j) for j in range(10)]) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert app.stored("n") == 80
    assert sorted(app.stored("log")) == list(range(80))


def test_names_may_be_told(app: App) -> None:
    """A list of names shares these and no others; what is not there, or cannot be stored, is refused."""
    source = "import threading\na, b, lock = [], [], threading.Lock()\ndef f():\n    a.append(1)\n    b.append(1)\n"
    module = app.load(source, wanted=["a"])
    app.call(module.f)
    assert list(app.shared) == ["a"]
    assert (app.stored("a"), module.b) == ([1], [1])
    with pytest.raises(ConfigurationError, match="'c'; the app's modules have no such name"):
        app.load(source, wanted=["c"])
    with pytest.raises(ConfigurationError, match="'lock', which cannot be shared"):
        app.load(source, wanted=["lock"])


def test_tracebacks_and_signatures_stay_the_functions(app: App) -> None:
    """A function's lines, name and parameters are what they were."""
    import inspect
    import traceback

    module = app.load("x = []\ndef f(a, b=2, *, c: int = 3):\n    x.append(a)\n    raise ValueError('here')\n")
    assert str(inspect.signature(module.f)) == "(a, b=2, *, c: int = 3)"
    with pytest.raises(ValueError, match="here") as raised:
        app.call(module.f, 1)
    frame = traceback.extract_tb(raised.value.__traceback__)[-1]
    assert (frame.name, frame.line) == ("f", "raise ValueError('here')")
