"""Reads datapackage.json: the title of a case and the operation that it is about."""

import json

from spectorcli.escapes import clean, unsafe
from spectorcli.folder.folder import Folder


def read_metadata(folder: Folder) -> None:
    """Take title and default operation from datapackage.json; a folder may do without it."""
    folder.metadata = {"title": clean(folder.path.resolve().name), "operation": "", "package": "{}"}
    file = folder.path / "datapackage.json"
    if not file.is_file():
        return
    try:
        package = json.loads(file.read_text(encoding="utf-8-sig"))
        told = {key: str(package[key]) for key in ("title", "operation") if package.get(key)}
        package.pop("resources", None)  # they follow from the vocabulary
        told["package"] = json.dumps(package, ensure_ascii=False)
    except (ValueError, AttributeError, TypeError, RecursionError):
        folder.wrong(file.name, 1, "is not a data package: it cannot be read as a JSON object")
        return
    for key, value in told.items():
        if unsafe(value):
            folder.wrong(file.name, 1, f"{key} holds the character {unsafe(value)}; remove it")
    folder.metadata.update(told)
