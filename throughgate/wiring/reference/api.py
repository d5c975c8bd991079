"""The API, from the description that the server itself gives of it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from throughgate.api.views import DESCRIPTION
from throughgate.wiring.reference.markdown import code, codes, paragraphs, table


def page() -> str:
    told = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    operations = (
        _operation(address, method, operation)
        for address, methods in told["paths"].items()
        for method, operation in methods.items()
    )
    return paragraphs(
        "# API",
        f"{told['info']['description']} The same, as OpenAPI, is at `/api/openapi.json`."
        " How to begin: [fetch records with a program](../how-to/fetch-records-with-a-program.md).",
        *operations,
        "## What comes back",
        *(_schema(name, schema) for name, schema in told["components"]["schemas"].items()),
    )


def _operation(address: str, method: str, told: Mapping[str, Any]) -> str:
    asks = table(("what is sent", "", ""), _sent(told))
    answers = table(
        ("answer", "", "what"),
        ((code(status), _shape(each), each["description"]) for status, each in told["responses"].items()),
    )
    return paragraphs(
        f"## {told['summary']}: `{method.upper()} {address}`",
        told.get("description", ""),
        asks if any(_sent(told)) else "",
        answers,
    )


def _sent(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for each in told.get("parameters", ()):
        yield code(each["name"]), "" if each["required"] else "may be left out", each["description"]
    for content in told.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        for name, part in schema["properties"].items():
            left_out = "" if name in schema["required"] else "may be left out"
            yield code(name), left_out, _said(part)


def _shape(answer: Mapping[str, Any]) -> str:
    for content in answer["content"].values():
        return code(content["schema"].get("$ref", "").rpartition("/")[2])
    return ""


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    rows = ((code(key), _type(part), _said(part)) for key, part in schema["properties"].items())
    return paragraphs(f"### {name}", schema.get("description", ""), table(("key", "", "holds"), rows))


def _said(part: Mapping[str, Any]) -> str:
    values = codes(str(each or '""') for each in part.get("enum", ()))
    return "; ".join(said for said in (str(part.get("description", "")), values) if said)


def _type(part: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return code(part["$ref"].rpartition("/")[2])
    kinds: list[str] = part["type"] if isinstance(part["type"], list) else [part["type"]]
    words = {"string": "text", "array": "list", "boolean": "true or false", "integer": "number"}
    named = " or ".join(str(words.get(kind, kind)) for kind in kinds)
    return f"{named} of {_type(part['items'])}" if "items" in part else named
