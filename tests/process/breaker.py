#!/usr/bin/python3
"""gird breaker beside other processes: changes that are followed, calls under way, metrics."""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios

from harness import GIRD, HANG, case, check, ended, gird, main, same, start, wait_for


def state():
    """The shared state of a case lives in its own folder."""
    return {"GIRD_STATE_DIR": os.path.abspath("state")}


def breaker(*words):
    done = gird("breaker", *words, env=state())
    check(done.status == 0, words, done)
    return done.out.decode()


def watch(*words, **keys):
    # Unbuffered: what one read took in advance, select would not see.
    return start(GIRD, "breaker", "watch", *words, env=state(), bufsize=0, **keys)


def next_line(process):
    """The next object that a watch writes."""
    check(select.select([process.stdout], [], [], HANG)[0], "no line comes")
    return json.loads(process.stdout.readline())


# What Prometheus and OpenMetrics allow.

SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(,|$)')
NUMBER = re.compile(r'[-+]?(\d+(\.\d+)?([eE][-+]?\d+)?|Inf)|NaN')


def labels_of(text):
    """The labels between the braces as a dictionary."""
    labels, at = {}, 0
    while at < len(text):
        label = LABEL.match(text, at)
        check(label, "label", text[at:])
        check(label[1] not in labels, "label twice", text)
        labels[label[1]] = label[2]
        at = label.end()
    return labels


def family_of(line, name, kind, openmetrics):
    """The name that a sample of a family must have."""
    check(kind in ("gauge", "counter"), line)
    if kind == "counter" and openmetrics:
        check(not name.endswith("_total"), "a family without _total", line)
        return name + "_total"
    check((kind == "counter") == name.endswith("_total"), "_total is for counters", line)
    return name


def parsed(text, openmetrics):
    """The samples as {name: [(labels, value)]}; whatever the format forbids fails the case."""
    check(text.endswith("\n") and "\r" not in text, "ends of lines")
    lines = text[:-1].split("\n")
    if openmetrics:
        check(lines.pop() == "# EOF", "# EOF comes last")
    samples, helped, typed, current = {}, set(), set(), None
    for line in lines:
        check(line and line != "# EOF", "an empty line, or an end in the middle")
        if line.startswith("# HELP "):
            name, words = line[7:].split(" ", 1)
            check(name not in helped and words and "\\" not in words, line)
            helped.add(name)
        elif line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            check(name not in typed and name in helped, "once, and below its help", line)
            typed.add(name)
            current = family_of(line, name, kind, openmetrics)
            check(current not in samples, line)
            samples[current] = []
        else:
            sample = SAMPLE.fullmatch(line)
            check(sample and NUMBER.fullmatch(sample[3]), "sample", line)
            same(sample[1], current, "the family of a sample")
            labels = labels_of(sample[2] or "")
            check(labels not in [one for one, _ in samples[current]], "twice", line)
            samples[current].append((labels, float(sample[3])))
            check(not current.endswith("_total") or float(sample[3]) >= 0, line)
    return samples


@case("metrics are valid, and say what is")
def _():
    breaker("trip", "api", "a:b@c-d_e.f")
    breaker("hold-closed", "db")
    breaker("reset", "mail")
    for form in "prometheus", "openmetrics":
        samples = parsed(breaker("export", "--format", form), form == "openmetrics")
        now = {}
        for labels, value in samples["gird_breaker_state"]:
            same(set(labels), {"name", "state"})
            now.setdefault(labels["name"], []).extend([labels["state"]] if value else [])
        same(now, {"a:b@c-d_e.f": ["open"], "api": ["open"], "db": ["held-closed"], "mail": ["closed"]})
        opened = {labels["name"]: value for labels, value in samples["gird_breaker_opened_total"]}
        same(opened, {"a:b@c-d_e.f": 1, "api": 1, "db": 0, "mail": 0})
        open_since = {labels["name"] for labels, _ in samples["gird_breaker_opened_timestamp_seconds"]}
        same(open_since, {"a:b@c-d_e.f", "api"})
        same(len(samples["gird_breaker_state"]), 4 * 7)
    same(parsed(breaker("export"), False).keys(), parsed(breaker("export", "--format", "prom"), False).keys())


@case("metrics without a breaker are valid, too")
def _():
    for form in "prometheus", "openmetrics":
        samples = parsed(breaker("export", "--format", form), form == "openmetrics")
        check(samples and not any(samples.values()), samples)


@case("a pipe gets a line for what is there, for each change, and for what is removed")
def _():
    breaker("trip", "api")
    with watch() as watching:
        first = next_line(watching)
        same([first["v"], first["name"], first["state"], first["events"]], [1, "api", "open", []])
        breaker("reset", "api")
        second = next_line(watching)
        same([second["name"], second["state"]], ["api", "closed"])
        same([one["event"] for one in second["events"]], ["closed"])
        breaker("disable", "db")
        third = next_line(watching)
        same([third["name"], third["state"]], ["db", "disabled"])
        same([one["event"] for one in third["events"]], ["disabled"])
        same(breaker("gc", "--older-than", "0", "db"), "", "what was set by hand stays")
        breaker("release", "db")
        same(next_line(watching)["state"], "closed")
        breaker("gc", "--older-than", "0", "db")
        same(next_line(watching), {"v": 1, "name": "db", "removed": True})
        watching.terminate()
        done = ended(watching)
        same(done.status, -signal.SIGTERM)
        same([done.out, done.err], [b"", b""])


@case("a state directory that was deleted and made anew is followed again")
def _():
    breaker("trip", "api")
    with watch() as watching:
        same(next_line(watching)["name"], "api")
        shutil.rmtree("state")
        same(next_line(watching), {"v": 1, "name": "api", "removed": True})
        breaker("disable", "db")
        line = next_line(watching)
        same([line["name"], line["state"]], ["db", "disabled"])
        breaker("release", "db")
        same(next_line(watching)["state"], "closed")
        watching.terminate()
        same(ended(watching).status, -signal.SIGTERM)


@case("only what was named is followed")
def _():
    breaker("trip", "api", "db")
    with watch("db", "-n", "1") as watching:
        same(next_line(watching)["name"], "db")
        breaker("reset", "api")
        breaker("reset", "db")
        done = ended(watching)
        same(done.status, 0)
        same([json.loads(line)["name"] for line in done.out.splitlines()], ["db"])


@case("what does not exist yet is followed")
def _():
    with watch("api", "-n", "1") as watching:
        wait_for(lambda: os.path.isdir("state") or watching.poll() is not None, "the watch")
        wait_for(lambda: sleeps(watching.pid), "the watch is waiting")
        breaker("trip", "api")
        done = ended(watching)
        same([done.status, json.loads(done.out)["state"]], [0, "open"])


def sleeps(pid):
    """Whether a process waits in ppoll."""
    with open(f"/proc/{pid}/wchan", encoding="ascii") as file:
        return "poll" in file.read()


@case("many changes at once end in the last one")
def _():
    breaker("reset", "api")
    with watch() as watching:
        next_line(watching)
        for _ in range(30):
            breaker("trip", "api")
            breaker("reset", "api")
        breaker("hold-open", "api")
        last = wait_for(lambda: (one := next_line(watching))["state"] == "held-open" and one, "the end")
        same(last["events"][-1]["event"], "held-open")
        watching.kill()


@case("it ends with the pipe it writes to")
def _():
    breaker("trip", "api")
    with watch() as watching:
        next_line(watching)
        watching.stdout.close()
        wait_for(lambda: watching.poll() is not None, "the end")
        same(watching.returncode, -signal.SIGPIPE)
        same(watching.stderr.read(), b"")


@case("a time limit of 0 is none")
def _():
    breaker("reset", "api")
    with watch("-t", "0", "-n", "1") as watching:
        same(next_line(watching)["state"], "closed")
        breaker("trip", "api")
        same(next_line(watching)["state"], "open")
        same(ended(watching).status, 0)


@case("a time limit ends it with 124")
def _():
    with watch("-t", "50ms") as watching:
        done = ended(watching)
        same([done.status, done.out, done.err], [124, b"", b""])


@contextlib.contextmanager
def on_terminal(*words, columns=80, rows=24):
    """Runs gird on a terminal of its own: the process and the other side."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def take_terminal():
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = start(GIRD, *words, env=state() | {"TERM": "xterm"}, stdin=theirs, stdout=theirs,
                    stderr=theirs, preexec_fn=take_terminal)
    os.close(theirs)
    try:
        with process:
            yield process, ours
    finally:
        os.close(ours)


class Screen:
    """What a terminal shows of a program that moves up, clears and writes."""

    def __init__(self, terminal):
        self.terminal, self.raw, self.lines, self.row, self.column = terminal, "", [""], 0, 0

    def read(self):
        if not select.select([self.terminal], [], [], 0.05)[0]:
            return
        with contextlib.suppress(OSError):
            text = os.read(self.terminal, 65536).decode()
            self.raw += text
            for part in re.findall(r"\x1b\[\d*[A-Z]|\r|\n|[^\x1b\r\n]+", text):
                self.take(part)

    def take(self, part):
        if part == "\r":
            self.column = 0
        elif part == "\n":
            self.row += 1
            if self.row == len(self.lines):
                self.lines.append("")
        elif part.endswith("A") and part.startswith("\x1b"):
            self.row -= int(part[2:-1])
            check(self.row >= 0, "above the first line")
        elif part == "\x1b[K":
            self.lines[self.row] = self.lines[self.row][:self.column]
        elif part == "\x1b[J":
            self.lines[self.row] = self.lines[self.row][:self.column]
            del self.lines[self.row + 1:]
        else:
            check(not part.startswith("\x1b"), repr(part))
            line = self.lines[self.row].ljust(self.column)
            self.lines[self.row] = line[:self.column] + part + line[self.column + len(part):]
            self.column += len(part)

    def wait_for(self, pattern):
        def seen():
            self.read()
            return re.search(pattern, "\n".join(self.lines))
        return wait_for(seen, f"{pattern} in {self.lines}")


@case("on a terminal the table is drawn again in its place, and Ctrl-C leaves it there")
def _():
    breaker("trip", "api")
    breaker("reset", "db")
    with on_terminal("breaker", "watch") as (process, terminal):
        screen = Screen(terminal)
        screen.wait_for(r"^NAME .*\napi +open .*\ndb +closed .*\n$")
        breaker("reset", "api")
        screen.wait_for(r"^NAME .*\napi +closed .*\ndb +closed .*\n$")
        breaker("gc", "--older-than", "0", "db")
        screen.wait_for(r"^NAME .*\napi +closed .*\n$")
        os.write(terminal, b"\x03")
        wait_for(lambda: process.poll() is not None, "the end")
        same(process.returncode, -signal.SIGINT)
        screen.read()
        check(re.search(r"^NAME .*\napi +closed ", "\n".join(screen.lines)), screen.lines)


@case("a table that is larger than its terminal is cut")
def _():
    breaker("trip", *(f"service-number-{number}" for number in range(20)))
    with on_terminal("breaker", "watch", columns=40, rows=8) as (process, terminal):
        screen = Screen(terminal)
        screen.wait_for(r"\.\.\. \d+ more lines")
        breaker("reset", "service-number-0")
        screen.wait_for(r"service-number-0\s+closed")
        check(len(screen.lines) == 8 and all(len(line) <= 40 for line in screen.lines), screen.lines)
        process.kill()


@case("a document is spread out for a reader")
def _():
    breaker("trip", "api")
    with on_terminal("breaker", "show", "--json", "api") as (process, terminal):
        screen = Screen(terminal)
        wait_for(lambda: (screen.read(), process.poll() is not None)[1], "the end")
        screen.read()
        check(len(screen.lines) > 20, screen.lines)
        same(json.loads("\n".join(screen.lines))["state"], "open")


@case("calls under way are listed by their processes until they end")
def _():
    with start(GIRD, "breaker-run", "--name", "api", "--", "sleep", "60", env=state()) as job:
        def holders():
            found = json.loads(breaker("list", "--json"))["breakers"]
            return found and found[0]["holders"]
        same([one["pid"] for one in wait_for(holders, "the call")], [job.pid])
        check(str(job.pid) in breaker("list").splitlines()[1], breaker("list"))
        check(f"process {job.pid}" in breaker("show", "api"), breaker("show", "api"))
        same(breaker("gc", "--older-than", "0"), "", "a breaker in use stays")
        job.kill()
        job.wait()
        same(json.loads(breaker("show", "api", "--json"))["holders"], [])


@case("failures open it, and a probe that succeeds closes it again")
def _():
    def call(line, **keys):
        return gird("breaker-run", "--name", "api", "--failure-threshold", "2", "--open-for", "10ms",
                    "--success-threshold", "1", "--", "sh", "-c", line, env=state(), **keys)
    for _ in range(2):
        same(call("exit 7").status, 7)
    shown = json.loads(breaker("show", "api", "--json"))
    same([shown["state"], shown["opened_by"], shown["opened_value"]], ["open", "failures-in-row", 2])
    same([shown["failures"], shown["failure_rate"], shown["totals"]["failures"]], [2, 1, 2])
    same([shown["config"]["failure_threshold"], shown["config"]["open_for_s"]], [2, 0.01])
    wait_for(lambda: call("exit 0").status == 0, "a probe")
    same(json.loads(breaker("show", "api", "--json"))["state"], "closed")
    events = [json.loads(line)["event"] for line in breaker("history", "api", "--format", "jsonl").splitlines()]
    same([event for event in events if event != "refused"], ["opened", "half-opened", "closed"])


@case("a breaker that is held open refuses, and says how to release it")
def _():
    breaker("hold-open", "api")
    done = gird("breaker-run", "--name", "api", "--", "touch", "ran", env=state())
    same(done.status, 75)
    check(not os.path.exists("ran"))
    breaker("release", "api")
    same(gird("breaker-run", "--name", "api", "--", "touch", "ran", env=state()).status, 0)


if __name__ == "__main__":
    main()
