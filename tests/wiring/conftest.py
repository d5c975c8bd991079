"""Folders of their own for tests that start and harm clusters, so that they meet nobody else's."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from throughgate.wiring import cluster, demo_database, lodgings, templates

SYSTEM = Path("/var/lib") / f"throughgate-suite-{os.getpid()}"


@pytest.fixture(scope="module")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As root in a system folder, as the launcher does, because pytest's own is closed to other users."""
    var = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lodgings, "SYSTEM", SYSTEM)
        for module in (cluster, demo_database, lodgings, templates):
            patch.setattr(module, "VAR", var)
        yield
    shutil.rmtree(SYSTEM, ignore_errors=True)
