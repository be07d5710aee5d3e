"""What is left out of a package is nothing that runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import botocore
import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from adapter.commands.build.trimming import SERVICES, trim
from adapter.state.codec import origin


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """A folder as pip fills it: botocore's descriptions of what is kept, and a library with its list of files."""
    data = Path(str(botocore.__file__)).parent / "data"
    for service in SERVICES:
        shutil.copytree(data / service, tmp_path / "botocore" / "data" / service)
    for file in data.glob("*.json*"):
        shutil.copy(file, tmp_path / "botocore" / "data")
    about = tmp_path / "shapes-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: shapes\n\nlong text")
    (about / "RECORD").write_text(
        "shapes/__init__.py,,\nshapes.libs/a.so,,\nround.py,,\n_round.cpython-313.so,,\n"
        "../../bin/shape,,\nshapes-1.0.dist-info/RECORD,,\n"
    )
    for name in ("shapes/__init__.py", "round.py", "own.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize("service", SERVICES)
def test_botocore_reads_all_that_it_asks_for(libraries: Path, service: str) -> None:
    """Each kept service's trimmed description answers whatever a client asks of it."""
    trim(libraries, whole_sdk=False)
    loader = Loader(extra_search_paths=[str(libraries / "botocore" / "data")], include_default_search_paths=False)
    model = ServiceModel(loader.load_service_model(service, "service-2"), service)

    assert model.client_context_parameters is not None
    assert loader.load_service_model(service, "endpoint-rule-set-1")
    for name in model.operation_names:
        operation = model.operation_model(name)
        assert operation.name == name
        assert operation.static_context_parameters is not None
        assert operation.context_parameters is not None


def test_a_client_of_the_trimmed_descriptions_prepares_a_request(libraries: Path) -> None:
    """S3's client finds its endpoint, which is what its first call does."""
    trim(libraries, whole_sdk=False)
    said = (
        "import sys, botocore.session; from botocore.loaders import Loader\n"
        "session = botocore.session.Session()\n"
        "loader = Loader(extra_search_paths=[sys.argv[1]], include_default_search_paths=False)\n"
        "session.register_component('data_loader', loader)\n"
        "client = session.create_client('s3', region_name='eu-central-1', aws_access_key_id='a',\n"
        "                               aws_secret_access_key='b')\n"
        "print(client.generate_presigned_url('get_object', Params={'Bucket': 'bucket', 'Key': 'k'}).split('?')[0])\n"
    )
    command = [sys.executable, "-c", said, str(libraries / "botocore" / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "https://bucket.s3.eu-central-1.amazonaws.com/k"


def test_a_packages_libraries_are_not_the_apps_own(libraries: Path) -> None:
    """Without the list of a library's files it is still known whose a module is: no other's is the app's own."""
    trim(libraries, whole_sdk=True)
    assert not (libraries / "shapes-1.0.dist-info" / "RECORD").exists()
    assert origin._vendored(libraries) == {"shapes", "round", "_round"}
