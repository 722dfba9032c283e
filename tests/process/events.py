#!/usr/bin/python3
"""Events and reports: every line fits the schema of gird-events(5), and none makes the command wait."""

import base64
import fcntl
import json
import os
import pathlib
import re
import signal
import socket
import time
import xml.etree.ElementTree as xml

from harness import (BROKEN, GIRD, LATE, NOT_FOUND, case, check, ended, gird, lines, main, need, number_in, retry,
                     run, same, start, wait_for)

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "man/gird-events.schema.json").read_text(encoding="utf-8"))
JUNIT = ROOT / "tests/data/junit.xsd"
LONGEST = 4096
FLAKY = ["sh", "-c", "[ $GIRD_ATTEMPT -eq 3 ]"]


def definition(name):
    """A schema with all definitions, for one of them."""
    return {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}


def known_keys(name):
    """The keys that a definition names, with those it takes over."""
    part = SCHEMA["$defs"][name]
    inherited = known_keys(part["$ref"].rpartition("/")[2]) if "$ref" in part else set()
    return inherited | set(part.get("properties", ()))


def fits(value, name):
    """Checks a value against a definition; keys that no page names are a mistake too."""
    if jsonschema:
        try:
            jsonschema.Draft202012Validator(definition(name)).validate(value)
        except jsonschema.ValidationError as mistake:
            raise AssertionError(f"{name}: {mistake.message} in {value}") from mistake
    same(set(value) - known_keys(name), set(), f"unknown keys of {name}")


def events_of(data):
    """The events of bytes, each line checked."""
    check(data == b"" or data.endswith(b"\n"), "the last line is not whole")
    events = []
    for line in data.splitlines(keepends=True):
        check(len(line) <= LONGEST, f"{len(line)} bytes")
        event = json.loads(line)
        same(list(event)[:6], ["v", "ts", "tool", "event", "run", "seq"])
        fits(event, event["event"])
        events.append(event)
    return events


def whole_run(events):
    """Checks the order of a run whose events were all taken."""
    same([event["seq"] for event in events], list(range(1, len(events) + 1)), "seq")
    same(len({event["run"] for event in events}), 1, "runs")
    same((events[0]["event"], events[-1]["event"]), ("started", "finished"))
    same([event["event"] for event in events].count("finished"), 1)
    check([event["ts"] for event in events] == sorted(event["ts"] for event in events), "the clock runs back")
    return events


def told(*words, command=retry, **keys):
    """The events of a run, and how it ended."""
    pathlib.Path("events").unlink(missing_ok=True)
    done = command("--events", "file:events", *words, **keys)
    return whole_run(events_of(pathlib.Path("events").read_bytes())), done


def breaker(*words, **keys):
    return gird("breaker-run", *words, env=keys.pop("env", {}) | {"GIRD_STATE_DIR": os.path.abspath("state")}, **keys)


@case("the schema is one, and says what each event may hold")
def _():
    if not jsonschema:
        print("skip: python3-jsonschema is not installed, so keys alone are checked", flush=True)
        return
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    named = {part["$ref"].rpartition("/")[2] for part in SCHEMA["anyOf"]}
    for name in named - {"report"}:
        same(SCHEMA["$defs"][name]["properties"]["event"], {"const": name})
    sample = {"v": 1, "ts": "2026-11-20T08:15:30.250Z", "tool": "retry", "event": "slept", "run": "0" * 32, "seq": 1,
              "attempt": 1, "wait_s": 0.5}
    check(jsonschema.Draft202012Validator(SCHEMA).is_valid(sample))
    for key, value in (("v", 2), ("ts", "2026-11-20"), ("run", "x"), ("seq", 0), ("wait_s", -1), ("wait_s", None),
                       ("event", "dreamt")):
        check(not jsonschema.Draft202012Validator(SCHEMA).is_valid(sample | {key: value}), key)
    page = (ROOT / "man/gird-events.5.md").read_text(encoding="utf-8")
    for name in named:
        check(f"`{name}`" in page or name == "report", f"gird-events(5) does not name {name}")
        for key in known_keys(name):
            check(f"`{key}`" in page or key.endswith("_b64") or key == "truncated" and key in page,
                  f"gird-events(5) does not name {key} of {name}")


@case("a run that succeeds at last")
def _():
    events, done = told("--", *FLAKY)
    same(done.status, 0)
    same([event["event"] for event in events],
         ["started", "attempt-failed", "slept", "attempt-failed", "slept", "attempt-succeeded", "finished"])
    same([event["attempt"] for event in events[1:6]], [1, 1, 2, 2, 3])
    same((events[0]["argv"], events[0]["attempts"], events[0]["depth"]), (FLAKY, 3, 1))
    same(events[0]["command"], "sh -c '[ $GIRD_ATTEMPT -eq 3 ]'")
    same((events[-1]["status"], events[-1]["result"], events[-1]["attempts"]), (0, "succeeded", 3))


@case("finished is the last and carries the status, however it ends")
def _():
    for words, result, status in (
            (["--", "true"], "succeeded", 0),
            (["--", "false"], "exhausted", 1),
            (["--stop-on", "7", "--", "sh", "-c", "exit 7"], "stopped", 7),
            (["--", "./none"], "stopped", NOT_FOUND),
            (["--deadline", "100ms", "--", "sleep", "600"], "deadline", LATE),
            (["-n", "0", "--deadline", "100ms", "--", "false"], "deadline", LATE),
            (["-t", "50ms", "--", "sleep", "600"], "exhausted", LATE),
            (["-n", "1", "--", "sh", "-c", "kill -KILL $$"], "exhausted", 137),
            (["--invert", "--", "true"], "exhausted", 1),
            (["--until-success", "2", "--", "true"], "succeeded", 0)):
        events, done = told(*words)
        last = events[-1]
        same((last["result"], last["status"]), (result, status), words)
        same(done.status if done.status >= 0 else 128 - done.status, status, words)
        same(last.get("signal"), "SIGKILL" if status == 137 else None, words)


@case("a run that is interrupted")
def _():
    for options, line in ((["-d", "1h", "-j", "none"], "exit 7"), ([], "echo $$ > pid; exec sleep 600")):
        pathlib.Path("events").unlink(missing_ok=True)
        with start(GIRD, "retry", *options, "--events", "file:events", "--", "sh", "-c", line) as process:
            wait_for(lambda: "attempt-failed" in pathlib.Path("events").read_text() or number_in("pid") if not options
                     else "attempt-failed" in pathlib.Path("events").read_text())
            process.send_signal(signal.SIGTERM)
            same(ended(process).status, -signal.SIGTERM)
        last = whole_run(events_of(pathlib.Path("events").read_bytes()))[-1]
        same((last["result"], last["status"], last["signal"]), ("interrupted", 143, "SIGTERM"))


@case("a failure of gird itself is an error event, and finished follows")
def _():
    events, done = told("--stdout", "hold", "--failed-output", "/dev/full", "--", "sh", "-c", "echo out; exit 7")
    same((done.status, events[-2]["event"], events[-2]["code"]), (BROKEN, "error", "write-failed"))
    same((events[-1]["result"], events[-1]["status"]), ("failed", BROKEN))
    check(events[-2]["message"] in done.err.decode(), events[-2], done)
    with open("/dev/full", "wb") as full:
        events, done = told("--stdout", "hold", "--", "echo", "out", stdout=full)
    same((done.status, events[-2]["event"], events[-1]["status"]), (BROKEN, "error", BROKEN))


@case("a report that cannot be written is in the last status too")
def _():
    events, done = told("--report", "json=/dev/full", "--", "true")
    same((done.status, events[-1]["status"]), (BROKEN, BROKEN))


@case("to standard error, to a descriptor, into a file, by the variable")
def _():
    whole_run(events_of(retry("--events", "stderr", "--", *FLAKY).err))
    whole_run(events_of(retry("--", *FLAKY, env={"GIRD_EVENTS": "stderr"}).err))
    whole_run(events_of(retry("--", *FLAKY, env={"GIRD_RETRY_EVENTS": "stderr"}).err))
    ends = os.pipe()
    retry("--events", f"fd:{ends[1]}", "--", *FLAKY, pass_fds=[ends[1]])
    os.close(ends[1])
    with open(ends[0], "rb") as file:
        whole_run(events_of(file.read()))
    for _ in range(2):
        retry("--events", "file:log", "--", *FLAKY)
    events = events_of(pathlib.Path("log").read_bytes())
    same([event["seq"] for event in events], [*range(1, 8), *range(1, 8)], "it is added to the file")
    same(len({event["run"] for event in events}), 2, "every run has its own id")


@case("to a socket, stream or datagram")
def _():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_UNIX, kind) as listener:
            pathlib.Path("socket").unlink(missing_ok=True)
            listener.bind("socket")
            listener.settimeout(30)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            same(retry("--events", "unix:socket", "--", *FLAKY).status, 0)
            data = b""
            if kind == socket.SOCK_STREAM:
                with listener.accept()[0] as connection:
                    while block := connection.recv(1 << 16):
                        data += block
            else:
                while not data.count(b'"finished"'):
                    data += listener.recv(1 << 16)
            whole_run(events_of(data))


@case("standard output is the command's alone, and without --events nothing is told")
def _():
    done = retry("--events", "stderr", "--", "echo", "out")
    same(done.out, b"out\n")
    same(retry("--", "true").err, b"")


@case("a reader that does not read keeps nobody waiting, and misses whole lines")
def _():
    ends = os.pipe()
    fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 4096)
    done = retry("-n", "100", "-b", "fixed", "--events", f"fd:{ends[1]}", "--", "false", pass_fds=[ends[1]])
    os.close(ends[1])
    same(done.status, 1)
    with open(ends[0], "rb") as file:
        events = events_of(file.read())
    check(0 < len(events) < 202, len(events))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind("socket")
        listener.listen()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        same(retry("-n", "2000", "-b", "fixed", "--events", "unix:socket", "--", "false").status, 1)
        with listener.accept()[0] as connection:
            data = b""
            while block := connection.recv(1 << 16):
                data += block
    check(0 < len(events_of(data)) < 4002)


@case("a reader that goes away harms nobody")
def _():
    ends = os.pipe()
    os.close(ends[0])
    same(retry("--events", f"fd:{ends[1]}", "--", *FLAKY, pass_fds=[ends[1]]).status, 0)
    os.close(ends[1])
    with open("/dev/full", "wb") as full:
        same(retry("--events", f"fd:{full.fileno()}", "--", *FLAKY, pass_fds=[full.fileno()]).status, 0)
    os.mkfifo("fifo")
    done = retry("--events", "file:fifo", "--", *FLAKY)
    check(done.status == BROKEN and b"--events file:fifo" in done.err, done)


@case("lines of several processes do not mix")
def _():
    with open("log", "ab") as log:
        many = [start(GIRD, "retry", "-n", "50", "-d", "0", "--events", f"fd:{log.fileno()}", "--", "false",
                      "x" * 900, pass_fds=[log.fileno()]) for _ in range(4)]
        for process in many:
            same(ended(process).status, 1)
    events = events_of(pathlib.Path("log").read_bytes())
    same((len(events), len({event["run"] for event in events})), (4 * (2 + 50 + 49), 4))


@case("an argument of 100 KiB, many arguments, and what is no UTF-8")
def _():
    for words in (["x" * 102_400], ["\n\"\\" * 30_000], ["\u20ac" * 30_000], ["x"] * 20_000, ["y" * 500] * 200):
        events, _ = told("--", "true", *words)
        same(events[0]["truncated"], True, words[0][:3])
        check(all("truncated" not in event for event in events[1:]))
    words = [b"true", b"\xff\xfe", "\u20ac".encode(), b"a\0b"[:1]]
    events, _ = told("--", *words)
    same(events[0]["argv"], ["true", "\ufffd\ufffd", "\u20ac", "a"])
    same([base64.b64decode(word) for word in events[0]["argv_b64"]], words)
    events, _ = told("-n", "1", "--retry-if-stderr", b"\\xff|\xe9", "--", "sh", "-c", "printf '\\377\\n' >&2; exit 7")
    check("reason" in events[1], events[1])


@case("the run id is inherited, by GIRD_RUN and by TRACEPARENT")
def _():
    run_id, trace = "0123456789abcdef" * 2, "4bf92f3577b34da6a3ce929d0e0e4736"
    parent = f"00-{trace}-00f067aa0ba902b7-01"
    show = ["sh", "-c", "echo $GIRD_RUN $TRACEPARENT"]
    for env, wanted in (({"GIRD_RUN": run_id}, run_id), ({"TRACEPARENT": parent}, trace),
                        ({"GIRD_RUN": run_id, "TRACEPARENT": parent}, run_id)):
        events, done = told("--", *show, env=env)
        same((events[0]["run"], done.out.decode().split()[0]), (wanted, wanted), env)
        same(done.out.decode().split()[1:], [env["TRACEPARENT"]] if "TRACEPARENT" in env else [], "passed on")
    for bad in ("x" * 32, "0123", run_id.upper(), ""):
        events, done = told("--", *show, env={"GIRD_RUN": bad, "TRACEPARENT": "00-" + "0" * 32 + "-1-1"})
        check(events[0]["run"] not in (bad, "0" * 32), bad)
    same(len({told("--", "true")[0][0]["run"] for _ in range(5)}), 5)


@case("nested wrappers share a run and tell their depth")
def _():
    retry("--events", "file:events", "--", GIRD, "retry", "--", "true", env={"GIRD_EVENTS": "file:events"})
    events = events_of(pathlib.Path("events").read_bytes())
    same(len({event["run"] for event in events}), 1)
    same([(event["event"], event.get("depth")) for event in events],
         [("started", 1), ("started", 2), ("attempt-succeeded", None), ("finished", None),
          ("attempt-succeeded", None), ("finished", None)])


@case("a breaker tells what it refused and what became of it")
def _():
    events, done = told("--name", "api", "--failure-threshold", "1", "--open-for", "1ms", "--", "false", command=breaker)
    same(done.status, 1)
    same([event["event"] for event in events], ["started", "opened", "attempt-failed", "finished"])
    same({event["name"] for event in events}, {"api"})
    same((events[1]["cause"], events[1]["reason"]), ("failures-in-row", "1 failure in a row"))
    same((events[2]["verdict"], events[3]["result"], events[3]["status"]), ("failure", "command-failed", 1))
    time.sleep(0.01)
    events, _ = told("--name", "api", "--success-threshold", "1", "--", "true", command=breaker)
    same([event["event"] for event in events], ["started", "half-opened", "closed", "attempt-succeeded", "finished"])
    told("--name", "api", "--failure-threshold", "1", "--", "false", command=breaker)
    events, done = told("--name", "api", "--", "true", command=breaker)
    same((done.status, [event["event"] for event in events]), (75, ["started", "refused", "finished"]))
    same((events[1]["cause"], events[1]["enforced"], events[2]["result"], events[2]["attempts"]),
         ("open", True, "refused", 0))
    check(0 < events[1]["retry_in_s"] < 100 and events[1]["reason"] == events[2]["reason"], events[1])
    events, _ = told("--name", "api", "--metrics-only", "--", "true", command=breaker)
    same([(event["event"], event.get("enforced")) for event in events],
         [("started", None), ("refused", False), ("attempt-succeeded", None), ("finished", None)])
    events, done = told("--name", "api", "--fallback-sh", "exit 3", "--", "true", command=breaker)
    same((done.status, [event["event"] for event in events]), (3, ["started", "refused", "fell-back", "finished"]))
    same((events[2]["status"], events[3]["result"]), (3, "fell-back"))
    events, _ = told("--name", "new", "--ignore", "4", "--", "sh", "-c", "exit 4", command=breaker)
    same((events[1]["event"], events[1]["verdict"]), ("attempt-failed", "ignored"))


@case("a breaker tells how long it was waited for")
def _():
    told("--name", "api", "--failure-threshold", "1", "--open-for", "2s", "--", "false", command=breaker)
    events, done = told("--name", "api", "--wait", "1h", "--", "true", command=breaker)
    same(done.status, 0)
    same([event["event"] for event in events], ["started", "half-opened", "waited", "attempt-succeeded", "finished"])
    check(events[2]["wait_s"] > 0, events[2])


@case("a store that fails is an error event, and the command runs or does not")
def _():
    pathlib.Path("plain").touch()
    events, done = told("--store", "./plain", "--", "true", command=breaker)
    same((done.status, [event["event"] for event in events]), (0, ["started", "error", "attempt-succeeded", "finished"]))
    check(events[1]["code"].startswith("store-"), events[1])
    events, done = told("--store", "./plain", "--on-store-error", "refuse", "--", "true", command=breaker)
    same((done.status, [event["event"] for event in events]), (75, ["started", "error", "refused", "finished"]))


def limited(*words, **keys):
    return gird("rate-limit", *words, env={"GIRD_STATE_DIR": os.path.abspath("state")}, **keys)


@case("a limit tells what it refused and how long it was waited for")
def _():
    options = ["--name", "api", "-r", "1/2s"]
    events, _ = told(*options, "--", "true", command=limited)
    same([event["event"] for event in events], ["started", "attempt-succeeded", "finished"])
    events, done = told(*options, "--wait", "1h", "--", "true", command=limited)
    same((done.status, events[1]["event"]), (0, "waited"))
    told("--name", "slow", "-r", "1/d", "--", "true", command=limited)
    events, done = told("--name", "slow", "-r", "1/d", "--", "true", command=limited)
    same((done.status, [event["event"] for event in events]), (75, ["started", "refused", "finished"]))
    same((events[1]["cause"], events[1]["enforced"], events[2]["result"]), ("rate", True, "refused"))
    check(80_000 < events[1]["retry_in_s"] < 86_401, events[1])


# Reports.

def report_of(*words, command=retry, **keys):
    done = command("--report", "json=report", *words, **keys)
    report = json.loads(pathlib.Path("report").read_bytes())
    fits(report, "report")
    for attempt in report["attempts"]:
        fits(attempt, "report-attempt")
    same(report["exit_status"], done.status if done.status >= 0 else 128 - done.status, words)
    return report


@case("the report in JSON")
def _():
    report = report_of("--", *FLAKY)
    same((report["result"], report["flaky"], report["attempt_count"], len(report["attempts"])),
         ("succeeded", True, 3, 3))
    same([attempt["verdict"] for attempt in report["attempts"]], ["retry", "retry", "success"])
    same(["wait_s" in attempt for attempt in report["attempts"]], [True, True, False])
    same(report_of("--", "true")["flaky"], False)
    same(report_of("-n", "1", "--", "sh", "-c", "kill -KILL $$")["exit_signal"], "SIGKILL")
    for words, result in ((["--", "false"], "exhausted"), (["--", "./none"], "stopped"),
                          (["--deadline", "100ms", "--", "sleep", "600"], "deadline")):
        report = report_of(*words)
        same((report["result"], report["flaky"]), (result, False), words)
    report = report_of("--", "true", b"\xff")
    same([base64.b64decode(word) for word in report["argv_b64"]], [b"true", b"\xff"])
    check(lines("report")[0] == "{" and lines("report")[-1] == "}", "it is not broken over lines")


@case("the report of a breaker")
def _():
    options = ["--name", "api", "--failure-threshold", "1"]
    report = report_of(*options, "--", "true", command=breaker)
    same((report["tool"], report["name"], report["result"], report["flaky"]), ("breaker-run", "api", "succeeded", False))
    same(report["breaker"], {"guarded": True, "state": "closed", "probe": False, "failures": 0})
    report = report_of(*options, "--", "false", command=breaker)
    same((report["result"], report["breaker"]["state"], report["breaker"]["opened_by"]),
         ("command-failed", "open", "failures-in-row"))
    report = report_of(*options, "--", "true", command=breaker)
    same((report["result"], report["attempts"], report["exit_status"]), ("refused", [], 75))
    check(report["reason"].startswith("api is open: ") and report["breaker"]["retry_in_s"] > 0, report)
    report = report_of(*options, "--fallback-sh", "true", "--", "true", command=breaker)
    same((report["result"], report["degraded"], report["exit_status"]), ("fell-back", True, 0))
    pathlib.Path("plain").touch()
    same(report_of("--store", "./plain", "--", "true", command=breaker)["breaker"], {"guarded": False})


@case("the report of a limit")
def _():
    options = ["--name", "api", "-r", "2/d"]
    limit = report_of(*options, "--", "true", command=limited)["limit"]
    same([limit[key] for key in ("limited", "limit", "remaining", "retry_after_s", "rate", "at_once", "queue")],
         [False, 2, 1, 0, 2, 0, 0])
    check(40_000 < limit["reset_s"] <= 43_200, limit)
    report_of(*options, "--", "true", command=limited)
    report = report_of(*options, "--", "true", command=limited)
    same((report["result"], report["exit_status"], report["limit"]["limited"]), ("refused", 75, True))
    check(40_000 < report["limit"]["retry_after_s"] <= 43_200, report)
    pathlib.Path("plain").touch()
    report = report_of("--store", "./plain", "-r", "1/d", "--", "true", command=limited)
    same((report["result"], report["limit"]), ("succeeded", {"guarded": False}))


@case("the report of very many attempts is bounded")
def _():
    report = report_of("-n", "1050", "-b", "fixed", "--", "false")
    same((report["attempt_count"], len(report["attempts"])), (1050, 1000))
    same([report["attempts"][at]["number"] for at in (0, 998, 999)], [1, 999, 1050])


@case("what a report and the events say is the same")
def _():
    events, _ = told("--report", "json=report", "--", *FLAKY)
    report = json.loads(pathlib.Path("report").read_bytes())
    ends = [event for event in events if event["event"].startswith("attempt-")]
    for event, attempt in zip(ends, report["attempts"], strict=True):
        for mine, other in (("attempt", "number"), ("outcome", "outcome"), ("status", "status"),
                            ("duration_s", "duration_s"), ("verdict", "verdict"), ("reason", "reason"),
                            ("wait_s", "wait_s")):
            same(event.get(mine), attempt.get(other), mine)
    same((events[0]["run"], events[-1]["duration_s"]), (report["run"], report["duration_s"]))


def junit_of(*words, command=retry):
    command("--report", "junit=report.xml", *words)
    tree = xml.parse("report.xml").getroot()
    done = run(["xmllint", "--noout", "--schema", str(JUNIT), "report.xml"])
    same(done.status, 0, done)
    return tree


@case("the report for JUnit: flaky runs and repeated failures are marked")
def _():
    need("xmllint")
    tree = junit_of("--", *FLAKY)
    same(([child.tag for child in tree[0]], tree.get("failures")), (["flakyFailure"] * 2, "0"))
    tree = junit_of("--", "false")
    same(([child.tag for child in tree[0]], tree.get("failures")), (["failure", "rerunFailure", "rerunFailure"], "1"))
    check("attempt 3" in tree[0][0].text and "attempt 1" in tree[0][1].text)
    same([child.tag for child in junit_of("--", "true")[0]], [])
    for word in (b"<&>\"'", b"\x01\x1b\t\n\r", b"\xff\xfe", "\u20ac\uffff".encode(), b"]]>"):
        junit_of("-n", "2", "--retry-if-stderr", b"^x?" + re.sub(rb"[^<>&\"'\xff\x01]", b"", word), "--", "sh", "-c",
                 "exit 7", word)
    same(run(["xmllint", "--noout", "--schema", str(JUNIT), "-"], stdin=b"<testsuite/>").status != 0, True)


@case("the report for JUnit: a command that was not run is an error")
def _():
    need("xmllint")
    options = ["--name", "api", "--failure-threshold", "1"]
    tree = junit_of(*options, "--", "false", command=breaker)
    same(([child.tag for child in tree[0]], tree.get("failures"), tree.get("errors")), (["failure"], "1", "0"))
    tree = junit_of(*options, "--", "true", command=breaker)
    same(([child.tag for child in tree[0]], tree.get("failures"), tree.get("errors")), (["error"], "0", "1"))
    tree = junit_of(*options, "--fallback-sh", "true", "--", "true", command=breaker)
    same(([child.tag for child in tree[0]], tree.get("failures"), tree.get("errors")), ([], "0", "0"))
    tree = junit_of("--name", "new", "--fallback-sh", "true", "--", "false", command=breaker)
    same(([child.tag for child in tree[0]], tree.get("failures")), (["flakyFailure"], "0"))


@case("the report for GitHub: an annotation on standard error, a table in the summary")
def _():
    env = {"GITHUB_STEP_SUMMARY": os.path.abspath("summary")}
    pathlib.Path("summary").write_text("before\n")
    done = retry("--report", "github", "--", *FLAKY, env=env)
    check(re.fullmatch(rb"::warning title=flaky%3A [^\n]*::passed on attempt 3\n", done.err), done)
    summary = pathlib.Path("summary").read_text()
    check(summary.startswith("before\n") and summary.count("\n| ") == 1 + 3, summary)
    done = retry("--report", "github", "--", "sh", "-c", "exit 7", "100%\n::error::x|`", env=env)
    annotation = [line for line in done.err.splitlines() if line.startswith(b"::")]
    check(len(annotation) == 1 and annotation[0].startswith(b"::error title="), done)
    same((b"\n::error::x" in done.err, done.out), (False, b""), done)
    same(retry("--report", "github", "--", "true", env=env).err, b"")
    check(b"::warning" in retry("--report", "github", "--", *FLAKY).err, "without a summary file")


@case("several reports and events in one run")
def _():
    done = gird("retry", "-d", "1ms", "--report", "json=a", "--report", "junit=b", "--report", "github", "--events",
                "file:c", "--", *FLAKY)
    same((done.status, sorted(os.listdir("."))), (0, ["a", "b", "c"]))


@case("a report replaces the file of the run before")
def _():
    pathlib.Path("report").write_text("x" * 100_000)
    report_of("--", "true")


if __name__ == "__main__":
    main()
