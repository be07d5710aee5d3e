"""What docs/deploy.md says, held against the templates."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.infra.templates import ROOT, resources, with_addition, written

pytestmark = pytest.mark.end_to_end

PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ADDITIONS = re.findall(r"```yaml\n(Resources:\n.*?)```", PAGE, re.DOTALL)


def test_the_table_of_parameters_is_whole() -> None:
    """Each parameter of the template stands in it with its default, and no other."""
    rows = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \|\s*([^|]*?)\s*\|",
        PAGE.partition("## Parameters")[2].partition("## Pages")[0],
        re.MULTILINE,
    )
    told: dict[str, str] = {}
    for names, defaults in rows:
        for index, name in enumerate(re.findall(r"`(\w+)`", names)):
            values = [value.strip(" `") for value in defaults.split(",")]
            told[name] = values[min(index, len(values) - 1)]
    defaults = {name: str(one["Default"]) for name, one in written()["Parameters"].items()}
    assert told == defaults


def test_the_sums_are_right() -> None:
    """Requests and units, each at its price, give the sums of the table of costs."""
    request = 1.00 + 1.00 + 0.20 + round(0.5 * 0.015 * 1e6 * 0.0000133334, 2) + 1.5 * 0.50
    assert f"costs {request:.2f} a million" in PAGE
    price = {"write": 0.625, "writes": 0.625, "read": 0.125, "reads": 0.125, "PUT": 5.00, "DELETE": 0.0}
    rows = re.findall(r"^\| [^|]+ \| ([12]) \| ([^|]+) \| ([\d.]+) \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 8
    for requests, units, state, total in rows:
        counted = re.findall(r"(\d+) (writes?|reads?|PUT|DELETE)", units)
        cost = sum(int(number) * price[unit] for number, unit in counted) * (2 if "each twice" in units else 1)
        assert abs(cost - float(state)) <= 0.005 + 1e-9, units
        assert abs(cost + int(requests) * request - float(total)) <= 0.005 + 1e-9, units


def test_what_idles_is_counted() -> None:
    """The alarms and the snapshots of the stack with the parameters' defaults, for the functions that the page counts.

    Those that were begun since by ``adapter new`` are not among them.
    """
    main = written()
    found = re.search(r"with the (\w+) functions of this folder", PAGE)
    assert found is not None
    number = NUMBERS.index(found[1])
    assert number <= len(
        [one for one in resources(main, "AWS::Serverless::Function").values() if "Condition" not in one]
    )
    per_app = len(resources(written("infra/alarms.yaml"), "AWS::CloudWatch::Alarm"))
    alarms = per_app * number + len(resources(written("infra/observability.yaml"), "AWS::CloudWatch::Alarm"))
    assert f"{alarms} alarms, of which 10 are free | {(alarms - 10) * 0.10:.2f}" in PAGE

    gigabytes = main["Parameters"]["MemoryMegabytes"]["Default"] / 1024
    each = 0.0000015046 * gigabytes * 30 * 24 * 60 * 60
    assert f"{each:.2f} a function of 512 MB | {each * number:.2f}" in PAGE


@pytest.mark.parametrize("addition", ADDITIONS, ids=["login", "stream"])
def test_additions_fit_the_template(addition: str) -> None:
    """What the page says to add to the template is taken by SAM."""
    found = with_addition(addition)
    if "JwtConfiguration" in addition:
        paths = found["Resources"]["HttpApi"]["Properties"]["Body"]["paths"]
        for path in paths.values():
            assert "Login" in json.dumps(path)
    else:
        [mapping] = resources(found, "AWS::Lambda::EventSourceMapping").values()
        [pattern] = (one["Pattern"] for one in mapping["Properties"]["FilterCriteria"]["Filters"])
        assert json.loads(pattern)["dynamodb"]["Keys"]["pk"]["S"] == [{"prefix": "S#chat#"}]
        assert mapping["Properties"]["FunctionName"] == {"Ref": "ChatAliaslive"}
        parameters: dict[str, Any] = found["Resources"]["ChatRole"]["Properties"]["Parameters"]
        assert parameters["Stream"] == {"Fn::GetAtt": ["State", "Outputs.Stream"]}


def test_no_addition_is_left_untried() -> None:
    """The two are found."""
    assert len(ADDITIONS) == 2
