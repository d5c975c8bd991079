"""The lock files: what is installed is exactly what was looked at, from wherever it is fetched."""

import re

import pytest

from throughgate.wiring.places import REQUIREMENTS

LOCKS = ["bootstrap", "runtime", "embedded", "dev"]


def pins(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    return dict(re.findall(r"^([a-z0-9_.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_address(name: str) -> None:
    assert "://" not in (REQUIREMENTS / f"{name}.lock").read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_has_a_hash(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    blocks = re.split(r"^(?=[a-z0-9_.-]+==)", text, flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["runtime", "embedded"])
def test_going_from_demo_to_tests_changes_no_package(name: str) -> None:
    wanted, dev = pins(name), pins("dev")
    assert wanted == {package: dev.get(package) for package in wanted}
