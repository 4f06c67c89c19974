"""Datasette shows a case with titles, meanings, labels, facets, search and our questions, seen in a real browser."""

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from time import sleep
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from terminal import AWKWARD, build, run

from spectorcli.bundled import SEED

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browsing = pytest.mark.skipif(BROWSER is None, reason="no Chromium here; on Debian: apt-get install chromium")


class Site(NamedTuple):
    """A case as Datasette serves it."""

    address: str
    db: str
    metadata: dict


@pytest.fixture(scope="module", params=[SEED, AWKWARD], ids=["bundled", "awkward"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    db = build(request.param, folder / "my case.db")
    assert run("export", "datasette", "-o", folder / "metadata.json", "--db", db).code == 0
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["serve", db, "--metadata", folder / "metadata.json", "--port", str(port)]
    with subprocess.Popen([Path(sys.executable).with_name("datasette"), *words], stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/-/versions.json")
            yield Site(address, db, json.loads((folder / "metadata.json").read_text()))
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            return urlopen(address).close()
        except URLError:
            sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture
def bundled(site: Site) -> Site:
    if site.metadata["title"] != "Operation SpecTor":
        pytest.skip("asks about the bundled case")
    return site


def see(site: Site, page: str, folder: Path) -> str:
    """Return the page as the browser has it, after its scripts ran; keep a picture of it."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    picture = [f"--screenshot={folder / 'page.png'}", "--window-size=1200,1600"]
    address = f"{site.address}/{page}"
    assert BROWSER
    subprocess.run([BROWSER, *options, *picture, address], capture_output=True, check=True, timeout=60)
    assert (folder / "page.png").stat().st_size > 10_000
    done = subprocess.run([BROWSER, *options, "--dump-dom", address], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def text(html: str) -> str:
    """Return what can be read on a page, in one line."""
    seen = re.sub(r"<(script|style|template).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(seen).split())


def table(html: str) -> list[list[str]]:
    """Return the cells of the table of rows."""
    rows = re.search(r'<table class="rows-and-columns">(.*?)</table>', html, re.DOTALL)
    assert rows
    lines = re.findall(r"<tr>(.*?)</tr>", rows[1], re.DOTALL)
    return [[text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines]


def test_every_page_opens(site: Site) -> None:
    """Also those of tables that Datasette hides, and each question with nothing filled in."""
    with urlopen(f"{site.address}/my~20case.json") as answer:
        tables = [one["name"] for one in json.load(answer)["tables"]]
    queries = site.metadata["databases"]["my case"]["queries"]
    assert set(site.metadata["databases"]["my case"]["tables"]) <= set(tables)
    for name in [*tables, "parts", "announcements", *queries]:
        with urlopen(f"{site.address}/my~20case/{quote(name)}") as page:
            assert page.status == 200


@pytest.mark.parametrize("question", ["arrests", "timeline", "seizures", "statements", "proceedings"])
def test_a_question_with_nothing_filled_in_restricts_nothing(site: Site, question: str) -> None:
    with urlopen(f"{site.address}/my~20case/spector-{question}.json?_shape=array") as answer:
        rows = json.load(answer)
    assert rows == json.loads(run(question, "--operation", "all", "-f", "json", "--db", site.db).out)


@browsing
def test_front_page(bundled: Site, tmp_path: Path) -> None:
    seen = text(see(bundled, "", tmp_path))
    assert "Operation SpecTor What public sources say about Operation SpecTor" in seen
    assert "Data license: CC0 1.0 Universal" in seen
    assert re.search(r"my case [\d,]+ rows in \d+ tables", seen)


@browsing
def test_the_questions_are_listed(bundled: Site, tmp_path: Path) -> None:
    seen = text(see(bundled, "my~20case", tmp_path))
    assert "Queries What happened when? How many people were arrested, where? What was taken, and how much?" in seen


@browsing
def test_a_table_has_meanings_units_facets_and_labels(bundled: Site, tmp_path: Path) -> None:
    html = see(bundled, "my~20case/arrests", tmp_path)
    seen = text(html)
    assert "arrests Arrests counted together: an operation's, all or in one country" in seen
    assert "count How many people were arrested. Unit: persons. The best of what is claimed." in seen
    assert re.search(r"operation 6 Operation RapTor 11 Operation SpecTor 10 ", seen)
    rows = {row[0]: row[1:5] for row in table(html)}
    assert rows["arrests-spector-de"] == ["Operation SpecTor spector", "Germany DE", "arrests-spector", "52"]


@browsing
def test_a_question_with_a_parameter(bundled: Site, tmp_path: Path) -> None:
    html = see(bundled, "my~20case/spector-arrests?country=DE", tmp_path)
    assert "How many people were arrested, where? Countries by number" in text(html)
    asked = run("arrests", "--country", "DE", "--operation", "all", "-f", "csv", "--db", bundled.db)
    assert table(html) == list(csv.reader(asked.text.splitlines()))


@browsing
def test_search_in_all_things(bundled: Site, tmp_path: Path) -> None:
    html = see(bundled, "my~20case/entities?_search=desnica", tmp_path)
    assert re.search(r'15 rows where search matches "desnica"', text(html))
    found = [row[0] for row in table(html)[1:]]
    assert {"milomir-desnica", "desnica-extradition", "proceedings-desnica"} & set(found)
    assert all("desnica" in " ".join(row).lower() for row in table(html)[1:])


@browsing
def test_search_as_a_question(bundled: Site, tmp_path: Path) -> None:
    html = see(bundled, "my~20case/spector-search?words=exit+scam", tmp_path)
    assert [row[1] for row in table(html)[1:]] == ["monopoly-market-seizure"]


@browsing
def test_text_of_a_case_is_no_markup(site: Site, tmp_path: Path) -> None:
    if site.metadata["title"] == "Operation SpecTor":
        pytest.skip("asks about the awkward case")
    html = see(site, "my~20case/events?id=undated", tmp_path)
    assert "An undated &lt;b&gt;seizure&lt;/b&gt;" in html
