"""Print templates as CloudFormation has them after SAM's transform, by their paths, as JSON.

Runs in .venv-sam, which has SAM's own translator: translate.py '{"TEMPLATE": {"PARAMETER": "VALUE"}}' [ADDITION].
An addition is YAML that is laid over each template.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

SAM = "AWS::Serverless-2016-10-31"
CODE = re.compile(r"^functions/(\w+)/$")


class NoPolicies:
    """Stands for IAM's list of managed policies: the templates name none."""

    def load(self) -> dict[str, str]:
        """Return them by their names."""
        return {}


def laid_over(base: Any, addition: Any) -> Any:
    """Return ``base`` with what ``addition`` has in the places that it names."""
    if not (isinstance(base, dict) and isinstance(addition, dict)):
        return addition
    return {**base, **{name: laid_over(base.get(name), value) for name, value in addition.items()}}


def translated(path: str, parameters: dict[str, str], addition: str) -> Any:
    """Return one template; code that would be uploaded lies at ``s3://code/NAME.zip``."""
    template = laid_over(yaml_parse(Path(path).read_text(encoding="utf-8")), yaml_parse(addition) or {})
    if template.get("Transform") != SAM:
        return template
    for resource in template["Resources"].values():
        code = resource.get("Properties", {}).get("CodeUri")
        if isinstance(code, str):
            resource["Properties"]["CodeUri"] = CODE.sub(r"s3://code/\1.zip", code)
    return transform(template, parameters, NoPolicies())


if __name__ == "__main__":
    wanted = json.loads(sys.argv[1])
    added = sys.argv[2] if len(sys.argv) > 2 else ""
    json.dump({path: translated(path, parameters, added) for path, parameters in wanted.items()}, sys.stdout)
