"""As much of JSON Schema (2020-12) as `accounts/takeaway/schema.json` uses, strictly: unknown words fail."""

import datetime as dt
from typing import Any

KNOWN = {
    "$schema",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "const",
    "format",
}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
}


def wrong(value: Any, schema: dict[str, Any], at: str = "data") -> list[str]:
    """Where the value is not what the schema says."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "const" in schema:
        return [] if value == schema["const"] else [f"{at} is {value!r}"]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[each]) for each in types):
        return [f"{at} is {type(value).__name__}"]
    found: list[str] = []
    if isinstance(value, dict):
        found += [f"{at}.{key} is missing" for key in schema.get("required", ()) if key not in value]
        for key, each in value.items():
            if key in schema.get("properties", {}):
                found += wrong(each, schema["properties"][key], f"{at}.{key}")
            elif schema.get("additionalProperties", True) is False:
                found.append(f"{at}.{key} is not in the schema")
    elif isinstance(value, list):
        found += [
            line
            for number, each in enumerate(value)
            for line in wrong(each, schema["items"], f"{at}[{number}]")
        ]
    elif isinstance(value, str) and schema.get("format") == "date-time":
        found += [] if dt.datetime.fromisoformat(value).tzinfo else [f"{at} says no time zone"]
    elif isinstance(value, str) and schema.get("format") == "date":
        dt.date.fromisoformat(value)
    return found
