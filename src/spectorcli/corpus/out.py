"""Takes one case out of a lake: its folder as it was put in, loaded as ever, and kept for the next question."""

import base64
import hashlib
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from spectorcli.corpus.lake import BUILT_BY, Lake, fetch, views
from spectorcli.database import open_database
from spectorcli.errors import NotFound
from spectorcli.load.load import load
from spectorcli.places import cache_folder


def case_file(lake: Lake, id: str) -> Path:
    """Return the case file of a case of a lake, built if it is not there yet.

    Raises:
        NotFound: the lake has no such case.
    """
    case = lake.case(id)
    built_by = hashlib.sha256(f"{id}\0{case.fingerprint}\0{BUILT_BY}".encode()).hexdigest()
    path = cache_folder() / "lake" / f"{built_by[:32]}.db"
    with suppress(NotFound), closing(open_database(path)):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="spector-") as temporary:
        folder = Path(temporary, id)  # whose name is the title of a case that says none
        folder.mkdir()
        _take_out(lake, id, folder)
        load(folder, path)
    return path


def _take_out(lake: Lake, id: str, folder: Path) -> None:
    """Write the files of a case; their names are those of a case's files, and lead nowhere else."""
    for row in fetch(views(lake, "files"), "folder", {"id": id}):
        with (folder / Path(row["name"]).name).open("ab") as out:
            out.write(base64.b64decode(row["piece"]))
