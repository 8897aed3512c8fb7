"""Write a pydantic model as a JSON Schema that every server understands."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import BaseModel

# What all of them know. `pattern`, `format`, lengths and bounds make some servers answer 400, and
# others drop the whole schema without a word; pydantic checks them afterwards anyway.
_KNOWN = ("type", "enum", "description")


@functools.cache
def flat(model: type[BaseModel]) -> dict[str, Any]:
    """Return the model's schema without references, every property required, nothing else allowed.

    The order of properties is the model's: what is written first can guide what comes after.
    The value is shared, so nobody may change it.
    """
    schema = model.model_json_schema()
    return _flat(schema, schema.get("$defs", {}), ())


def _flat(node: Mapping[str, Any], known: Mapping[str, Any], inside: tuple[str, ...]) -> Any:
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        if name in inside:
            raise ValueError(f"{name} holds itself, which a flat schema cannot say")
        merged = {**known[name], **{key: node[key] for key in node if key != "$ref"}}
        return _flat(merged, known, (*inside, name))
    out: dict[str, Any] = {key: node[key] for key in _KNOWN if key in node}
    if "const" in node:
        out["enum"] = [node["const"]]
    options = cast("list[Mapping[str, Any]]", node.get("anyOf") or node.get("oneOf") or [])
    if options:
        out["anyOf"] = [_flat(option, known, inside) for option in options]
    if "items" in node:
        out["items"] = _flat(node["items"], known, inside)
    if node.get("type") == "object":
        properties = cast("Mapping[str, Mapping[str, Any]]", node.get("properties", {}))
        out["properties"] = {name: _flat(properties[name], known, inside) for name in properties}
        out["required"] = list(properties)
        out["additionalProperties"] = False
    return out
