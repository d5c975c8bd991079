"""What stands beside the members of a class in its source, where its author said what each is."""

import ast
import inspect
import io
import tokenize
from functools import cache


@cache
def remarks(about: type) -> dict[str, str]:
    """The comment behind each member of a class, by the member's name; "" for one without."""
    source = inspect.getsource(about)
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    (definition,) = ast.parse(source).body
    members = definition.body if isinstance(definition, ast.ClassDef) else []
    return {
        member.targets[0].id: _behind(member, comments)
        for member in members
        if isinstance(member, ast.Assign) and isinstance(member.targets[0], ast.Name)
    }


def docstring(about: type) -> str:
    return inspect.cleandoc(about.__doc__ or "")


def _behind(member: ast.Assign, comments: dict[int, str]) -> str:
    lines = range(member.lineno, (member.end_lineno or member.lineno) + 1)
    return " ".join(comments[line] for line in lines if line in comments)
