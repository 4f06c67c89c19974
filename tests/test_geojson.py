"""The map has the shape of RFC 7946, a feature for each country and operation, and no point that is made up."""

import json
from pathlib import Path
from typing import Any

import pytest
from cases import write_case
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from terminal import AWKWARD, ask, build

from spectorcli.bundled import SEED

POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
            "minItems": 2,
            "maxItems": 2,
        },
    },
}
FEATURE = {
    "type": "object",
    "required": ["type", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "geometry": {"oneOf": [POINT, {"type": "null"}]},
        "properties": {"type": "object"},
    },
}
SHAPE = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": FEATURE}},
}
"""Of RFC 7946, sections 3.1.1 to 3.3, what we write."""

CLAIMS = """\
arrests-teapot,count,99,,,alpha
arrests-teapot-us,count,~50,,,alpha
arrests-teapot-us,count,70,,,delta"""


def export(folder: Path, tmp_path: Path) -> tuple[list[dict[str, Any]], str]:
    file = tmp_path / "case.geojson"
    done = ask("export", "geojson", "-o", file, "--db", build(folder, tmp_path / "case.db"))
    assert done.code == 0, done.err
    collection = json.loads(file.read_text(encoding="utf-8"))
    Draft202012Validator(SHAPE).validate(collection)
    return collection["features"], done.err


@pytest.mark.parametrize(("folder", "features"), [(SEED, 34), (AWKWARD, 7)], ids=["bundled", "awkward"])
def test_a_feature_for_each_country_and_operation(folder: Path, features: int, tmp_path: Path) -> None:
    found, _ = export(folder, tmp_path)
    assert len({feature["id"] for feature in found}) == len(found) == features
    assert all(feature["geometry"] for feature in found)


def test_a_feature(tmp_path: Path) -> None:
    features, said = export(write_case(tmp_path / "case", CLAIMS), tmp_path)
    assert features[0] == {
        "type": "Feature",
        "id": "arrests-teapot-us",
        "geometry": {"type": "Point", "coordinates": [-97, 38]},
        "properties": {
            "id": "arrests-teapot-us",
            "operation": "teapot",
            "country": "US",
            "country_name": "United States",
            "count": "~50",
            "when": "",
            "share": 0.505,
            "part_of": "arrests-teapot",
            "dispute": "settled",
            "grade": "A2",
            "sources": 1,
            "origins": 1,
            "also": "70",
            "number": 50,
            "point": "middle of the country",
        },
    }
    assert said == (
        "spector: a point is the middle of its country, not the place of an arrest\n"
        "spector: 1 count of arrests left out: they name no country\n"
    )


def test_no_point_is_made_up(tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case",
        "arrests-aq,count,1,,,alpha",
        countries="US,United States\nDE,Germany\nAQ,Antarctica",
        agencies="fbi,Federal Bureau of Investigation,FBI,US\nbka,Bundeskriminalamt,BKA,DE",
        arrests="arrests-aq,teapot,AQ",
    )
    ((feature,), said) = export(case, tmp_path)
    assert (feature["geometry"], feature["properties"]["point"]) == (None, None)
    assert said.endswith("spector: 1 count of arrests have no point: the middle of their country is not known\n")
