"""Checks what spector is made of: the locks, their hashes, known vulnerabilities, licences, and what is built.

Each check passes, fails, or is not run: where an index or the advisories cannot be reached, nothing was checked and
nothing is said to be fine. What looks for something bad is first shown something bad, which it must find. Exit code 1
if a check failed; one that was not run is named, and never counts as passed.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = "spector-cli"
LOCK = ROOT / "locks/dev.lock"  # holds all that spector needs at run time, each extra too
LOCKS = sorted((ROOT / "locks").iterdir())
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
SMALL = "mdurl"  # 10 kB, in the lock
CONTROL = "jinja2==3.1.2"  # has published advisories: an audit that does not find them has not looked
SCHEMA = "1.6"  # of CycloneDX; the newest that its readers have in common
WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}
SYSTEMS: tuple[dict[str, str], ...] = ({}, WINDOWS)  # this one, and Windows

ALLOWED = {
    "MIT": "our own",
    "ISC": "MIT in fewer words",
    "BSD-2-Clause": "asks for its notice, as MIT does",
    "BSD-3-Clause": "asks for its notice, and not to advertise with its authors",
    "PSF-2.0": "Python's own, asks for its notice",
    "Apache-2.0": "asks for its notice",
    "MPL-2.0": "binds its own files, of which we change and copy none",
    "LGPL-2.1-only": "binds the library, which we import as it is and do not copy",
}
CLASSIFIERS = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
READ = {  # what their metadata say does not tell the licence, so a person read it in the package
    "antlr4-python3-runtime": "BSD-3-Clause",  # BSD
    "click-default-group": "BSD-3-Clause",  # Public Domain, but its LICENSE asks for a notice
    "cobble": "BSD-2-Clause",  # BSD License; its README says which
    "jinja2": "BSD-3-Clause",  # BSD License
    "sqlite-fts4": "Apache-2.0",  # its name in words
    "stix2": "BSD-3-Clause",  # BSD
    "stix2-patterns": "BSD-3-Clause",  # BSD License
}


class Failed(Exception):
    """What was checked is not as promised."""


class NotRun(Exception):
    """Nothing was checked; the text says why."""


class Entry(NamedTuple):
    """One package of a lock and its lines, as they stand there."""

    name: str
    version: str
    lines: str


class Build(NamedTuple):
    """A clone, and what was built from it."""

    clone: Path
    wheel: Path
    sdist: Path


class Bench:
    """The checks, and what several of them need: made once, when the first of them asks."""

    def __init__(self, work: Path, sbom: Path) -> None:
        self.work = work
        self.sbom = sbom

    def hashes(self) -> str:
        """Each entry of each lock has a hash, and no lock says where to fetch from."""
        test = (sys.executable, "-m", "pytest", "-q", "-n0", ROOT / "tests" / "test_locks.py")
        run(*test, failed="tests/test_locks.py")
        return f"{sum(len(entries(lock)) for lock in LOCKS)} entries of {len(LOCKS)} locks, each has one; no address"

    def tampered(self) -> str:
        """Pip fetches a package by the hashes of the lock and refuses it when they are changed."""
        entry = next(entry for entry in entries(LOCK) if entry.name == SMALL)
        self.download("right", entry.lines)
        try:
            self.download("wrong", re.sub(r"(?<=sha256:).", lambda digit: "1" if digit[0] == "0" else "0", entry.lines))
        except Failed:
            return f"{SMALL} {entry.version} is fetched by its hashes and refused when a digit of each differs"
        raise Failed(f"pip took {SMALL} {entry.version} by hashes that are not its own")

    def download(self, name: str, requirements: str) -> None:
        """Fetch what a requirements file names, by its hashes."""
        file = self.work / f"{name}.txt"
        file.write_text(requirements)
        fetch("download", "--no-deps", "--dest", self.work / name, "--require-hashes", "-r", file)

    def installed(self) -> str:
        """What spector needs at run time installs from the lock with hashes required, and fits together."""
        run(*PIP, "--python", self.runtime, "check", failed="what is installed does not fit together")
        return f"{len(held(self.runtime))} packages from {LOCK.name}, hashes required; they fit together"

    @cached_property
    def runtime(self) -> Path:
        """An environment with what spector needs at run time, and nothing else."""
        needed = needs()
        return self.environment("runtime", "\n".join(entry.lines for entry in entries(LOCK) if entry.name in needed))

    @cached_property
    def tools(self) -> Path:
        """An environment with the tools that audit and list, by their own lock."""
        return self.environment("tools", (ROOT / "locks/supply.lock").read_text())

    def environment(self, name: str, requirements: str) -> Path:
        """Make a virtual environment of what a requirements file names, by its hashes."""
        place, file = self.work / name, self.work / f"{name}.txt"
        file.write_text(requirements)
        run(sys.executable, "-m", "venv", "--without-pip", place)
        fetch("--python", place, "install", "-q", "--no-deps", "--require-hashes", "-r", file)
        return place

    def licences(self) -> str:
        """Each package that spector needs at run time has a licence that may stand beside ours."""
        versions = {(entry.name, entry.version) for entry in entries(LOCK)}
        packages = {name: found(name) for name in sorted(needs())}
        rows = [(name, package.version, licence(package)) for name, package in packages.items() if package]
        if other := [f"{name} {version}" for name, version, _ in rows if (name, version) not in versions]:
            raise Failed(f"not as in {LOCK.name}: {', '.join(other)}")
        table = [f"{name:<24}  {version:<11}  {says:<18}  {reason(says)}" for name, version, says in rows]
        if bad := [f"{name} ({says})" for name, _, says in rows if not reason(says)]:
            raise Failed("\n".join([f"not allowed: {', '.join(bad)}", *table]))
        away = [name for name, package in packages.items() if not package]
        counted = f"{len(rows)} packages" + f"; for other systems and not looked at: {', '.join(away)}" * bool(away)
        return "\n".join([counted, *table])

    def parts(self) -> str:
        """The list of parts (CycloneDX) is what is installed, and valid."""
        options = ("--pyproject", ROOT / "pyproject.toml", "--sv", SCHEMA, "--output-reproducible", "--validate")
        tool = (self.tools / "bin" / "cyclonedx-py", "environment", *options)
        run(*tool, self.runtime, "-o", self.sbom, failed="no valid list of parts")
        text = self.sbom.read_text()
        broken = self.work / "broken.json"
        broken.write_text(text.replace('"type": "library"', '"type": "thing"', 1))
        if not self.valid(self.sbom) or self.valid(broken):
            raise Failed("the schema does not tell the list from a broken one")
        listed = {(canonicalize_name(part["name"]), part["version"]) for part in json.loads(text)["components"]}
        if listed != held(self.runtime):
            raise Failed(f"listed or installed, but not both: {sorted(listed ^ held(self.runtime))}")
        return f"{len(listed)} parts, just what is installed; valid by CycloneDX {SCHEMA}, a broken copy is not"

    def valid(self, sbom: Path) -> bool:
        """Return whether a list of parts keeps to the schema."""
        code = (
            "import sys, pathlib; from cyclonedx.schema import SchemaVersion; from cyclonedx.validation import json; "
            "check = json.JsonStrictValidator(SchemaVersion.from_version(sys.argv[1])); "
            "print(check.validate_str(pathlib.Path(sys.argv[2]).read_text()) is None)"
        )
        return run(self.tools / "bin" / "python", "-c", code, SCHEMA, sbom) == "True\n"

    def vulnerabilities(self) -> str:
        """No version in any lock has a known one; said only where the same tool finds one that has."""
        if not any(package["vulns"] for package in self.audit(CONTROL)):
            raise NotRun(f"the advisories could not be reached: {CONTROL} was not found vulnerable")
        left = {(entry.name, entry.version) for lock in LOCKS for entry in entries(lock)}
        count, audited = len(left), []
        while left:  # the tool takes one version of a name at a time
            now = dict(left)
            audited += self.audit(*(f"{name}=={version}" for name, version in now.items()))
            left -= now.items()
        if len(audited) != count:
            raise NotRun(f"only {len(audited)} of {count} versions could be looked up")
        if known := [f"{each['name']} {each['version']} {hole['id']}" for each in audited for hole in each["vulns"]]:
            raise Failed(", ".join(known))
        return f"none known in {count} versions of {len(LOCKS)} locks; {CONTROL} was found"

    def audit(self, *pins: str) -> list[dict[str, Any]]:
        """Return what is known of each version that could be looked up."""
        file = self.work / "pins.txt"
        file.write_text("\n".join(pins))
        options = ("--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json")
        command = (self.tools / "bin" / "pip-audit", *options, "-r", file)
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        packages = json.loads(done.stdout)["dependencies"] if done.stdout else []  # nothing: it broke off
        return [package for package in packages if "vulns" in package]

    def contents(self) -> str:
        """Wheel and sdist hold the tracked files that they should, byte for byte, and nothing else."""
        clone, wheel, sdist = self.builds[0]
        tracked = [name for name in run("git", "-C", clone, "ls-files", "-z").split("\0") if name]
        targets = tomllib.loads((clone / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
        package = {
            f"{target}{name.removeprefix(source)}": (clone / name).read_bytes()
            for source, target in targets["wheel"]["sources"].items()
            for name in tracked
            if name.startswith(f"{source}/")
        }
        info = f"{wheel.name.removesuffix('-py3-none-any.whl')}.dist-info"
        about = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
        compare(wheel, package, about)
        always = (".gitignore", "pyproject.toml")  # hatchling packs these two in any case
        declared = tuple(f"{name}/" for name in (*targets["sdist"]["only-include"], *always))
        source = {name: (clone / name).read_bytes() for name in tracked if f"{name}/".startswith(declared)}
        compare(sdist, source, {"PKG-INFO"})
        return f"tracked files, byte for byte, and no other: {len(package)} in the wheel, {len(source)} in the sdist"

    def reproducible(self) -> str:
        """Two clones of other paths, ages and users give the same bytes."""
        (_, *ours), (_, *others) = self.builds
        for one, other in zip(ours, others, strict=True):
            if digest(one) != digest(other):
                raise Failed(f"{one.name} is {digest(one)} and {digest(other)}")
        return "\n".join(["twice the same bytes", *(f"{digest(file)}  {file.name}" for file in ours)])

    @cached_property
    def builds(self) -> tuple[Build, Build]:
        """What two clones of the last commit give."""
        return (
            self.build("one", umask=0o022, age=1_000_000_000, TZ="UTC", PYTHONHASHSEED="1"),
            self.build("quite/another", umask=0o077, age=1_500_000_000, TZ="Asia/Tokyo", PYTHONHASHSEED="2"),
        )

    def build(self, place: str, *, umask: int, age: int, **env: str) -> Build:
        """Clone the last commit, give each file an age in seconds, and build."""
        clone, dist = self.work / place / "spector", self.work / place / "dist"
        when = run("git", "-C", ROOT, "log", "-1", "--format=%ct").strip()
        run("git", "clone", "-q", "--no-hardlinks", ROOT, clone, umask=umask)
        for file in clone.rglob("*"):
            os.utime(file, (age, age), follow_symlinks=False)
        env = {**os.environ, **env, "SOURCE_DATE_EPOCH": when}
        build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, clone)
        run(*build, failed="the build failed", env=env, umask=umask)
        return Build(clone, next(dist.glob("*.whl")), next(dist.glob("*.tar.gz")))


def main() -> int:
    """Run the checks, print a line of each, and count."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--sbom", metavar="FILE", type=Path, help="write the list of parts (CycloneDX JSON) here")
    sbom = options.parse_args().sbom
    ended: dict[str, list[str]] = {"passed": [], "failed": [], "not run": []}
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(Path(work), (sbom or Path(work) / "sbom.json").absolute())
        for check in (
            bench.hashes,
            bench.tampered,
            bench.installed,
            bench.licences,
            bench.parts,
            bench.vulnerabilities,
            bench.contents,
            bench.reproducible,
        ):
            try:
                end, text = "passed", check()
            except Failed as error:
                end, text = "failed", str(error)
            except (NotRun, subprocess.TimeoutExpired) as error:
                end, text = "not run", str(error)
            ended[end].append(check.__name__)
            print(f"{check.__name__:<15}  {end:<7}  {text}".replace("\n", "\n    "), flush=True)
    print(*(f"{len(names)} {end}" + f": {', '.join(names)}" * bool(names) for end, names in ended.items()), sep="\n")
    return 1 if ended["failed"] else 0


def entries(lock: Path) -> list[Entry]:
    """Split a lock into its packages: each begins where a line does."""
    blocks = re.findall(r"^[^\s#].*(?:\n\s.*)*", lock.read_text(), re.MULTILINE)
    return [Entry(name, version, block) for block in blocks for name, version in [block.split()[0].split("==")]]


def needs() -> set[str]:
    """Return the names of all that spector needs at run time on any system, each extra too."""
    extras = metadata.metadata(PROJECT).get_all("Provides-Extra", [])
    todo = {(PROJECT, extra) for extra in ("", *extras) if extra != "spark"}  # which locks/cluster.lock holds
    seen = set()
    while todo:
        name, extra = one = todo.pop()
        seen.add(one)
        package = found(name)
        for need in map(Requirement, (package and package.requires) or []):
            if not need.marker or any(need.marker.evaluate({"extra": extra, **system}) for system in SYSTEMS):
                todo |= {(canonicalize_name(need.name), of) for of in ("", *need.extras)} - seen
    return {name for name, _ in seen} - {PROJECT}


def found(name: str) -> metadata.Distribution | None:
    """Return an installed package, if it is: what only another system needs is not."""
    return next(iter(metadata.distributions(name=name)), None)


def held(place: Path) -> set[tuple[str, str]]:
    """Return the packages of an environment, with their versions."""
    packages = metadata.distributions(path=[str(folder) for folder in place.glob("lib/python*/site-packages")])
    return {(canonicalize_name(package.name), package.version) for package in packages}


def licence(package: metadata.Distribution) -> str:
    """Return the licence that a package declares, as SPDX writes it; where its metadata leave it open, what we read."""
    about = package.metadata
    for text in (*about.get_all("License-Expression", []), *about.get_all("License", [])):
        try:
            return canonicalize_license_expression(text)
        except InvalidLicenseExpression:
            pass  # older metadata: words, or the whole text
    said = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License :: ")]
    if len(said) == 1 and said[0] in CLASSIFIERS:
        return CLASSIFIERS[said[0]]
    return READ.get(canonicalize_name(package.name), "unknown")


def reason(says: str) -> str:
    """Return why a licence may stand beside ours, or nothing; one of several to choose from is enough."""
    return next((ALLOWED[one] for one in says.split(" OR ") if one in ALLOWED), "")


def compare(archive: Path, due: dict[str, bytes], made: set[str]) -> None:
    """Fail unless an archive holds the files that are due, as they are, and besides only those made by the build."""
    files = unpacked(archive)
    if wrong := sorted(files.keys() ^ (due.keys() | made)):
        raise Failed(f"{archive.name}: held or due, but not both: {', '.join(wrong)}")
    if changed := sorted(name for name in due if files[name] != due[name]):
        raise Failed(f"{archive.name}: not as tracked: {', '.join(changed)}")


def unpacked(archive: Path) -> dict[str, bytes]:
    """Return the files of a wheel, or of an sdist without the folder that it is in."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as sdist:
        members = {member.name.partition("/")[2]: sdist.extractfile(member) for member in sdist if not member.isdir()}
        return {name: file.read() if file else b"" for name, file in members.items()}


def digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetch(*words: str | Path) -> None:
    """Let pip fetch by hash; what does not match has failed, what could not be had was not run."""
    try:
        run(*PIP, *words)
    except NotRun as error:
        if "DO NOT MATCH THE HASHES" in str(error):
            raise Failed("pip refused a package: its hash is not the one in the lock") from error
        raise NotRun(f"pip could not fetch: {str(error).strip().splitlines()[-1]}") from error


def run(*words: str | Path, failed: str = "", env: dict[str, str] | None = None, umask: int = -1) -> str:
    """Run a command and return what it printed; where it fails, the check has failed if it says so, or was not run."""
    done = subprocess.run(words, capture_output=True, text=True, env=env, umask=umask, timeout=600)
    if done.returncode and failed:
        raise Failed(f"{failed}: {(done.stdout + done.stderr).strip()}")
    if done.returncode:
        raise NotRun(done.stderr or f"{words[0]} ended with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
