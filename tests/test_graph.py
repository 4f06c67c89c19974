"""The graph has each thing and each relation of the case once, drawn as a tree or taken to other tools as text."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx  # type: ignore[import-untyped]
import pytest
from cases import write_case
from terminal import SGR, ask, build, draw, stored

from spectorcli.case import Case
from spectorcli.database import open_database
from spectorcli.exchange import graph
from spectorcli.exchange.network import Attributes, Network, write_gexf, write_graphml

READERS = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}

AWKWARD_TEXT = 'a "b" \\N <b>c</b> &lt; [d] {e|f} `g` #35; %% x --> y; 1. z: _u_ $h$'


@pytest.fixture(scope="module", params=["bundled", "awkward"])
def db(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def write(db: str, name: str, path: Path) -> Path:
    done = ask("export", name, "-o", path, "--db", db)
    assert (done.code, done.out) == (0, b""), done.err
    return path


def small_case(folder: Path, **files: str) -> str:
    claims = (
        "bazaar,operator,ana,,,alpha\nbazaar,operator,ana,,,beta\nbazaar,turnover,~300,USD,,alpha\n"
        "teapot,agencies,fbi; bka,,,alpha\nteapot,agencies,only bka; fbi,,,delta\n"
        "arrests-teapot,count,288,,,alpha\narrests-teapot,count,155,,,beta"
    )
    return build(write_case(folder / "case", claims, **files), folder / "case.db")


def between(graph: Any, subject: str, object: str) -> dict[str, Any]:
    """Return what the one edge between two things says."""
    (said,) = (said for *ends, said in graph.edges(data=True) if ends == [subject, object])
    return {name: one for name, one in said.items() if name != "id"}


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_every_thing_and_relation(db: str, name: str, tmp_path: Path) -> None:
    graph = READERS[name](write(db, name, tmp_path / "case"))
    things = stored(db, "select id, label, kind from entities where kind <> 'exceptions'")
    assert sorted((id, said["label"], said["kind"]) for id, said in graph.nodes(data=True)) == sorted(things)
    links = stored(db, "select subject, property, object, ifnull(grade, ''), sources from links")
    edges = [
        (subject, said["relation"], object, said.get("grade", ""), said.get("sources"))
        for subject, object, said in graph.edges(data=True)
    ]
    assert sorted(edges, key=str) == sorted(links, key=str)
    behind = sum(len(said.get("said_by", "").split()) for *_, said in graph.edges(data=True))
    assert [(behind,)] == stored(db, "select sum(sources) from links")


def told(graph: Any) -> Any:
    """Return all that a graph says, without the ids of its edges and the order in which they come."""
    edges = [
        (*ends, {name: one for name, one in said.items() if "id" not in name and "key" not in name})
        for *ends, said in graph.edges(data=True)
    ]
    return graph.graph.get("name"), graph.is_directed(), dict(graph.nodes(data=True)), sorted(edges, key=repr)


def test_networkx_writes_the_same(db: str, tmp_path: Path) -> None:
    """What its readers find in our files is what they find in its own, of the same nodes and edges."""
    with closing(Case(open_database(Path(db)))) as case:
        network = graph._network(case)
        theirs = networkx.MultiDiGraph(name=network.title)
        theirs.add_nodes_from(network.nodes())
        theirs.add_edges_from(network.edges())
    networkx.write_graphml_xml(theirs, tmp_path / "graphml")
    networkx.write_gexf(theirs, tmp_path / "gexf")
    for name, read in READERS.items():
        assert told(read(write(db, name, tmp_path / "ours"))) == told(read(tmp_path / name))


@pytest.mark.parametrize("direction", ["directed", "undirected"])
@pytest.mark.parametrize("name", READERS)
def test_a_network_is_read_back(name: str, direction: str, tmp_path: Path) -> None:
    nodes: list[tuple[str, Attributes]] = [
        (AWKWARD_TEXT, {"label": AWKWARD_TEXT, "also": 1.5}),
        ("b", {"label": "B", "also": "text"}),
    ]
    edges: list[tuple[str, str, Attributes]] = [(AWKWARD_TEXT, "b", {"weight": 3, AWKWARD_TEXT: True})]
    written = Network(AWKWARD_TEXT, lambda: nodes, lambda: edges, direction)
    {"graphml": write_graphml, "gexf": write_gexf}[name](written, tmp_path / "out")
    read = READERS[name](tmp_path / "out")
    assert told(read) == (AWKWARD_TEXT, direction == "directed", dict(nodes), edges)


DENIAL = "teapot,agencies,fbi,,,alpha\nteapot,rivals,bka,,,beta"
VOCABULARY = (
    "kind,property,type,many,unit,claimed,description,denies\n"
    "operations,rivals,ref:agencies,yes,,yes,Agencies that worked against it,agencies\n"
)


def test_a_denial_is_drawn_as_one_also_that_of_a_case_of_its_own(tmp_path: Path) -> None:
    case = write_case(tmp_path / "case", DENIAL)
    (case / "vocabulary.csv").write_text(VOCABULARY, encoding="utf-8")
    db = build(case, tmp_path / "case.db")
    for name, read in READERS.items():
        graph = read(write(db, name, tmp_path / name))
        told = {said["relation"]: said.get("denied") for *ends, said in graph.edges(data=True) if ends[0] == "teapot"}
        assert told == {"agencies": None, "rivals": True}
    dot = write(db, "dot", tmp_path / "dot").read_text()
    assert '"teapot" -> "bka" [label="rivals B2", style=dotted, arrowhead=tee, class=denied];\n' in dot
    assert '"teapot" -> "fbi" [label="agencies A2"];\n' in dot
    mermaid = write(db, "mermaid", tmp_path / "mermaid").read_text()
    assert re.findall(r'n\d+ (\S+?)\|"(rivals|agencies) ', mermaid) == [("-->", "agencies"), ("--x", "rivals")]
    entities = map(json.loads, write(db, "ftm", tmp_path / "ftm").read_text().splitlines())
    assert ["rivals"] not in [entity["properties"].get("role") for entity in entities]
    objects = json.loads(write(db, "stix", tmp_path / "stix").read_text())["objects"]
    assert "rivals" not in [one.get("description") for one in objects if one["type"] == "relationship"]


@pytest.mark.parametrize("name", READERS)
def test_what_a_node_and_an_edge_say(name: str, tmp_path: Path) -> None:
    graph = READERS[name](write(small_case(tmp_path), name, tmp_path / "out"))
    assert graph.nodes["bazaar"] == {
        "label": "Bazaar",
        "kind": "markets",
        "markets.aliases": "Bazar",
        "markets.name": "Bazaar",
        "markets.operator": "ana",
        "markets.turnover": 300.0,
        "markets.turnover_stated": "~300 USD",
        "markets.turnover_unit": "USD",
    }
    assert graph.nodes["arrests-teapot"]["also"] == "count: 155"
    assert graph.nodes["launch"]["events.kind"] == "launch"
    assert between(graph, "bazaar", "ana") == {
        "label": "operator",
        "relation": "operator",
        "grade": "A1",
        "sources": 2,
        "claims": "2 3",
        "said_by": "alpha beta",
    }
    listed = between(graph, "teapot", "fbi")
    assert (listed["claims"], listed["said_by"]) == ("5 6", "alpha delta")
    assert between(graph, "copy", "alpha").keys() == {"label", "relation"}


def test_names_of_attributes_are_unique(db: str, tmp_path: Path) -> None:
    """As the schema of GraphML asks, in which an id is of the whole document."""
    document = ElementTree.parse(write(db, "graphml", tmp_path / "case"))
    ids = [one.get("id") for one in document.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_dot_escapes_labels(tmp_path: Path) -> None:
    quoted = '"' + AWKWARD_TEXT.replace('"', '""') + '"'
    text = write(small_case(tmp_path, people=f"ana,{quoted}"), "dot", tmp_path / "out").read_text()
    label = 'a \\"b\\" \\\\N <b>c</b> &amp;lt; [d] {e|f} `g` #35; %% x --> y; 1. z: _u_ $h$ (person)'
    assert f'  "ana" [label="{label}", class="people"];\n' in text
    assert '  "bazaar" -> "ana" [label="operator A1"];\n' in text
    assert '  "copy" -> "alpha" [label="derived_from", style=dashed];\n' in text


def test_mermaid_escapes_labels(tmp_path: Path) -> None:
    quoted = '"' + AWKWARD_TEXT.replace('"', '""') + '"'
    lines = write(small_case(tmp_path, people=f"ana,{quoted}"), "mermaid", tmp_path / "out").read_text().splitlines()
    assert lines[0] == "flowchart LR"
    (ana,) = (line for line in lines if line.endswith('(person)"]'))
    assert not re.search(r'[^\w ,()#;"\[\]]', ana)
    label = ana.split("[", 1)[1].strip('"]')
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) == f"{AWKWARD_TEXT} (person)"
    (market,) = (line.split("[")[0] for line in lines if line.endswith('["Bazaar (market)"]'))
    assert f'{market} -->|"operator A1"| {ana.split("[")[0]}' in lines


def test_more_than_mermaid_draws_is_said(bundled: str, tmp_path: Path) -> None:
    done = ask("export", "mermaid", "-o", tmp_path / "out", "--db", bundled)
    text = (tmp_path / "out").read_text(encoding="utf-8")
    edges = len(re.findall(r"^ *n\d+ -", text, re.MULTILINE))
    assert done.err == (
        "spector: a picture has names and relations; for the values export graphml, gexf or xlsx\n"
        f"spector: {edges} edges and {len(text):,} characters are more than Mermaid draws by itself; "
        "raise its maxEdges (500) and maxTextSize (50,000)\n"
    )
    assert edges > 500


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("out", "graphml"),
        ("out.graphml", "graphml"),
        ("out.GEXF", "gexf"),
        ("out.dot", "dot"),
        ("out.gv", "dot"),
        ("out.mmd", "mermaid"),
    ],
)
def test_the_suffix_tells_the_graph(file: str, name: str, tmp_path: Path) -> None:
    db = small_case(tmp_path)
    same = write(db, name, tmp_path / "same").read_bytes()
    assert write(db, "graph", tmp_path / file).read_bytes() == same


def test_a_suffix_that_tells_none(tmp_path: Path) -> None:
    done = ask("export", "graph", "-o", tmp_path / "out.png", "--db", small_case(tmp_path))
    told = "spector: cannot tell the format from the suffix of out.png; use one of .graphml, .gexf, .dot, .gv, .mmd\n"
    assert (done.code, done.err) == (2, told)
    assert not (tmp_path / "out.png").exists()


# the question


def steps(db: str, *asked: str) -> list[dict[str, Any]]:
    done = ask("graph", *asked, "-f", "json", "--db", db)
    assert (done.code, done.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


@pytest.mark.parametrize("depth", ["1", "2", "3", "9"])
def test_each_link_and_each_thing_comes_once(db: str, depth: str) -> None:
    found = steps(db, "--depth", depth)
    links = [
        (step["parent"], step["relation"], step["id"])[:: 1 if step["direction"] == "out" else -1] for step in found
    ]
    assert len(links) == len(set(links))
    known = set(stored(db, "select subject, property, object from links"))
    assert set(links) <= known
    opened = [step["id"] for step in found if not step["again"]]
    assert len(opened) == len(set(opened))
    inside = {found[0]["parent"], *(step["id"] for step in found if step["depth"] < int(depth))}
    assert set(links) == {link for link in known if {link[0], link[2]} & inside}


def test_a_thing_is_opened_no_step_later_than_need_be(tmp_path: Path) -> None:
    found = steps(small_case(tmp_path), "bazaar", "--depth", "3")
    near = {step["id"]: step["depth"] for step in found if not step["again"]}
    assert all(step["depth"] >= near.get(step["id"], 0) for step in found)


def test_the_links_of_a_thing(tmp_path: Path) -> None:
    done = ask("graph", "bazaar", "-f", "csv", "--db", small_case(tmp_path))
    assert done.text == (
        "depth,parent,relation,direction,id,kind,label,again,grade,sources,when\n"
        "1,bazaar,operator,out,ana,people,Ana Müller,,A1,2,\n"
        '1,bazaar,market,in,money,seizures,"Operation Teapot, Bazaar, money",,,,\n'
        "1,bazaar,market,in,launch,events,Bazaar opens,,,,\n"
    )


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        ((), 3, "this case has no operation of its own; name a thing"),
        (("nobody",), 3, "nothing in this case is called 'nobody'"),
        (("bka",), 0, None),
        (
            ("arrests",),
            3,
            "'arrests' may mean 'Operation Teapot' (arrests-teapot) or 'Operation Teapot, Germany' (arrests-teapot-de) "
            "or 'Operation Teapot, United States' (arrests-teapot-us); give its id",
        ),
        (("ana", "--depth", "0"), 2, None),
        (("ana", "--depth", "10"), 2, None),
    ],
)
def test_what_may_be_asked(asked: tuple[str, ...], code: int, told: str | None, tmp_path: Path) -> None:
    done = ask("graph", *asked, "--db", small_case(tmp_path))
    assert done.code == code
    assert told is None or done.err == f"spector: {told}\n"


@pytest.mark.parametrize("columns", [20, 40])
def test_ids_stay_whole_on_a_narrow_terminal(awkward: str, columns: int) -> None:
    words = SGR.sub("", draw("graph", "--depth", "2", columns=columns, SPECTOR_DB=awkward).text).split()
    assert {step["id"] for step in steps(awkward, "--depth", "2")} <= set(words)
