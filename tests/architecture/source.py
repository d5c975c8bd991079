"""The program's source as the walls read it: every module with its syntax tree."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    name: str  # throughgate.record.actions
    path: Path
    tree: ast.Module

    @property
    def context(self) -> str:
        """The package of the second level: record, pages, wiring."""
        return ".".join(self.name.split(".")[1:2])

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Each call with the name it goes by: `replace`, `access.issue_permit`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node

    def imports(self) -> Iterator[str]:
        """Everything imported, in full: `throughgate.record.rules.Draft`, `django.db`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def at(self, node: ast.expr | ast.stmt) -> str:
        """Where something stands, for the list of what is wrong."""
        return f"{self.name} line {node.lineno}"


def modules(root: Path = ROOT) -> list[Module]:
    """Every module of the program under that folder, migrations left out."""
    paths = sorted(path for path in (root / "throughgate").rglob("*.py") if "migrations" not in path.parts)
    return [_module(path, root) for path in paths]


@cache
def _module(path: Path, root: Path) -> Module:
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(path.read_text(encoding="utf-8")))


def planted(folder: Path, sources: Mapping[str, str]) -> list[Module]:
    """Modules made for a test: source by path below `throughgate`."""
    for place, source in sources.items():
        path = folder / "throughgate" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return modules(folder)
