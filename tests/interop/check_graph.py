"""Graphviz draws each thing and relation once, each label as it stands in the case; Mermaid reads the same."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from terminal import AWKWARD, build, run

from spectorcli.bundled import SEED

SVG = "{http://www.w3.org/2000/svg}"

MERMAID = """
import { JSDOM } from "jsdom";
import { readFileSync } from "fs";
globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
const mermaid = (await import("mermaid")).default;
mermaid.initialize({ maxEdges: 1e6, maxTextSize: 1e9 });
const text = readFileSync(0, "utf8");
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text.replace(/#(\\d+);/g, (_, n) => `ﬂ°°${n}¶ß`));
const labels = [...db.getVertices().values()].map((one) => one.text);
console.log(JSON.stringify({ labels, edges: db.getEdges().length }));
"""
"""What Mermaid itself does with an entity before it reads a diagram is done here, for it is not offered to others."""


@pytest.fixture(params=[SEED, AWKWARD], ids=["bundled", "awkward"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return build(request.param, tmp_path / "case.db")


def labels(db: str) -> list[str]:
    """Return what each thing is called, without its kind and with single blanks."""
    rows = sqlite3.connect(db).execute("select label from entities where kind <> 'exceptions'")
    return sorted(" ".join(label.split()) for (label,) in rows)


def links(db: str) -> int:
    return int(sqlite3.connect(db).execute("select count(*) from links").fetchone()[0])


def test_graphviz_draws_labels_as_they_stand(db: str, tmp_path: Path) -> None:
    assert shutil.which("dot"), "this check needs Graphviz: apt install graphviz"
    assert run("export", "dot", "-o", tmp_path / "case.dot", "--db", db).code == 0
    drawn = subprocess.run(["dot", "-Tsvg", tmp_path / "case.dot"], capture_output=True, text=True, check=True)
    assert drawn.stderr == ""
    groups = ElementTree.fromstring(drawn.stdout).iter(f"{SVG}g")
    texts: dict[str, list[str]] = {"node": [], "edge": []}
    for group in groups:
        for kind in texts.keys() & set(str(group.get("class")).split()):
            texts[kind].append(" ".join("".join(text.itertext()) for text in group.iter(f"{SVG}text")))
    assert sorted(" ".join(text.rsplit(" (", 1)[0].split()) for text in texts["node"]) == labels(db)
    assert len(texts["edge"]) == links(db)


def test_mermaid_reads_labels_as_they_stand(db: str, tmp_path: Path) -> None:
    modules = Path("node_modules")
    if not (modules / "mermaid").is_dir() or not (modules / "jsdom").is_dir():
        pytest.skip("needs node, and here: npm install --no-save mermaid jsdom")
    assert run("export", "mermaid", "-o", tmp_path / "case.mmd", "--db", db).code == 0
    script = ["node", "--input-type=module", "--eval", MERMAID]
    with (tmp_path / "case.mmd").open() as diagram:
        done = subprocess.run(script, stdin=diagram, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    decoded = [_decode(label).rsplit(" (", 1)[0] for label in read["labels"]]
    assert sorted(" ".join(label.split()) for label in decoded) == labels(db)
    assert read["edges"] == links(db)


def _decode(label: str) -> str:
    start, *rest = label.split("ﬂ°°")
    return start + "".join(chr(int(code)) + text for code, text in (part.split("¶ß", 1) for part in rest))
