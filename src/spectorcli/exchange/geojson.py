"""Writes GeoJSON of where people were arrested: https://www.rfc-editor.org/rfc/rfc7946.

Sources name the country only, so the point is the middle of the country: it marks no place of an arrest, and it
claims no border, as an outline would.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spectorcli.answers.ask import ask
from spectorcli.case import Case, Record
from spectorcli.extras import extra
from spectorcli.result import Cell
from spectorcli.values.wording import count


def write(case: Case, path: Path) -> Sequence[str]:
    """Write a feature for the arrests of each operation in each country.

    Its properties are the columns of ``spector arrests``; ``count`` is as stated (``~50``) and ``number`` the figure
    alone, for drawing. A country whose middle is not known has no geometry.
    """
    found = ask(case, "arrests", operation="all", country=None)
    rows: list[Record] = list(found.records())
    numbers = {
        fact["subject"]: fact["base"] for fact in case.read("facts") if fact["property"] == "count" and fact["headline"]
    }
    features = [_feature(row, numbers.get(row["id"])) for row in rows if row["country"]]
    collection = {"type": "FeatureCollection", "name": case.metadata["title"], "features": features}
    path.write_text(json.dumps(collection, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    totals, lost = len(rows) - len(features), sum(not feature["geometry"] for feature in features)
    sentences = {
        "a point is the middle of its country, not the place of an arrest": len(features),
        f"{count(totals, 'counts')} of arrests left out: they name no country": totals,
        f"{count(lost, 'counts')} of arrests have no point: the middle of their country is not known": lost,
    }
    return [sentence for sentence, count in sentences.items() if count]


def _feature(row: Record, number: Cell) -> dict[str, Any]:
    middle = _middle(str(row["country"]))
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": middle} if middle else None,
        "properties": {**row, "number": number, "point": "middle of the country" if middle else None},
    }


def _middle(code: str) -> list[float]:
    """Return longitude and latitude, in this order, of the middle of a country; nothing if it is not known."""
    with extra("geojson"):
        from countryinfo import CountryInfo, CountryNotFoundError
    try:
        country = CountryInfo(code)
    except CountryNotFoundError:
        return []
    return country.latlng()[::-1] if country.iso(2) == code else []
