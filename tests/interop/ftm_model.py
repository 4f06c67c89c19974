"""Writes what spector has to know of FollowTheMoney's model: which property has which type, which schemata are edges.

    .venv-interop/bin/python tests/interop/ftm_model.py > src/spectorcli/exchange/ftm/model.json

Facts of a public schema (https://followthemoney.tech, MIT licence), taken from its library; check_ftm asks whether the
file is still what the library says. Types that stay wording here (string, text, url…) need not be in it.
"""

import json
from importlib.metadata import version
from typing import Any

from followthemoney import model

TYPES = (
    *("checksum", "country", "date", "email", "entity", "gender", "identifier", "ip", "language", "mimetype"),
    *("name", "number", "phone", "topic"),
)


def facts() -> dict[str, Any]:
    """Return the facts, in the order in which they are written; what the library has twice is in none of them."""
    types: dict[str, dict[str, set[str]]] = {}
    for schema in model.schemata.values():
        for prop in schema.properties.values():
            if not prop.stub:
                types.setdefault(prop.name, {}).setdefault(prop.type.name, set()).add(schema.name)
    plain = {name: next(iter(found)) for name, found in types.items() if len(found) == 1}
    mixed = {
        f"{schema}.{name}": type
        for name, found in types.items()
        if len(found) > 1
        for type, schemata in found.items()
        for schema in schemata
        if type in TYPES
    }
    reverse: dict[str, list[str]] = {}
    for prop in model.properties:
        if prop.reverse and not prop.stub:
            reverse.setdefault(prop.reverse.name, []).append(f"{prop.schema.name}.{prop.name}")
    return {
        "from": f"FollowTheMoney {version('followthemoney')}, https://followthemoney.tech, MIT licence: facts of its "
        "model, written by tests/interop/ftm_model.py",
        "extends": {
            schema.name: " ".join(sorted(one.name for one in schema.extends))
            for schema in sorted(model.schemata.values())
        },
        "edges": {
            schema.name: f"{schema.edge_source} {schema.edge_target}"
            for schema in sorted(model.schemata.values())
            if schema.edge
        },
        "types": {type: " ".join(sorted(name for name in plain if plain[name] == type)) for type in TYPES},
        "types of one schema": dict(sorted(mixed.items())),
        "reverse": {name: found[0] for name, found in sorted(reverse.items()) if len(found) == 1},
    }


def written() -> str:
    """Return the text of the file."""
    return json.dumps(facts(), indent=1) + "\n"


if __name__ == "__main__":
    print(written(), end="")
