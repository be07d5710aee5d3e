"""The command line: ``adapter dev``, ``build``, ``new``, ``site`` and ``state``."""
