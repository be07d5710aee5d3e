"""Print a hash of what pyproject.toml says is to be installed."""

import hashlib
import json
import tomllib
from pathlib import Path

pyproject = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
wanted = {name: pyproject[name] for name in ("build-system", "project", "dependency-groups")}
print(hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest())
