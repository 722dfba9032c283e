"""Guards whose command is another guard: one process, and nothing else that anybody could tell.

Every pair of guards runs every situation twice, in one process and with --no-fuse, and shows the
same output, messages, events, reports and status.
"""

import itertools
import json
import os
import re
import shutil
import signal

from harness import (BROKEN, GIRD, LATE, NOT_FOUND, case, check, ended, gird, lines, main, number_in, run,
                     same, script, start, state_of, wait_for)

GUARDS = ["retry", "breaker-run", "rate-limit"]
PAIRS = list(itertools.product(GUARDS, repeat=2))
# One word more and its settings, and a guard is in every pair.
SETTINGS = {"GIRD_RETRY_DELAY": "1ms", "GIRD_RETRY_ATTEMPTS": "2", "GIRD_RATE_LIMIT_NAME": "limit",
            "GIRD_RATE_LIMIT_RATE": "1000/s"}
TIMES = re.compile(r"\b\d+(\.\d+)?(ns|us|ms|s|m)\b")
VARYING = {"ts", "run", "duration_s", "wait_s", "started_at", "deadline_s"}


def untimed(value):
    """A JSON value without what differs from run to run."""
    if isinstance(value, dict):
        return {key: "..." if key in VARYING else untimed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [untimed(one) for one in value]
    return TIMES.sub("TIME", value) if isinstance(value, str) else value


def guard(name, where, *options):
    return [name, "-v", "--events", f"file:{where}.events", *options]


class Way:
    """A stack of guards, fused or apart, in a folder and with a state of its own."""

    def __init__(self, stack, command, apart, env):
        self.folder = os.path.abspath("apart" if apart else "fused")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        self.keys = {"cwd": self.folder, "env": SETTINGS | {"GIRD_STATE_DIR": f"{self.folder}/state"} | env}
        self.argv = []
        for level, (name, *options) in enumerate(stack):
            more = ["--no-fuse"] if apart else []
            self.argv += [GIRD, *guard(name, level, *more, *options), "--"]
        self.argv += command
        self.levels = range(len(stack))

    def report(self, done):
        """All that can be seen of it."""
        events = {level: [untimed(json.loads(line)) for line in lines(f"{self.folder}/{level}.events")]
                  for level in self.levels}
        # What a guard of its own was started with differs by --no-fuse alone.
        text = json.dumps(events).replace('"--no-fuse", ', "").replace("--no-fuse ", "")
        runs = {json.loads(line)["run"] for level in self.levels
                for line in lines(f"{self.folder}/{level}.events")}
        message = TIMES.sub("TIME", done.err.decode()).replace(self.folder, "")
        return {"status": done.status, "out": done.out.replace(self.folder.encode(), b""), "err": message,
                "events": text.replace(self.folder, ""), "runs": len(runs)}


def both(stack, *command, wait=None, env=None, parts=("status", "out", "err", "events", "runs"), **keys):
    """Runs `stack` around `command` both ways, compares, and returns what was seen.

    `parts` are those compared. `wait` is called with the running program and its folder, before its end is awaited.
    """
    seen = []
    for apart in (False, True):
        way = Way(stack, list(command), apart, env or {})
        if wait:
            with start(*way.argv, **way.keys, **keys) as process:
                wait(process, way.folder)
                done = ended(process)
        else:
            done = run(way.argv, **way.keys, **keys)
        seen.append(way.report(done))
    for part in parts:
        same(seen[0][part], seen[1][part], f"{part} in one process")
    return seen[0]


def for_each_pair(name):
    """A case for every pair of guards."""
    def add(function):
        for outer, inner in PAIRS:
            case(f"{outer} around {inner}: {name}")(lambda outer=outer, inner=inner: function(outer, inner))
        return function
    return add


@for_each_pair("success")
def _(outer, inner):
    seen = both([[outer], [inner]], "sh", "-c", "echo out; echo err >&2")
    same((seen["status"], seen["out"], seen["err"], seen["runs"]), (0, b"out\n", "err\n", 1))


@for_each_pair("failure")
def _(outer, inner):
    same(both([[outer], [inner]], "sh", "-c", "echo out; exit 7")["status"], 7)


@for_each_pair("a success after failures")
def _(outer, inner):
    seen = both([[outer], [inner]], "sh", "-c", "echo x >> tries; test $(wc -l < tries) -ge 3")
    check(seen["out"] == b"")


@for_each_pair("death by a signal")
def _(outer, inner):
    for name in ("KILL", "SEGV", "TERM", "PIPE"):
        seen = both([[outer], [inner]], "sh", "-c", f"ulimit -c 0; kill -{name} $$")
        same(seen["status"], -getattr(signal, f"SIG{name}"), name)


@for_each_pair("a mistake in the inner command line")
def _(outer, inner):
    seen = both([[outer], [inner, "--no-such-option"]], "true")
    same(seen["status"], BROKEN)
    check(f"gird {inner}: --no-such-option" in seen["err"], seen)


@for_each_pair("no such command")
def _(outer, inner):
    seen = both([[outer], [inner]], "gird-no-such-program")
    same(seen["status"], NOT_FOUND)
    check("cannot run gird-no-such-program" in seen["err"], seen)


@for_each_pair("help and version of the inner guard")
def _(outer, inner):
    for option in ("-h", "--help", "--version"):
        check(both([[outer], [inner, option]], "true")["out"].startswith(b"gird"), option)


@for_each_pair("what the command finds in its environment")
def _(outer, inner):
    seen = both([[outer], [inner]], "sh", "-c",
                'echo "$GIRD_DEPTH ${GIRD_ATTEMPT-} ${#GIRD_RUN} ${GIRD_DEADLINE_AT+deadline}"; env | cut -d= -f1 | sort')
    check(seen["out"].startswith(b"2 "), seen["out"])


@for_each_pair("standard input")
def _(outer, inner):
    same(both([[outer], [inner]], "wc", "-c", stdin=b"12345")["out"].strip(), b"5")


@for_each_pair("the outer time limit ends what the inner guard runs")
def _(outer, inner):
    seen = both([[outer, "-t", "150ms"], [inner]], "sh", "-c", 'trap "exit 9" TERM; sleep 60 > /dev/null 2>&1 & wait')
    same(seen["status"], LATE)


@for_each_pair("the outer patience ends what will not hear TERM")
def _(outer, inner):
    seen = both([[outer, "-t", "100ms", "--kill-after", "50ms"], [inner, "--kill-after", "1h"]],
                "sh", "-c", 'trap "" TERM; sleep 60; sleep 60')
    same(seen["status"], LATE)


@for_each_pair("the inner time limit, the outer one being longer")
def _(outer, inner):
    same(both([[outer, "-t", "1m"], [inner, "-t", "100ms"]], "sleep", "60")["status"], LATE)


@for_each_pair("signals from outside")
def _(outer, inner):
    def send(number):
        def act(process, folder):
            number_in(f"{folder}/ready")
            process.send_signal(number)
        return act
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        seen = both([[outer], [inner]], "sh", "-c", "ulimit -c 0; sleep 60 > /dev/null 2>&1 & echo $$ > ready; wait", wait=send(number))
        same(seen["status"], -number)
    seen = both([[outer], [inner]], "sh", "-c", 'trap "exit 9" TERM; sleep 60 > /dev/null 2>&1 & echo $$ > ready; wait',
                wait=send(signal.SIGTERM))
    same(seen["status"], 9)


@for_each_pair("a signal that is not the end")
def _(outer, inner):
    def send(process, folder):
        number_in(f"{folder}/ready")
        process.send_signal(signal.SIGUSR1)
    seen = both([[outer], [inner]], "sh", "-c", 'trap "echo heard; exit 0" USR1; sleep 60 > /dev/null 2>&1 & echo $$ > ready; wait',
                wait=send)
    same((seen["status"], seen["out"]), (0, b"heard\n"))


@for_each_pair("it is one process, and two with --no-fuse")
def _(outer, inner):
    for option, one in ((), True), (("--no-fuse",), False), (("--fuse",), True):
        argv = [GIRD, outer, *option, "--", GIRD, inner, "--", "sh", "-c", "echo $PPID"]
        with start(*argv, env=SETTINGS | {"GIRD_STATE_DIR": os.getcwd()}) as process:
            done = ended(process)
        check((int(done.out) == process.pid) == one, option, done.out, process.pid)


@case("the outer time limit ends the wait of the inner guard")
def _():
    seen = both([["retry", "-t", "200ms", "-n", "2"], ["retry", "-d", "1h", "-j", "none"]], "false")
    same(seen["status"], LATE)


@case("the outer deadline ends the wait of the inner guard")
def _():
    seen = both([["retry", "--deadline", "3s", "-n", "2"], ["retry", "-n", "2", "-d", "1h", "-j", "none"]],
                "sh", "-c", "test -n \"$GIRD_DEADLINE_AT\" && exit 3")
    check(seen["status"] in (3, LATE), seen)


@case("the outer deadline ends what the inner guard runs")
def _():
    # Both guards have the same deadline; which of them is the first, nobody knows.
    seen = both([["retry", "--deadline", "300ms"], ["retry"]], "sleep", "60", parts=("status", "out"))
    same(seen["status"], LATE)


@case("three guards, of which the outermost has the least time")
def _():
    same(both([["retry", "-t", "200ms", "-n", "1"], ["retry", "-t", "1m"], ["retry", "-t", "2m"]],
              "sleep", "60")["status"], LATE)


@case("three guards, of which the middle one has the least time")
def _():
    same(both([["retry", "-t", "1m", "-n", "2"], ["retry", "-t", "200ms", "-n", "2"], ["retry", "-n", "2"]],
              "sh", "-c", "echo x; sleep 60")["out"], b"x\n" * 4)


@case("attempts multiply")
def _():
    same(both([["retry", "-n", "3"], ["retry", "-n", "4"]], "sh", "-c", "echo x; exit 1")["out"], b"x\n" * 12)


@case("output that the inner guard holds, and its reports")
def _():
    seen = both([["retry", "-n", "2"], ["retry", "--stdout", "hold", "--report", "json=report"]],
                "sh", "-c", "echo half; echo x >> tries; test $(wc -l < tries) -ge 4")
    same((seen["status"], seen["out"]), (0, b"half\nhalf\n"))
    reports = [untimed(json.loads(open(f"{way}/report", encoding="utf-8").read())) for way in ("fused", "apart")]
    same(reports[0], reports[1], "report")


@case("held output of the inner guard that nobody reads")
def _():
    for more in ((), ("--no-fuse",)):
        reader, writer = os.pipe()
        with os.fdopen(reader), os.fdopen(writer, "wb") as out:
            done = gird("retry", *more, "-n", "1", "-t", "300ms", "--", GIRD, "retry", "--stdout", "hold", "--", "seq", "1000000",
                        stdout=out)
        same(done.status, LATE, more)


@case("input that the inner guard replays, and what it hears on a descriptor")
def _():
    seen = both([["retry", "-n", "2"], ["retry", "--stdin", "replay", "--pushback", "fd"]],
                "sh", "-c", "wc -c; echo retry-after: 0.001 >&$GIRD_PUSHBACK_FD; exit 1", stdin=b"123")
    same(seen["out"].split()[:2], [b"3"] * 2)


@case("hooks of both guards")
def _():
    both([["retry", "--on-retry-sh", "echo outer $GIRD_DEPTH $GIRD_EXIT >&2"],
          ["retry", "--on-retry-sh", "echo inner $GIRD_DEPTH $GIRD_EXIT >&2", "--then-sh", "exit 4"]],
         "sh", "-c", "exit 3")


@case("an explanation")
def _():
    check(b"attempts" in both([["retry"], ["retry", "--explain"]], "true")["out"])


@case("an inner explanation that nobody reads")
def _():
    def never_read(*more):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as out:
            done = gird("retry", *more, "-n", "1", "--", GIRD, "retry", "--explain", "--", "true", stdout=out)
        return done.status, TIMES.sub("TIME", done.err.decode())
    same(never_read(), never_read("--no-fuse"))


@case("what an earlier success left behind is not for the sweeps of an inner guard")
def _():
    text = """
        echo x >> tries
        case $(wc -l < tries) in
          1) sleep 60 > /dev/null 2>&1 & echo $! > left; exit 0 ;;
          2) exit 1 ;;
          *) ps -o stat= -p $(cat left) > /dev/null && echo lives; exit 0 ;;
        esac"""
    seen = both([["retry", "--until-success", "2"], ["retry"]], "sh", "-c", text)
    same((seen["status"], seen["out"]), (0, b"lives\n"))


@case("what the inner guard left behind goes with the outer failure")
def _():
    seen = both([["retry", "-n", "2", "--success-on", "5"], ["retry"]],
                "sh", "-c", "sleep 60 > /dev/null 2>&1 & echo $! >> left")
    same(seen["status"], 1)
    for way in ("fused", "apart"):
        same([state_of(pid) for pid in lines(f"{way}/left")], ["", ""], way)


@case("a descriptor of ours is none of the inner guard's")
def _():
    statuses = {gird("retry", *more, "-n", "1", "-q", "--", GIRD, "retry", "--events", f"fd:{number}", "--", "true").status
                for number in (3, 4, 5, 6) for more in ((), ("--no-fuse",))}
    same(statuses, {BROKEN})


@case("by whatever name it goes")
def _():
    os.link(GIRD, "hard") if os.stat(GIRD).st_dev == os.stat(".").st_dev else os.symlink(GIRD, "hard")
    os.symlink(GIRD, "soft")
    os.symlink("soft", "retry")
    for words in (["./hard", "retry"], ["./soft", "retry"], ["./retry"], [os.path.abspath("retry")]):
        with start(GIRD, "retry", "--", *words, "--", "sh", "-c", "echo $PPID") as process:
            same(int(ended(process).out), process.pid, words)
    for words in (["hard", "retry"], ["retry"]):
        with start(GIRD, "retry", "--", *words, "--", "sh", "-c", "echo $PPID",
                   env={"PATH": f"/nowhere:{os.getcwd()}:{os.environ['PATH']}"}) as process:
            same(int(ended(process).out), process.pid, words)


@case("a name alone is not enough")
def _():
    shutil.copy(GIRD, "copy")
    with start(GIRD, "retry", "--", "./copy", "retry", "--", "sh", "-c", "echo $PPID") as process:
        check(int(ended(process).out) != process.pid)
    os.mkdir("bin")
    script("bin/gird", "#!/bin/sh\necho not gird: $*\n")
    done = run([GIRD, "retry", "--", "gird", "retry", "--", "true"], env={"PATH": f"{os.getcwd()}/bin:{os.environ['PATH']}"})
    same((done.status, done.out), (0, b"not gird: retry -- true\n"))


@case("one that may not be executed is not run")
def _():
    shutil.copy(GIRD, "own")
    program = os.path.abspath("own")
    for more in ((), ("--no-fuse",)):
        os.chmod(program, 0o755)
        done = run(["sh", "-c", f"exec {program} retry {' '.join(more)} -n 2 -- sh -c 'chmod 644 own; exec ./own retry -- true'"])
        same(done.status, 126, more)
    script("unmake", "#!/bin/sh\nchmod 644 own\nexit 1\n")


@case("commands that are no guards are executed")
def _():
    done = gird("retry", "--", GIRD, "--version")
    same((done.status, done.out[:5]), (0, b"gird "))
    same(gird("retry", "-n", "1", "--", GIRD, "no-such-command").status, 2)
    same(gird("retry", "-n", "1", "-q", "--", GIRD).status, 2)


@case("what is redirected is a process of its own")
def _():
    for options in (["--stdout", "hold"], ["--retry-if-stderr", "x"], ["--stdin", "null"], ["--pushback", "fd"]):
        with start(GIRD, "retry", *options, "--", GIRD, "retry", "--", "sh", "-c", "echo $PPID") as process:
            check(int(ended(process).out) != process.pid, options)


@case("--no-fuse by the environment, and taken back")
def _():
    for env, options, one in (({"GIRD_NO_FUSE": "1"}, [], False), ({"GIRD_RETRY_NO_FUSE": "true"}, [], False),
                              ({"GIRD_NO_FUSE": "1"}, ["--fuse"], True)):
        with start(GIRD, "retry", *options, "--", GIRD, "retry", "--", "sh", "-c", "echo $PPID", env=env) as process:
            check((int(ended(process).out) == process.pid) == one, env, options)


@case("very many guards in a row")
def _():
    done = run([GIRD, *[word for _ in range(60) for word in ("retry", "--", GIRD)], "retry", "--", "sh", "-c",
                "echo $GIRD_DEPTH; exit 5"][:], env={"GIRD_ATTEMPTS": "1", "GIRD_QUIET": "1"})
    same((done.status, done.out), (5, b"61\n"))


@case("a wait of the inner guard is interrupted")
def _():
    def send(process, folder):
        wait_for(lambda: any('"attempt-failed"' in line for line in lines(f"{folder}/1.events")), "the wait")
        process.send_signal(signal.SIGTERM)
    seen = both([["retry"], ["retry", "-d", "1h", "-j", "none"]], "false", wait=send)
    same(seen["status"], -signal.SIGTERM)


if __name__ == "__main__":
    main()
