"""``adapter site``: writes the pages of apps as files that any web server can serve."""

from adapter.commands.site.options import add_site

__all__ = ["add_site"]
