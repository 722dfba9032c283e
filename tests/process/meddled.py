#!/usr/bin/python3
"""A guard that is killed at each of its calls to the system, or whose calls on its cell fail.

tests/inject says which call. A kill must leave nothing behind that stands in the way: no permit, no
place in a queue, no half of a cell, no temporary file. A failure is answered as --on-store-error says. With
GIRD_LONG=1 each call fails with each error.
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
LONG = os.environ.get("GIRD_LONG", "") not in ("", "0")


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


# A kill at each call.

class Cells:
    """A state directory in the scratch folder, and the guard that uses it."""

    def __init__(self, name, *options):
        self.folder = os.path.abspath(name)
        os.mkdir(self.folder, 0o700)
        self.options = options

    def words(self, *command):
        return [*self.options, "--store", self.folder, "--", *(command or ("true",))]

    def run(self, *command, **keys):
        return gird(*self.words(*command), **keys)

    def files(self):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(self.folder) for name in names)

    def shown(self, name="k"):
        """What `gird breaker show` tells of it; nothing when there is no cell."""
        done = gird("breaker", "show", name, "--json", "--store", self.folder)
        check(done.status in (0, 1) and done.err == b"" or done.status == 1, done)
        return json.loads(done.out) if done.status == 0 else None


def sleep_past_open_time():
    """Longer than --open-for 1ms: only the clock's least is counted on."""
    time.sleep(0.005)


def killed_everywhere(words, before=None, after=None):
    """Kills a run of gird before and after each of its calls, in a state that `before` prepares."""
    for action in ("kill-before", "kill-after"):
        for at in range(1, FAR):
            if before:
                before()
            done = injected([action, at], GIRD, *words)
            where = f"{action} {at}"
            if done.status != KILLED:
                same(done.status, 0, where)
                check(at > 40, "the path has only", at, "calls")
                break
            after(where)


@case("a breaker that is closed: killed anywhere, the next run works and the cell is whole")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "3", "--failure-rate", "100%")
    same(cells.run().status, 0)
    calls_so_far = cells.shown()["totals"]["calls"]

    def after(where):
        nonlocal calls_so_far
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        shown = cells.shown()
        # The one that was killed was never begun, has ended, or is found to have vanished: it counts
        # once at most.
        counted = shown["totals"]["calls"] - calls_so_far
        check(counted in (1, 2), where, counted, "calls counted")
        calls_so_far = shown["totals"]["calls"]
        same((shown["state"], shown["holders"], cells.files()), ("closed", [], [cells.folder + "/breaker/k.cell"]),
             where)
    killed_everywhere(cells.words(), after=after)


@case("a breaker that is made by the run: killed anywhere, the next run makes it")
def _():
    count = 0

    def before():
        nonlocal count, cells
        count += 1
        cells = Cells(f"state{count}/", "breaker-run", "--name", "k", "--failure-threshold", "3")
        os.rmdir(cells.folder)
        words[:] = cells.words()

    def after(where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        same((cells.shown()["state"], cells.files()), ("closed", [cells.folder + "/breaker/k.cell"]), where)
    cells, words = None, []
    killed_everywhere(words, before, after)


@case("a probe that is killed anywhere gives its permit back at once")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "1", "--open-for", "1ms",
                  "--open-max", "1ms")

    def before():
        cells.run("false")
        same(cells.shown()["state"], "open")
        sleep_past_open_time()

    def after(where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        shown = cells.shown()
        check(shown["state"] in ("half-open", "closed") and shown["probes"] == 0, where, shown)
        same(cells.files(), [cells.folder + "/breaker/k.cell"], where)
    killed_everywhere(cells.words(), before, after)


@case("a breaker that opens: killed anywhere, it is open or it is not, and its history can be read")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "1")

    def before():
        same(gird("breaker", "reset", "k", "--store", cells.folder).status, 0)

    def after(where):
        state = cells.shown()["state"]
        done = cells.run()
        # Found to have vanished, the killed call is the failure that opens it.
        check(done.status in ((0, REFUSED) if state == "closed" else (REFUSED,)), where, state, done)
        told = gird("breaker", "history", "k", "--json", "--store", cells.folder)
        same((told.status, told.err), (0, b""), where)
        for line in told.out.splitlines():
            json.loads(line)
    for action in ("kill-before", "kill-after"):
        for at in range(1, FAR):
            before()
            done = injected([action, at], GIRD, *cells.words("false"))
            if done.status != KILLED:
                same(done.status, 1, f"{action} {at}")
                break
            after(f"{action} {at}")


# A failure of each call on the cell.

FAULTS = tuple(getattr(errno, name) for name in ("ENOSPC", "EIO", "EROFS", "EMFILE", "ENOMEM", "EINTR", "EACCES"))


def faults(shift):
    """Every error, or in the short run another one for each call."""
    return FAULTS if LONG else (FAULTS[shift % len(FAULTS)],)


def failed_everywhere(make, prepare, judge):
    """Fails each call on the state directory once, and it with all behind it, and judges both what is
    answered with --on-store-error refuse and with run."""
    for action in ("fail", "fail-from"):
        for at in range(1, FAR):
            reached = True
            for number in faults(at + len(action)):
                where = f"{errno.errorcode[number]} {action} {at}"
                was_refused = False
                for choice in ("refuse", "run"):
                    cells = make()
                    prepare(cells)
                    done = failing(cells, [action, at, number], choice)
                    reached = len(lines("calls")) >= at
                    where = f"{choice}: {where} {lines('calls')[at - 1:at]}"
                    was_refused = verdict(done, choice, was_refused, where)
                    judge(cells, where)
            if not reached:
                break
        check(at > 5, "the path has only", at, "calls on the cell")


def failing(cells, action, choice):
    with contextlib.suppress(FileNotFoundError):
        os.remove("ran")
    words = cells.words("sh", "-c", "echo x >> ran; exit 7")
    words[1:1] = ["--on-store-error", choice]
    return injected(action, GIRD, *words, under=cells.folder, log="calls")


def verdict(done, choice, was_refused, where):
    """Whether it was refused; the other choice runs the command just there, and says so."""
    text = done.err.decode(errors="replace")
    ran = len(lines("ran"))
    if choice == "refuse":
        check((done.status, ran) in ((7, 1), (REFUSED, 0)), where, ran, done)
        check(done.status == 7 or text.startswith("gird "), where, done)
    else:
        same((done.status, ran), (7, 1), where)
        same("runs unguarded" in text, was_refused, where)
    check(len(text.splitlines()) <= 4, where, done)
    return done.status == REFUSED


def make_cells(*options):
    """A maker of Cells, each in a folder of its own."""
    count = 0

    def make():
        nonlocal count
        count += 1
        return Cells(f"state{count}", *options)
    return make


def well_again(cells, where):
    done = cells.run()
    same((done.status, done.err), (0, b""), where)
    shown = cells.shown()
    same((shown["state"], shown["holders"]), ("closed", []), where)
    same(cells.files(), [cells.folder + "/breaker/k.cell"], where)


@case("a cell whose calls fail: the command runs once or is refused as was asked for")
def _():
    failed_everywhere(make_cells("breaker-run", "--name", "k"), lambda cells: same(cells.run().status, 0), well_again)


@case("a cell that cannot be made: the command runs once or is refused as was asked for")
def _():
    failed_everywhere(make_cells("breaker-run", "--name", "k"), lambda cells: None, well_again)


if __name__ == "__main__":
    main()
