"""The page's files as browsers get them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from posixpath import normpath

from adapter.components.page_assets import own_modules
from adapter.web.page.files import FRONTEND, page_files, sources

FILES = page_files()
REFERENCE = re.compile(r"""(?: from |import\()["`](\.[^"`]+)["`]""")
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)


def test_one_file_holds_what_every_page_needs() -> None:
    """It imports nothing, and what it is made of is in it after what it needs."""
    script = FILES.contents["main.js"].decode()

    assert {"strings.js", "dom.js", "nodes.js", "build.js", "api.js", "layout.js", "listeners.js", "main.js"} <= {
        *FILES.core
    }
    assert re.findall(r"^import .*", script, re.MULTILINE) == []
    for module in FILES.core:
        declared = DECLARED.findall(sources()[module])
        assert declared
        for name in declared:
            assert re.search(rf"^(?:export )?(?:async )?(?:const|let|class|function) {name}\b", script, re.MULTILINE)
        for needed in FILES.imports[module]:
            assert FILES.core.index(needed) < FILES.core.index(module)


def test_no_name_is_declared_twice_in_the_one_file() -> None:
    """What the modules declare at their top stands side by side in it."""
    names = Counter(name for module in FILES.core for name in DECLARED.findall(sources()[module]))
    assert [name for name, times in names.items() if times > 1] == []


def joined() -> dict[str, list[str]]:
    """Return the modules that stand in one file besides ``main.js``, by the file's name."""
    found: dict[str, list[str]] = {}
    for name in sources():
        root = f"{PurePosixPath(name).parent}.js"
        if name.endswith(".js") and root in FILES.contents:
            found.setdefault(root, [root]).append(name)
    return found


def test_what_a_component_is_made_of_stands_in_its_file() -> None:
    """The modules of a folder are one file, which imports what they need from elsewhere once."""
    assert "components/markdown.js" in joined()
    for root, parts in joined().items():
        script = FILES.contents[root].decode()
        names = Counter(name for part in parts for name in DECLARED.findall(sources()[part]))
        assert [name for name, times in names.items() if times > 1] == []
        for name in names:
            assert re.search(rf"^(?:export )?(?:async )?(?:const|let|class|function) {name}\b", script, re.MULTILINE)
        targets = re.findall(r'^import .* from "([^"]+)";$', script, re.MULTILINE)
        assert len(targets) == len(set(targets))
        for part in parts:
            assert (
                part == root or "import(" not in sources()[part]
            )  # an address would mean another place in the one file


def test_the_parts_of_a_file_keep_their_addresses() -> None:
    """A module that imports one of them gets the very objects that the page uses, not a second copy."""
    for module in FILES.core[:-1]:
        up = "../" * module.count("/") or "./"
        assert FILES.contents[module].decode() == f'export * from "{up}main.js";\n'
    for root, parts in joined().items():
        led = {FILES.contents[part].decode() for part in parts if part != root}
        assert led == {f'export * from "../{PurePosixPath(root).name}";\n'}


def test_the_other_modules_import_from_the_one_file() -> None:
    """Every reference leads to a file, and none to an address that only leads on."""
    parts = {*FILES.core[:-1], *(part for root, held in joined().items() for part in held if part != root)}
    for name, content in FILES.contents.items():
        if not name.endswith(".js") or name in parts:
            continue
        references = re.findall(r' from "([^"]+)";$', content.decode(), re.MULTILINE)
        targets = {(FRONTEND / name).parent.joinpath(one).resolve() for one in references}
        assert {target.relative_to(FRONTEND).as_posix() for target in targets} <= {*FILES.contents} - parts, name


def test_comments_and_indentation_are_left_out_and_nothing_else() -> None:
    """What stands in the lines is the same, in the same order."""
    for name in ("components/gallery.js", "components/chart.js", "style.css"):
        written = [line.strip() for line in sources()[name].splitlines()]
        kept = FILES.contents[name].decode().splitlines()
        assert len(kept) < len(written)
        without = [line for line in written if not line.startswith(("//", "/*", "* ", "*/", "import ")) and line]
        without = [re.sub(r"(?<=[;,{}()\[\]])\s+// .*$", "", line) for line in without]
        lines = [line for line in kept if not line.startswith("import ")]
        if name.endswith(".css"):
            lines, without = (["".join(line.split(" ")) for line in one] for one in (lines, without))
        assert lines == without


def test_no_text_of_a_module_looks_like_a_remark() -> None:
    """What follows `` // `` after a mark is left out: so no text may have it."""
    for name, content in sources().items():
        if name.endswith(".js") and not name.startswith(own_modules.FOLDER):
            for line in content.splitlines():
                before, found, _ = line.strip().partition(" // ")
                plain = re.sub(r"""\\\\|\\["'`]|/[^/]*["'`][^/]*/|"[^"]*"|'[^']*'|`[^`]*`""", "", before)
                assert not found or not re.search("""["'`]""", plain), f"{name}: {line}"


def test_no_text_of_a_module_goes_over_several_lines() -> None:
    """Indentation can be left out because of that."""
    for name, content in sources().items():
        if name.endswith(".js") and not name.startswith(own_modules.FOLDER):
            for line in content.splitlines():
                plain = re.sub(r"""\\\\|\\`|"`+"|/.*`.*/""", "", line)  # escaped, quoted, or in a pattern
                assert plain.count("`") % 2 == 0, f"{name}: {line}"


def test_a_version_names_the_content_of_the_files() -> None:
    """It can stand in a path, and is the same while nothing changes."""
    version = page_files().version
    assert re.fullmatch("v-[0-9a-f]{12}", version)
    assert page_files().version == version


def test_the_classes_of_the_page_have_a_beginning_of_their_own() -> None:
    """An app's own class means its own elements, so no style sheet of the page knows one without it."""
    for name, content in sources().items():
        if name.endswith(".css"):
            selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}|\"[^\"]*\"|@[^{]*", "", content, flags=re.DOTALL)
            assert [one for one in re.findall(r"\.([A-Za-z][\w-]*)", selectors) if not one.startswith("sf-")] == [], (
                name
            )


def test_no_module_needs_itself() -> None:
    """Neither at once nor later: what a module imports does not import it, directly or not."""
    needed = {
        name: {normpath(f"{PurePosixPath(name).parent}/{one}") for one in REFERENCE.findall(content)}
        for name, content in sources().items()
        if name.endswith(".js")
    }
    for name in needed:
        reached = set(needed[name])
        while more := {far for one in reached for far in needed.get(one, ())} - reached:
            reached |= more
        assert name not in reached, name


def test_no_module_is_long() -> None:
    """None has more than 300 lines."""
    assert [name for name, content in sources().items() if name.endswith(".js") and content.count("\n") > 300] == []
