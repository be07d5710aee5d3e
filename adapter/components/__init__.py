"""What stands on a page; as in Gradio, every component can be imported from here by its name."""

from typing import TYPE_CHECKING

if not TYPE_CHECKING:  # type checkers are to know what is missing
    from adapter.compat.modules import names_of

    __getattr__ = names_of("components")
