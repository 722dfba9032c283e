#!/usr/bin/python3
"""A guard that is killed at each of its calls to the system, or whose calls on its cell fail.

tests/inject says which call. A kill must leave nothing behind that stands in the way: no permit, no
place in a queue, no half of a cell, no temporary file. A failure is answered as --on-store-error says.
"""

import contextlib
import errno
import json
import os
import time

from harness import GIRD, Skip, case, check, gird, lines, main, run, same, script

INJECT = os.path.abspath(os.environ.get("INJECT", "build/tests/inject"))
KILLED, CANNOT_TRACE, REFUSED = 137, 77, 75
FAR = 5000  # calls that no path has


def injected(action, *words, under=None, log=None, **keys):
    """Runs `words` with `action` (a list) done to it."""
    options = [*(("--under", under) if under else ()), *(("--log", log) if log else ())]
    done = run([INJECT, *map(str, action), *options, "--", *words], **keys)
    if done.status == CANNOT_TRACE:
        raise Skip("processes cannot be traced here")
    return done


def calls(*words, under=None, **keys):
    """The calls of a run: pairs of a name and a file."""
    injected(["count"], *words, under=under, log="calls", **keys)
    found = [tuple(line.split(" ")[1:3]) for line in lines("calls")]
    check(found, "no calls of", words)
    return found


# The tool itself.

@case("the tool counts calls, kills at one of them, and makes it fail")
def _():
    script("file", "text", 0o644)
    cat = ["cat", "file"]
    seen = calls(*cat, under=os.getcwd())
    check(("openat", os.path.abspath("file")) in seen and ("read", os.path.abspath("file")) in seen, seen)
    opened = seen.index(("openat", os.path.abspath("file"))) + 1
    done = injected(["fail", opened, errno.EMFILE], *cat, under=os.getcwd())
    same((done.status, done.err), (1, b"cat: file: Too many open files\n"), done)
    read = seen.index(("read", os.path.abspath("file"))) + 1
    for action, out in (("kill-before", b""), ("kill-after", b"")):
        same(injected([action, read], *cat, under=os.getcwd()).status, KILLED, action)
    same(injected(["fail", FAR, errno.EIO], *cat).out, b"text", "nothing was meddled with")
    same(injected(["fail-from", 1, errno.EIO], *cat, under=os.getcwd()).status, 1)
    every = calls("mkdir", "folder")
    os.rmdir("folder")
    at = [name for name, _ in every].index("mkdir") + 1 if ("mkdir") in [name for name, _ in every] else \
        [name for name, _ in every].index("mkdirat") + 1
    same(injected(["kill-before", at], "mkdir", "folder").status, KILLED)
    check(not os.path.exists("folder"), "killed before, and made")
    same(injected(["kill-after", at], "mkdir", "folder").status, KILLED)
    check(os.path.exists("folder"), "killed after, and not made")


if __name__ == "__main__":
    main()
