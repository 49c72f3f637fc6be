"""The options of `ray start`, from Ray's own wheels to `../table.rs`.

    python3 options.py add 2.61.0     installs that Ray from PyPI, writes `versions/2.61.0.txt`, then the table
    python3 options.py list 2.61.0    prints what `versions/2.61.0.txt` should hold, installing Ray if need be
    python3 options.py ask PYTHON     prints that for the Ray which this interpreter imports
    python3 options.py table          prints the table that the committed lists make

A wheel is installed once into a virtual environment of its own below `target/ray`, or below `RAYGATE_RAY_WHEELS`.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERSIONS = HERE / "versions"
WHEELS = Path(os.environ.get("RAYGATE_RAY_WHEELS") or HERE.parents[3] / "target" / "ray")

# Runs in the virtual environment: one line for each long option, with what click reads its value as.
LISTER = """
import click
from ray.scripts.scripts import start

def kind(option):
    if option.is_flag or option.count:
        return "switch"
    if isinstance(option.type, click.Choice):
        return "choice " + "|".join(option.type.choices)
    if isinstance(option.type, click.types.FuncParamType):
        return "json"
    return option.type.name

for option in start.params:
    for name in option.opts + option.secondary_opts:
        if name.startswith("--"):
            print(name[2:], kind(option))
"""

KINDS = {"text": "Text", "integer": "Integer", "float": "Float", "boolean": "Bool", "switch": "Switch", "json": "Json"}

HEADER = """\
//! The options of `ray start` in Ray {versions}, in one table.
//!
//! Generated: `python3 core/src/ray_start/generator/options.py add VERSION` writes it. Do not edit.

use super::Kind::{{Bool, Choice, Float, Integer, Json, Switch, Text}};
use super::{{Release, StartOption, option}};

/// The oldest and the newest Ray whose options are known.
pub(super) const KNOWN: [Release; 2] = [{oldest}, {newest}];

#[rustfmt::skip]
pub(super) static OPTIONS: &[StartOption] = &[
"""


def python_with_ray(version):
    """The interpreter of a virtual environment that has this Ray."""
    folder = WHEELS / version
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"ray=={version}"], check=True)
        (folder / "complete").touch()
    return python


def listed(python):
    """The list of the version that an interpreter imports, sorted."""
    output = subprocess.run([python, "-c", LISTER], check=True, stdout=subprocess.PIPE, text=True)
    return "".join(sorted(output.stdout.splitlines(keepends=True)))


def release(version):
    major, minor, *_ = version.split(".")
    return int(major), int(minor)


def rows(lists):
    """Name and kind with the releases that have it: a row ends where the option is gone or reads its value differently."""
    releases = sorted(lists)
    found = []
    for option in sorted({option for options in lists.values() for option in options}):
        start = None
        for at, here in enumerate(releases):
            has = option in lists[here]
            if has and start is None:
                start = here
            if has and (at + 1 == len(releases) or option not in lists[releases[at + 1]]):
                found.append((*option, start, here))
                start = None
    return sorted(found, key=lambda row: (row[0], row[2]))


def row_text(name, kind, first, last, oldest, newest):
    word, _, choices = kind.partition(" ")
    rust = KINDS[word] if word in KINDS else "Choice(&[" + ", ".join(f'"{one}"' for one in choices.split("|")) + "])"
    text = f'    option("{name}", {rust})'
    if first != oldest:
        text += f".added_in({list(first)})"
    if last != newest:
        text += f".removed_after({list(last)})"
    return text + ",\n"


def table():
    """The Rust table that the lists make."""
    files = sorted(VERSIONS.glob("*.txt"), key=lambda path: release(path.stem))
    lists = {}
    for path in files:
        lists[release(path.stem)] = {tuple(line.split(" ", 1)) for line in path.read_text().splitlines()}
    oldest, newest = min(lists), max(lists)
    head = HEADER.format(
        versions=f"{files[0].stem} to {files[-1].stem}", oldest=list(oldest), newest=list(newest)
    )
    return head + "".join(row_text(*row, oldest, newest) for row in rows(lists)) + "];\n"


def main():
    match sys.argv[1:]:
        case ["list", version]:
            sys.stdout.write(listed(python_with_ray(version)))
        case ["ask", python]:
            sys.stdout.write(listed(python))
        case ["table"]:
            sys.stdout.write(table())
        case ["add", *versions] if versions:
            for version in versions:
                (VERSIONS / f"{version}.txt").write_text(listed(python_with_ray(version)))
            (HERE.parent / "table.rs").write_text(table())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
