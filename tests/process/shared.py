#!/usr/bin/python3
"""Guards that many processes use at once, as commands: what is let through together, and what becomes
of the place of one that is killed. What their machines do step by step is tried in tests/history.
"""

import contextlib
import json
import os
import signal

from harness import GIRD, case, check, ended, gird, lines, main, same, script, start, wait_for

REFUSED = 75
# Says that it runs, waits until it may end, and says that it does.
HOLD = "echo + >> log; while ! test -e go; do sleep 0.01; done; echo - >> log"


def shared(*words, **keys):
    return gird(*words, env={"GIRD_STATE_DIR": os.path.abspath("state")}, **keys)


def crowd(number, *words):
    """Starts so many at once, for `with`."""
    stack = contextlib.ExitStack()
    state = {"GIRD_STATE_DIR": os.path.abspath("state")}
    processes = [stack.enter_context(start(GIRD, *words, env=state)) for _ in range(number)]
    return stack, processes


def shown():
    return json.loads(shared("breaker", "show", "k", "--json").out)


def most_at_once(marks):
    """Of lines + and -, the most that had begun and not ended."""
    running = most = 0
    for mark in marks:
        running += 1 if mark == "+" else -1
        most = max(most, running)
    return most


PROBING = ("breaker-run", "--name", "k", "--failure-threshold", "1", "--open-for", "1ms", "--success-threshold", "100",
           "--half-open-permits", "2", "--")


def half_open_crowd(number):
    """A crowd at a breaker that is half-open and lets two of them probe, when the others are refused."""
    same(shared(*PROBING, "false").status, 1)
    stack, processes = crowd(number, *PROBING, "sh", "-c", HOLD)
    wait_for(lambda: sum(one.poll() == REFUSED for one in processes) == number - 2, "the refusals")
    probing = [one for one in processes if one.poll() is None]
    wait_for(lambda: len(lines("log")) == 2, "two probes")
    return stack, probing


@case("of a crowd at a half-open breaker as many probe as there are permits")
def _():
    stack, probing = half_open_crowd(12)
    with stack:
        seen = shown()
        same((seen["state"], seen["probes"], len(seen["holders"])), ("half-open", 2, 2))
        same({holder["pid"] for holder in seen["holders"]}, {one.pid for one in probing})
        script("go", "")
        same([ended(one).status for one in probing], [0, 0])
    same((len(lines("log")), shown()["probes"], shown()["probe_successes"]), (4, 0, 2))


@case("a probe that is killed makes room for one more at once, and counts neither way")
def _():
    stack, probing = half_open_crowd(6)
    with stack:
        probing[0].send_signal(signal.SIGKILL)
        probing[0].wait()
        same(shared(*PROBING, "true").status, 0, "the next one")
        seen = shown()
        same((seen["state"], seen["probes"], seen["probe_successes"]), ("half-open", 1, 1))
        same([holder["pid"] for holder in seen["holders"]], [probing[1].pid])
        script("go", "")
        same(ended(probing[1]).status, 0)


@case("a call that is killed while the breaker is closed is a failure")
def _():
    words = ("breaker-run", "--name", "k", "--failure-threshold", "3", "--")
    stack, calls = crowd(3, *words, "sh", "-c", HOLD)
    with stack:
        wait_for(lambda: len(lines("log")) == 3, "three calls")
        for call in calls:
            call.send_signal(signal.SIGKILL)
            call.wait()
        same(shared(*words, "true").status, REFUSED, "after three that vanished")
    seen = shown()
    same((seen["state"], seen["totals"]["failures"], seen["holders"]), ("open", 3, []))
    script("go", "")


@case("no end of a call is lost in a crowd")
def _():
    words = ("breaker-run", "--name", "k", "--failure-threshold", "1000", "--window", "1000", "--min-calls", "1000")
    failing, failures = crowd(20, *words, "--", "false")
    passing, successes = crowd(20, *words, "--", "true")
    with failing, passing:
        same({ended(one).status for one in failures}, {1})
        same({ended(one).status for one in successes}, {0})
    totals = shown()["totals"]
    same((totals["calls"], totals["failures"], totals["refused"]), (40, 20, 0))


@case("no more run at once than the limit says, and all of them in the end")
def _():
    stack, calls = crowd(15, "rate-limit", "--name", "k", "--concurrency", "3", "--wait", "10m", "--", "sh", "-c",
                         "echo + >> log; sleep 0.02; echo - >> log")
    with stack:
        same({ended(one).status for one in calls}, {0})
    marks = lines("log")
    same(len(marks), 30)
    check(1 <= most_at_once(marks) <= 3, most_at_once(marks), "at once")


@case("a place whose holder is killed goes to the next in the queue")
def _():
    words = ("rate-limit", "--name", "k", "--concurrency", "1", "--wait", "10m", "--")
    holding, (holder,) = crowd(1, *words, "sh", "-c", HOLD)
    with holding:
        wait_for(lambda: lines("log") == ["+"], "the holder")
        waiting, (waiter,) = crowd(1, *words, "touch", "ran")
        with waiting:
            peek = ("rate-limit", "--name", "k", "--concurrency", "1", "--peek", "--json")
            wait_for(lambda: json.loads(shared(*peek).out)["queue"] == 1, "the queue")
            check(not os.path.exists("ran"), "it ran beside the holder")
            holder.send_signal(signal.SIGKILL)
            same((ended(waiter).status, os.path.exists("ran")), (0, True))
        script("go", "")


@case("of a crowd as many pass as the burst has room for, by either algorithm")
def _():
    for algorithm in ("gcra", "sliding"):
        stack, calls = crowd(20, "rate-limit", "--name", algorithm, "--algorithm", algorithm, "-r", "5/h", "--", "sh",
                             "-c", f"echo x >> {algorithm}")
        with stack:
            statuses = sorted(ended(one).status for one in calls)
        same((statuses, len(lines(algorithm))), ([0] * 5 + [REFUSED] * 15, 5), algorithm)


@case("retries of a crowd stay within their budget")
def _():
    stack, calls = crowd(10, "retry", "-q", "-n", "5", "-d", "0", "--budget", "k:0%:7/h", "--", "sh", "-c",
                         "echo x >> log; exit 9")
    with stack:
        same({ended(one).status for one in calls}, {9})
    same(len(lines("log")), 10 + 7, "attempts")


if __name__ == "__main__":
    main()
