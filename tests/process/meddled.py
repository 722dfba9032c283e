#!/usr/bin/python3
"""A guard that is killed at each of its calls to the system, or whose calls on its cell fail.

tests/inject says which call. A kill must leave nothing behind that stands in the way: no permit, no
place in a queue, no half of a cell, no temporary file. A failure is answered as --on-store-error says. With
GIRD_LONG=1 each call fails with each error.
"""

import contextlib
import errno
import functools
import json
import os
import subprocess
import time

from harness import GIRD, Skip, case, check, gird, is_sanitized, lines, main, run, same, script, start, wait_for

INJECT = os.path.abspath(os.environ.get("INJECT", "build/tests/inject"))
KILLED, CANNOT_TRACE, REFUSED = 137, 77, 75
FAR = 5000  # calls that no path has
LONG = os.environ.get("GIRD_LONG", "") not in ("", "0")


@functools.cache
def has_calls_of_its_own():
    return is_sanitized()


def injected(action, *words, under=None, log=None, **keys):
    """Runs `words` with `action` (a list) done to it."""
    if has_calls_of_its_own():
        raise Skip("a sanitizer makes calls of its own, and looks for leaks by tracing")
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

@case("the tool knows a mistake")
def _():
    for words in ((), ("kill",), ("count",), ("count", "--"), ("kill-before", "0", "--", "true"),
                  ("fail", "1", "--", "true"), ("fail", "1", "x", "--", "true"), ("count", "--over", ".", "--", "true"),
                  ("count", "--log", "none/log", "--", "true")):
        done = run([INJECT, *words])
        same((done.status, done.out, done.err.startswith(b"usage: inject ")), (2, b"", True), words)


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
    """A state directory in the scratch folder, and a command line of gird that uses it."""

    def __init__(self, name, *words, command=("true",)):
        self.folder = os.path.abspath(name)
        os.mkdir(self.folder, 0o700)
        self.guards, self.command = words, command

    def words(self, *command):
        return [*self.guards, "--", *(command or self.command)]

    def environment(self, **more):
        return {"env": {"GIRD_STATE_DIR": self.folder} | more}

    def run(self, *command):
        return gird(*self.words(*command), **self.environment())

    def ask(self, *words):
        return gird(*words, **self.environment())

    def files(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                      for folder, _, names in os.walk(self.folder) for name in names)

    def shown(self, name="k"):
        """What `gird breaker show` tells of it."""
        done = self.ask("breaker", "show", name, "--json")
        same((done.status, done.err), (0, b""), "show")
        return json.loads(done.out)

    def peeked(self, *limits):
        done = self.ask("rate-limit", "--name", "k", *limits, "--peek", "--json")
        same((done.status in (0, 1), done.err), (True, b""), "peek")
        return json.loads(done.out)


def sleep_past_open_time():
    """Longer than --open-for 1ms: only the clock's least is counted on."""
    time.sleep(0.005)


def killed_everywhere(prepare, after, command=(), ends=0):
    """Kills a run of gird at each of its calls, with the Cells that `prepare` gives. All that others can
    see of it are its calls: killed after one of them is the same as killed before the next one, but
    for the long run."""
    for action in ("kill-before", "kill-after") if LONG else ("kill-before",):
        for at in range(1, FAR):
            cells = prepare()
            done = injected([action, at], GIRD, *cells.words(*command), **cells.environment())
            where = f"{action} {at}"
            if done.status != KILLED:
                same(done.status, ends, where)
                check(at > 40, "the path has only", at, "calls")
                break
            after(cells, where)


BREAKER_CELL, LIMIT_CELL, BUDGET_CELL = "breaker/k.cell", "limit/k.cell", "budget/k.cell"


@case("a breaker that is closed: killed anywhere, the next run works and the cell is whole")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "3", "--failure-rate", "100%")
    same(cells.run().status, 0)
    calls_so_far = cells.shown()["totals"]["calls"]

    def after(_, where):
        nonlocal calls_so_far
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        shown = cells.shown()
        # The one that was killed was never begun, has ended, or is found to have vanished: it counts
        # once at most.
        counted = shown["totals"]["calls"] - calls_so_far
        check(counted in (1, 2), where, counted, "calls counted")
        calls_so_far = shown["totals"]["calls"]
        same((shown["state"], shown["holders"], cells.files()), ("closed", [], [BREAKER_CELL]), where)
    killed_everywhere(lambda: cells, after)


def anew(*words, **keys):
    """A function that gives Cells in a new folder each time."""
    made = []

    def make():
        made.append(Cells(f"state{len(made)}", *words, **keys))
        return made[-1]
    return make


@case("a breaker that is made by the run: killed anywhere, the next run makes it")
def _():
    def after(cells, where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        same((cells.shown()["state"], cells.files()), ("closed", [BREAKER_CELL]), where)
    killed_everywhere(anew("breaker-run", "--name", "k", "--failure-threshold", "3"), after)


@case("a probe that is killed anywhere gives its permit back at once")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "1", "--open-for", "1ms", "--open-max",
                  "1ms")

    def before():
        cells.run("false")
        same(cells.shown()["state"], "open")
        sleep_past_open_time()
        return cells

    def after(_, where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        shown = cells.shown()
        check(shown["state"] in ("half-open", "closed") and shown["probes"] == 0, where, shown)
        same(cells.files(), [BREAKER_CELL], where)
    killed_everywhere(before, after)


@case("a breaker that opens: killed anywhere, it is open or it is not, and its history can be read")
def _():
    cells = Cells("state", "breaker-run", "--name", "k", "--failure-threshold", "1")

    def before():
        same(cells.ask("breaker", "reset", "k").status, 0)
        return cells

    def after(_, where):
        state = cells.shown()["state"]
        done = cells.run()
        # Found to have vanished, the killed call is the failure that opens it.
        check(done.status in ((0, REFUSED) if state == "closed" else (REFUSED,)), where, state, done)
        told = cells.ask("breaker", "history", "k", "--json")
        same((told.status, told.err), (0, b""), where)
        for line in told.out.splitlines():
            json.loads(line)
    killed_everywhere(before, after, ("false",), 1)


ONE = ("--concurrency", "1")


@case("the one place of a limit: killed anywhere, the next run has it at once")
def _():
    def after(cells, where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        seen = cells.peeked(*ONE)
        same((seen["at_once"], seen["queue"], cells.files()), (0, 0, [LIMIT_CELL]), where)
    cells = Cells("state", "rate-limit", "--name", "k", *ONE)
    same(cells.run().status, 0)
    killed_everywhere(lambda: cells, after)
    killed_everywhere(anew("rate-limit", "--name", "k", *ONE, "-r", "1000000/s"), after)


@case("a place in the queue: killed anywhere, nobody waits for it")
def _():
    cells = Cells("state", "rate-limit", "--name", "k", *ONE, "--wait", "10ms")
    with start(GIRD, "rate-limit", "--name", "k", *ONE, "--", "cat", stdin=subprocess.PIPE,
               **cells.environment()) as holder:
        wait_for(lambda: os.path.exists(cells.folder + "/" + LIMIT_CELL) and cells.peeked(*ONE)["at_once"] == 1)

        def after(_, where):
            # Any step finds who has vanished: here that of somebody who does not want to wait.
            same(cells.ask("rate-limit", "--name", "k", *ONE, "--", "true").status, REFUSED, where)
            seen = cells.peeked(*ONE)
            same((seen["at_once"], seen["queue"], cells.files()), (1, 0, [LIMIT_CELL]), where)
        killed_everywhere(lambda: cells, after, ends=REFUSED)
        holder.stdin.close()
        same(holder.wait(), 0)
    same(cells.run().status, 0, "when the place is free")


@case("a budget of retries: killed anywhere, the next run works")
def _():
    def after(cells, where):
        done = cells.run("true")
        same((done.status, done.err, cells.files()), (0, b"", [BUDGET_CELL]), where)
    words = ("retry", "-q", "-n", "2", "-d", "0", "--budget", "k:10%:1000000/s")
    cells = Cells("state", *words)
    same(cells.run("false").status, 1)
    killed_everywhere(lambda: cells, after, ("false",), 1)
    killed_everywhere(anew(*words), after, ("false",), 1)


def fused(*between):
    """Three guards in one process."""
    return ("breaker-run", "--name", "k", "--failure-threshold", "3", "--failure-rate", "100%", *between, "--", GIRD,
            "retry", "-n", "1", "--budget", "k", "--", GIRD, "rate-limit", "--name", "k", *ONE)


@case("three guards in one process: killed anywhere, the next run works")
def _():
    def after(cells, where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        same((cells.shown()["state"], cells.peeked(*ONE)["at_once"]), ("closed", 0), where)
        same(cells.files(), [BREAKER_CELL, BUDGET_CELL, LIMIT_CELL], where)
    cells = Cells("state", *fused())
    same(cells.run().status, 0)
    killed_everywhere(lambda: cells, after)


# A failure of each call on the cell.

FAULTS = tuple(getattr(errno, name) for name in ("ENOSPC", "EIO", "EROFS", "EMFILE", "ENOMEM", "EINTR", "EACCES"))


def faults(shift):
    """Every error, or in the short run another one for each call."""
    return FAULTS if LONG else (FAULTS[shift % len(FAULTS)],)


def failed_everywhere(make, prepare, judge, actions):
    """Fails each call on the state directory once, or it and all behind it, and judges both what is
    answered with --on-store-error refuse and with run."""
    for action in actions:
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
    return injected(action, GIRD, *cells.words("sh", "-c", "echo x >> ran; exit 7"), under=cells.folder, log="calls",
                    **cells.environment(GIRD_ON_STORE_ERROR=choice))


def verdict(done, choice, was_refused, where):
    """Whether it was refused; the other choice runs the command just there, and says so."""
    text = done.err.decode(errors="replace")
    ran = len(lines("ran"))
    if choice == "refuse":
        check((done.status, ran) in ((7, 1), (REFUSED, 0)), where, ran, done)
        check(done.status == 7 or text.startswith("gird "), where, done)
    else:
        same((done.status, ran), (7, 1), where)
        same("the command runs without its " in text, was_refused, where)
    check(len(text.splitlines()) <= 4, where, done)
    return done.status == REFUSED


def well_again(*files):
    def judge(cells, where):
        done = cells.run()
        same((done.status, done.err), (0, b""), where)
        same(cells.files(), sorted(files), where)
        if BREAKER_CELL in files:
            shown = cells.shown()
            same((shown["state"], shown["holders"]), ("closed", []), where)
        if LIMIT_CELL in files:
            seen = cells.peeked(*ONE)
            same((seen["at_once"], seen["queue"]), (0, 0), where)
    return judge


GUARDS = {
    "a breaker": (("breaker-run", "--name", "k"), (BREAKER_CELL,)),
    "a limit": (("rate-limit", "--name", "k", *ONE), (LIMIT_CELL,)),
    "three guards": (fused(), (BREAKER_CELL, BUDGET_CELL, LIMIT_CELL)),
}


def fault(name, words, files):
    actions = ("fail", "fail-from") if LONG or len(files) == 1 else ("fail",)

    @case(f"{name} whose cells fail at any call: the command runs once or is refused as was asked for")
    def _():
        failed_everywhere(anew(*words), lambda cells: same(cells.run().status, 0), well_again(*files), actions)

    @case(f"{name} whose cells cannot be made: the command runs once or is refused as was asked for")
    def _():
        failed_everywhere(anew(*words), lambda cells: None, well_again(*files), actions)


for guard_name, (guard_words, guard_files) in GUARDS.items():
    fault(guard_name, guard_words, guard_files)


if __name__ == "__main__":
    main()
