"""A browser opens the report without a complaint or a request, and axe-core finds nothing serious in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import axe_core_python
import pytest
from terminal import ask

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    BROWSER is None and not ("CI" in os.environ and sys.platform == "linux"),
    reason="no Chromium here; on Debian: apt-get install chromium",
)

DARK = "--blink-settings=preferredColorScheme=0"

RUN = """<script>%s</script><script>
addEventListener("load", () => axe.run({resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "axe";
  told.textContent = JSON.stringify(found.violations.map(one => [one.impact, one.id, one.nodes[0].html]));
  document.body.append(told);
}));
</script>"""


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reported(request.getfixturevalue(request.param), tmp_path_factory.mktemp("page"))


def browse(page: Path, *words: str) -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-extensions",
        profile,
        *words,
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)


@pytest.fixture(scope="module")
def opened(page: Path) -> tuple[subprocess.CompletedProcess[str], str]:
    """What the browser says of the page, and the log of its network."""
    log = page.with_name("net.json")
    return browse(page, "--enable-logging=stderr", f"--log-net-log={log}", "--dump-dom"), log.read_text()


def test_the_browser_complains_of_nothing(opened: tuple[subprocess.CompletedProcess[str], str]) -> None:
    done, _ = opened
    assert "CONSOLE" not in done.stderr
    assert done.stdout.count("<section") == 12


def test_the_browser_asks_for_nothing(page: Path, opened: tuple[subprocess.CompletedProcess[str], str]) -> None:
    outer = [unescape(link) for link in re.findall(r'href="(https?://[^"]*)"', page.read_text())]
    assert outer
    assert not [link for link in outer if f"//{link.split('/')[2]}" in opened[1]]


class Elements(HTMLParser):
    """The elements of a page, each with the names of its attributes: all by which axe-core tells right from wrong."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.seen: set[tuple[str, ...]] = set()
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, *sorted(name for name, _ in attributes)))


def reported(db: str, folder: Path) -> Path:
    assert ask("report", "-o", folder / "case.html", "--db", db).code == 0
    return folder / "case.html"


def test_axe_finds_nothing_serious(awkward: str, tmp_path: Path) -> None:
    page = reported(awkward, tmp_path)
    text = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text())
    tested = page.with_name("tested.html")
    tested.write_text(text.replace("</head>", RUN % AXE.read_text() + "</head>"))
    done = browse(tested, "--window-size=500,900", DARK, "--virtual-time-budget=5000", "--dump-dom")
    told = re.search('<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, done.stderr
    assert json.loads(unescape(told[1])) == []


def test_the_bundled_page_has_no_element_that_axe_has_not_seen(bundled: str, awkward: str, tmp_path: Path) -> None:
    seen = Elements(reported(awkward, tmp_path)).seen
    assert Elements(reported(bundled, tmp_path)).seen <= seen
