"""The page's files as browsers get them."""

from __future__ import annotations

import re
from collections import Counter

from adapter.components import own_modules
from adapter.web.page_files import FRONTEND, page_files, sources

FILES = page_files()
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)


def test_one_file_holds_what_every_page_needs() -> None:
    """It imports nothing, and what it is made of is in it after what it needs."""
    script = FILES.contents["main.js"].decode()

    assert set(FILES.core) == {"strings.js", "tree.js", "api.js", "layout.js", "listeners.js", "main.js"}
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


def test_the_parts_of_the_one_file_keep_their_addresses() -> None:
    """A module that imports one of them gets the very objects that the page uses, not a second copy."""
    assert {FILES.contents[module] for module in FILES.core if module != "main.js"} == {b'export * from "./main.js";\n'}


def test_the_other_modules_import_from_the_one_file() -> None:
    """Every reference leads to a file, and none to an address that only leads on."""
    for name, content in FILES.contents.items():
        if not name.endswith(".js") or name in FILES.core:
            continue
        references = re.findall(r' from "([^"]+)";$', content.decode(), re.MULTILINE)
        targets = {(FRONTEND / name).parent.joinpath(one).resolve() for one in references}
        assert {target.relative_to(FRONTEND).as_posix() for target in targets} <= {*FILES.contents, "main.js"} - {
            *FILES.core[:-1]
        }, name


def test_comments_and_indentation_are_left_out_and_nothing_else() -> None:
    """What stands in the lines is the same, in the same order."""
    for name in ("components/markdown.js", "style.css"):
        written = [line.strip() for line in sources()[name].splitlines()]
        kept = FILES.contents[name].decode().splitlines()
        assert len(kept) < len(written)
        without = [line for line in written if not line.startswith(("//", "/*", "*", "import ")) and line]
        assert [line for line in kept if not line.startswith(("*", "import "))] == without


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
