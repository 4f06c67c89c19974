"""Reads datapackage.json: the title of a case and the operation that it is about."""

import json
from pathlib import Path

from spectorcli.escapes import clean, unsafe
from spectorcli.folder.mistakes import Mistake


def read_metadata(path: Path) -> tuple[dict[str, str], list[Mistake]]:
    """Return ``title``, ``operation`` and the whole ``package`` as JSON; a folder may do without them."""
    metadata = {"title": clean(path.resolve().name), "operation": "", "package": "{}"}
    file = path / "datapackage.json"
    if not file.is_file():
        return metadata, []
    try:
        package = json.loads(file.read_text(encoding="utf-8-sig"))
        stated = {key: str(package[key]) for key in ("title", "operation") if package.get(key)}
        package.pop("resources", None)  # they follow from the vocabulary
        stated["package"] = json.dumps(package, ensure_ascii=False)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return metadata, [Mistake(file.name, 1, "is not a data package: it cannot be read as a JSON object")]
    bad = {key: unsafe(text) for key, text in stated.items()}
    wrong = [Mistake(file.name, 1, f"{key} holds the character {one}; remove it") for key, one in bad.items() if one]
    return metadata | stated, wrong
