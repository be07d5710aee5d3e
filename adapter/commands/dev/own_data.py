"""What the dev server says of data that each environment has of its own, once for each name."""

from __future__ import annotations

from collections.abc import Iterable


class OwnData:
    """The names that were told; a restart of an environment does not tell them again.

    Args:
        shares: whether module-level data is shared, so that what is not was left alone.
    """

    def __init__(self, *, shares: bool) -> None:
        self._shares = shares
        self._told: set[str] = set()

    def warning(self, names: Iterable[str]) -> str | None:
        """Return what to say when a call has changed the data of these names; ``None`` if it was said.

        Args:
            names: of module-level data.
        """
        new = [name for name in names if name not in self._told]
        self._told.update(new)
        if not new:
            return None
        listed = ", ".join(new)
        told = f"A call has changed {listed}, of which each environment has its own: the others do not see the change."
        if self._shares:
            return (
                f"{told} share_globals left {listed} alone; ADAPTER_SHARE_GLOBALS={','.join(new)} names what is shared."
            )
        first = new[0].rpartition(".")[2]
        return (
            f"{told} To share what functions change: adapter dev --share-globals, and ADAPTER_SHARE_GLOBALS=1 or "
            f"gr.handler(demo, share_globals=True) on Lambda; or make it gr.GlobalState(…, name={first!r})."
        )
