"""Every `code` of man/*.md stands in its manual page as often as it was written.

Usage: man_words.py PAGES MANUALS: the folder of the sources and that of the built pages.
"""

import collections
import pathlib
import re
import subprocess
import sys

DASHES = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2019": "'", "\u2018": "'", "\u00a0": " "})


def squeezed(text):
    return " ".join(text.translate(DASHES).split())


def codes_of(source):
    """The stretches of code outside of transcripts and listings."""
    prose = re.sub(r"^```.*?^```$", "", source, flags=re.MULTILINE | re.DOTALL)
    # A list of tags, which a table becomes, has no heading.
    prose = re.sub(r"^\|.*\n(?=\|---)", "", prose, flags=re.MULTILINE)
    # What the page refers to is written anew.
    prose = re.sub(r"^## See also$.*?(?=^## |\Z)", "", prose, flags=re.MULTILINE | re.DOTALL)
    return [squeezed(code) for code in re.findall(r"(?<!\\)`([^`]+)`", prose)]


def manual_of(source, manuals):
    name = source.stem
    if not re.search(r"\.\d$", name):
        name = "gird.1" if name == "gird" else f"gird-{name}.1"
    return manuals / name


def shown(manual):
    # So wide that no line is broken, which would part words at their hyphens.
    command = ["mandoc", "-Tutf8", "-Owidth=1000", manual]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return squeezed(re.sub(".\b", "", text))


def main(pages, manuals):
    lost = looked = 0
    for source in sorted(pathlib.Path(pages).glob("*.md")):
        text = shown(manual_of(source, pathlib.Path(manuals)))
        for code, times in collections.Counter(codes_of(source.read_text())).items():
            looked += 1
            if text.count(code) < times:
                print(f"{source}: `{code}` is there {times} times, shown {text.count(code)} times")
                lost += 1
    if not looked:
        sys.exit(f"no code in {pages}")
    sys.exit(1 if lost else 0)


main(*sys.argv[1:])
