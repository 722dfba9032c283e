#!/usr/bin/python3
"""What comes back from `gird retry`: codes and signals as they were, and who decides on another try."""

import contextlib
import os
import re
import resource
import signal

from harness import (GIRD, LATE, NOT_FOUND, NOT_RUNNABLE, Skip, case, check, gird, in_time, lines, main, retry,
                     run, same, script)

# What can be caught, without those that stop, continue or are ignored by default.
DEADLY = [number for number in range(1, 65)
          if number not in (32, 33, signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH,
                            signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)]


def attempts(*words, count, status, **keys):
    """Runs a shell line as the last word and compares the number of attempts and the status."""
    *options, line = words
    done = retry(*options, "--", "sh", "-c", "echo x >> log; " + line, **keys)
    same((len(lines("log")), done.status), (count, status), f"{options} {line}: {done}")
    os.remove("log")
    return done


# The code.

@case("every code from 0 to 255 is passed on")
def _():
    for code in range(256):
        same(retry("-n", "1", "--", "sh", "-c", f"exit {code}").status, code)


@case("death by a signal is passed on as death by that signal, for each that kills")
def _():
    for number in DEADLY:
        done = retry("-n", "1", "--", "sh", "-c", f"kill -{number} $$")
        same(done.status, -number)


@case("a shell sees 128+N")
def _():
    done = run(["sh", "-c", '"$@"; echo $?', "sh", GIRD, "retry", "-n", "1", "--", "sh", "-c", "kill -USR1 $$"])
    same(done.out, b"138\n", done)


@case("no core file of gird's own")
def _():
    with open("/proc/sys/kernel/core_pattern", encoding="ascii") as file:
        if file.read().strip() != "core":
            raise Skip("core files do not go to the working folder here")

    def allow():
        resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    done = retry("-n", "1", "--", "sh", "-c", "ulimit -c 0; kill -SEGV $$", preexec_fn=allow)
    same((done.status, os.listdir(".")), (-signal.SIGSEGV, []), done)


@case("the parent is not told of a core that gird did not leave")
def _():
    pid = os.fork()
    if pid == 0:
        null = os.open("/dev/null", os.O_RDWR)
        for number in range(3):
            os.dup2(null, number)
        os.execv(GIRD, [GIRD, "retry", "-n", "1", "--", "sh", "-c", "ulimit -c 0; kill -ABRT $$"])
    status = os.waitpid(pid, 0)[1]
    same((os.WIFSIGNALED(status), os.WTERMSIG(status), os.WCOREDUMP(status)), (True, signal.SIGABRT, False))


@case("126 and 127 of gird and of the command are told apart")
def _():
    for code in (NOT_RUNNABLE, NOT_FOUND):
        done = attempts(f"exit {code}", count=1, status=code)
        check(b"cannot run" not in done.err, done)
        attempts("-n", "2", "--retry-on", str(code), f"exit {code}", count=2, status=code)
    done = retry("--", "./none")
    same((done.status, done.err.splitlines()[0]),
         (NOT_FOUND, b"gird retry: cannot run ./none: no such file or directory"))
    plain = script("plain", "text", 0o644)
    done = retry("--", "./plain")
    same((done.status, done.err.splitlines()[0]), (NOT_RUNNABLE, b"gird retry: cannot run ./plain: permission denied"))
    check(b"chmod +x" in done.err, plain, done)
    script("lost", "#!/no/such/interpreter\n")
    same(retry("--", "./lost").status, NOT_FOUND)
    same(retry("--", "crul", "x").err.splitlines()[0], b"gird retry: cannot run crul: no such file or directory")


@case("a missing command in the middle of the run ends it")
def _():
    script("once", "#!/bin/sh\nrm once\nexit 7\n")
    done = retry("-n", "5", "--", "./once")
    same((done.status, b"cannot run ./once" in done.err), (NOT_FOUND, True), done)


@case("a script without #! is run by the shell, with all its words")
def _():
    script("plain", 'echo "$#:$1:$2"; exit 7\n')
    done = retry("-n", "1", "--", "./plain", "a b", "")
    same((done.status, done.out), (7, b"2:a b:\n"), done)
    # execvp makes room for the words again when it calls the shell.
    done = retry("-n", "1", "--", "./plain", *["x"] * 50000)
    same((done.status, done.out), (7, b"50000:x:x\n"), done)


@case("100,000 arguments, an environment of a megabyte, and too much of it")
def _():
    words = ["word"] * 100_000
    for options in ((), ("--stdout", "hold", "--stdin", "replay")):
        done = retry(*options, "--", "sh", "-c", "echo $#", "sh", *words)
        same((done.status, done.out), (0, b"100000\n"))
    large = {f"VARIABLE_{n}": "x" * 100_000 for n in range(10)}
    done = retry("--", "env", env=large)
    check(all(f"{name}={value}\n".encode() in done.out for name, value in large.items()))
    # As much as fits for gird does not leave room for the variables that it adds.
    limit = os.sysconf("SC_ARG_MAX")
    done = retry("-n", "1", "--", "true", *["x" * 1000] * (limit // 1009 - 20), env={"A": "b"})
    check(done.status in (0, NOT_RUNNABLE), done)
    check(done.status == 0 or b"argument list too long" in done.err, done)


@case("an empty word, an inner --, and options of the command stay the command's")
def _():
    for words in (["", "a"], ["--", "--"], ["-n", "3", "--attempts", "5"], ["--help"], ["-V"]):
        done = retry("--", "printf", "%s|", *words)
        same(done.out, "".join(word + "|" for word in words).encode())
        done = retry("printf", "%s|", *words)
        same(done.out, "".join(word + "|" for word in words).encode())


# Who decides.

@case("the number of attempts")
def _():
    for options, count in (((), 3), (("-n", "1"), 1), (("-n", "5"), 5)):
        attempts(*options, "exit 7", count=count, status=7)
    attempts("-n", "0", "-b", "fixed", "[ $GIRD_ATTEMPT -eq 20 ]", count=20, status=0)
    attempts("true", count=1, status=0)


@case("what is retried by default, and what is not")
def _():
    for line, count, status in (("exit 1", 3, 1), ("exit 125", 3, 125), ("exit 255", 3, 255), ("exit 126", 1, 126),
                                ("exit 127", 1, 127), ("kill -KILL $$", 3, -9), ("kill -PIPE $$", 1, -13),
                                ("kill -TERM $$", 3, -15)):
        attempts(line, count=count, status=status)


@case("--retry-on and --stop-on")
def _():
    for options, line, count, status in (
            (("--retry-on", "7"), "exit 7", 3, 7), (("--retry-on", "7"), "exit 8", 1, 8),
            (("--retry-on", "5-9"), "exit 9", 3, 9), (("--retry-on", "SIGKILL"), "kill -KILL $$", 3, -9),
            (("--retry-on", "KILL"), "kill -KILL $$", 3, -9), (("--retry-on", "SIGKILL"), "kill -TERM $$", 1, -15),
            (("--retry-on", "signal"), "kill -TERM $$", 3, -15), (("--retry-on", "signal"), "exit 1", 1, 1),
            (("--retry-on", "any"), "exit 127", 3, 127), (("--stop-on", "7"), "exit 7", 1, 7),
            (("--stop-on", "7"), "exit 8", 3, 8), (("--stop-on", "signal"), "kill -KILL $$", 1, -9),
            (("--retry-on", "any", "--stop-on", "7"), "exit 7", 1, 7)):
        attempts(*options, line, count=count, status=status)


@case("--success-on exits 0, and 0 that is not in it exits 1")
def _():
    attempts("--success-on", "7", "exit 7", count=1, status=0)
    attempts("--success-on", "7", "exit 0", count=3, status=1)
    attempts("--success-on", "SIGTERM", "kill -TERM $$", count=1, status=0)


@case("patterns on standard error")
def _():
    for options, line, count in (
            (("--retry-if-stderr", "busy"), "echo busy >&2; exit 7", 3),
            (("--retry-if-stderr", "busy"), "echo gone >&2; exit 7", 1),
            (("--retry-if-stderr", "busy", "--retry-if-stderr", "late"), "echo late >&2; exit 7", 3),
            (("--stop-if-stderr", "gone"), "echo gone >&2; exit 7", 1),
            (("--stop-if-stderr", "gone"), "echo busy >&2; exit 7", 3),
            (("--retry-if-stderr", "busy", "--stop-if-stderr", "gone"), "echo busy gone >&2; exit 7", 1)):
        attempts(*options, line, count=count, status=7)
    attempts("--retry-if-stderr", "busy", "echo busy >&2; exit 0", count=3, status=1)


@case("--retry-if-stdout polls, also after exit 0")
def _():
    done = attempts("-n", "9", "--retry-if-stdout", "pending", "--failed-output", "drop",
                    "[ $GIRD_ATTEMPT -eq 4 ] && echo ready || echo pending", count=4, status=0)
    same(done.out, b"ready\n")
    done = attempts("-n", "2", "--retry-if-stdout", "pending", "--failed-output", "drop", "echo pending", count=2,
                    status=1)
    same(done.out, b"pending\n")
    attempts("--stop-if-stdout", "denied", "echo denied; exit 7", count=1, status=7)


@case("--until-success wants them in a row")
def _():
    # Attempt 3 fails, so the row begins again at 4.
    attempts("-n", "0", "--until-success", "3", "[ $GIRD_ATTEMPT -ne 3 ]", count=6, status=0)
    attempts("-n", "4", "--until-success", "3", "[ $GIRD_ATTEMPT -ne 3 ]", count=4, status=1)
    attempts("-n", "3", "--until-success", "3", "true", count=3, status=0)


@case("--invert waits for a failure")
def _():
    attempts("-n", "5", "--invert", "[ $GIRD_ATTEMPT -ne 3 ]", count=3, status=0)
    attempts("-n", "3", "--invert", "true", count=3, status=1)
    attempts("-n", "3", "--invert", "kill -TERM $$", count=1, status=0)
    attempts("-n", "3", "--invert", "exit 127", count=1, status=127)


@case("--transient applies the rules of a named program")
def _():
    attempts("--transient", "sysexits", "exit 64", count=1, status=64)
    attempts("--transient", "sysexits", "exit 75", count=3, status=75)
    attempts("--transient", "sysexits", "--retry-on", "64", "exit 64", count=3, status=64)
    attempts("exit 64", count=3, status=64)


# What the command may ask for.

@case("pushback over the descriptor: the next wait, and no further attempt")
def _():
    ask = 'echo "$1" >&$GIRD_PUSHBACK_FD; exit 7'
    for said, shown in (("retry-after: 0.02", "0.02"), ("retry-after:30ms", "0.03"), ("  retry-after: 10ms  ", "0.01")):
        done = gird("retry", "-n", "2", "-d", "1h", "--pushback", "fd", "--report", "json=report", "--", "sh",
                    "-c", ask, "sh", said)
        same(done.status, 7, done)
        check(f'"wait_s": {shown}' in "\n".join(lines("report")), said)
    attempts("--pushback", "fd", "echo permanent >&$GIRD_PUSHBACK_FD; exit 7", count=1, status=7)
    attempts("--pushback", "fd", "echo permanent >&$GIRD_PUSHBACK_FD; exit 0", count=1, status=0)
    done = attempts("--pushback", "fd", "echo nonsense >&$GIRD_PUSHBACK_FD; exit 7", count=3, status=7)
    same(done.err.count(b"pushback not understood: nonsense"), 3, done)
    same(retry("--", "sh", "-c", 'echo "${GIRD_PUSHBACK_FD-none}"').out, b"none\n")


@case("pushback by a pattern on standard error")
def _():
    done = gird("retry", "-n", "2", "-d", "1h", "--pushback", "(?i)retry-after: ([0-9.]+)", "--report",
                "json=report", "--", "sh", "-c", "echo 'HTTP: Retry-After: 0.02' >&2; exit 7")
    same((done.status, done.err.count(b"Retry-After")), (7, 2), done)
    check('"wait_s": 0.02' in "\n".join(lines("report")), lines("report"))


@case("a wait that was asked for is no longer than the cap that was set")
def _():
    done = gird("retry", "-n", "2", "-d", "1ms", "--max-delay", "20ms", "--pushback", "fd", "--report",
                "json=report", "--", "sh", "-c", 'echo "retry-after: 1h" >&$GIRD_PUSHBACK_FD; exit 7')
    same(done.status, 7, done)
    check('"wait_s": 0.02' in "\n".join(lines("report")), lines("report"))


@case("--on-retry-sh runs before each wait and is told what happened")
def _():
    hook = 'echo "$GIRD_ATTEMPT $GIRD_DELAY_MS $GIRD_EXIT $GIRD_REASON" >> hook; echo said'
    done = gird("retry", "-b", "20ms,30ms", "-j", "none", "--on-retry-sh", hook, "--", "sh", "-c", "exit 7")
    same((done.status, done.out, lines("hook")), (7, b"", ["1 20 7 exit 7", "2 30 7 exit 7"]), done)
    same(done.err.count(b"said\n"), 2, done)
    os.remove("hook")
    retry("-n", "2", "--on-retry-sh", hook, "--", "sh", "-c", "kill -KILL $$")
    check(re.fullmatch(r"1 [01] 137 SIGKILL", lines("hook")[0]), lines("hook"))


@case("a hook that fails is reported, never fatal; one that reads gets nothing")
def _():
    done = attempts("--on-retry-sh", "exit 3", "exit 7", count=3, status=7)
    same(done.err.count(b"--on-retry-sh: exit 3"), 2, done)
    done = retry("-n", "2", "--on-retry-sh", "cat >&2", "--", "sh", "-c", "read line; echo $line; exit 7",
                 stdin=b"1\n2\n")
    same((done.out, b"\n2\n" in done.err, done.err.startswith(b"2")), (b"1\n2\n", False, False), done)


@case("--then-sh is what later attempts run")
def _():
    done = attempts("--then-sh", 'echo "then $GIRD_ATTEMPT"; [ $GIRD_ATTEMPT -eq 3 ]', "echo first; exit 7",
                    count=1, status=0)
    same(done.out, b"first\nthen 2\nthen 3\n")


@case("what the command and its children see")
def _():
    show = 'echo "$GIRD_ATTEMPT $GIRD_ATTEMPT_LIMIT $GIRD_DEPTH ${#GIRD_RUN} ${GIRD_DEADLINE_AT-none}"; exit 7'
    done = retry("-n", "2", "--", "sh", "-c", show)
    same(done.out, b"1 2 1 32 none\n2 2 1 32 none\n")
    done = retry("-n", "1", "--deadline", "1h", "--", "sh", "-c", show)
    check(re.fullmatch(rb"1 1 1 32 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\n", done.out), done)
    done = retry("-n", "1", "--", GIRD, "retry", "-n", "1", "--", "sh", "-c", show)
    same(done.out, b"1 1 2 32 none\n")
    done = retry("-n", "1", "--", "sh", "-c", "env | grep -c ^GIRD_ATTEMPT=", env={"GIRD_ATTEMPT": "99"})
    same(done.out, b"1\n")


# Limits of time.

def late(limit_option, *options, count):
    """Runs a command whose attempts all come to their limit, the short one if it starts in that."""
    def play(limit):
        nonlocal done
        done = retry(limit_option, limit, *options, "--", "sh", "-c", "echo x >> log; exec sleep 600")
        same(done.status, LATE, done)
        seen = len(lines("log"))
        check(seen <= count, f"{seen} attempts: {done}")
        with contextlib.suppress(FileNotFoundError):
            os.remove("log")
        return seen == count
    done = None
    in_time(play, ("50ms", "300ms", "2s", "10s"))
    return done


@case("an attempt that takes too long is ended, counts as a failure, and is tried again")
def _():
    late("-t", "-n", "2", count=2)
    attempts("-n", "3", "-t", "30", "[ $GIRD_ATTEMPT -eq 2 ]", count=2, status=0)
    late("-t", "--stop-on", "timeout", count=1)
    late("-t", "--retry-on", "7", count=1)


@case("a limit of none, and of 0, is no limit")
def _():
    for limit in ("none", "0", "0s"):
        attempts("-t", limit, "--deadline", limit, "sleep 0.05", count=1, status=0)


@case("the deadline ends a running attempt, and a wait")
def _():
    check(b"deadline" in late("--deadline", "-n", "0", count=1).err)
    done = retry("-n", "0", "--deadline", "300ms", "--", "sh", "-c", "exit 7")
    check(done.status == LATE and b"deadline of 300ms" in done.err, done)
    done = gird("retry", "-n", "0", "-d", "1h", "-j", "none", "--deadline", "200ms", "--", "sh", "-c", "exit 7")
    same(done.status, LATE, done)


@case("a nested gird sees the outer deadline and obeys it")
def _():
    done = retry("-n", "1", "--deadline", "2s", "--kill-after", "30s", "--", GIRD, "retry", "-n", "0", "-d", "600",
                 "-j", "none", "--deadline", "1h", "--report", "json=inner", "--", "sh", "-c",
                 "echo $GIRD_DEADLINE_AT; exit 7")
    check(done.status == LATE, done)
    outer = retry("-n", "1", "--deadline", "1h", "--", "sh", "-c",
                  'echo $GIRD_DEADLINE_AT; exec "$0" retry --deadline 2h -- sh -c "echo \\$GIRD_DEADLINE_AT"', GIRD)
    same(len(set(outer.out.split())), 1, outer)


@case("a deadline that has passed runs nothing for long")
def _():
    done = gird("retry", "--", "sleep", "600", env={"GIRD_DEADLINE_AT": "2020-01-01T00:00:00.000Z"})
    same(done.status, LATE, done)


# Words for people.

@case("silent where nobody looks: only the end of a failure is told")
def _():
    same(retry("--", "sh", "-c", "[ $GIRD_ATTEMPT -eq 3 ]").err, b"")
    done = retry("--", "sh", "-c", "exit 7")
    check(re.fullmatch(rb"gird retry: gave up after 3 attempts in \S+: exit 7\n", done.err), done)
    same(retry("-q", "--", "sh", "-c", "exit 7").err, b"")
    done = retry("-v", "-n", "2", "--", "sh", "-c", "[ $GIRD_ATTEMPT -eq 2 ]")
    check(re.fullmatch(rb"gird retry: attempt 1 of 2: exit 1 after \S+; next in \S+\n"
                       rb"gird retry: succeeded on attempt 2 after \S+\n", done.err), done)
    check(b"not tried again" in retry("--stop-on", "7", "--", "sh", "-c", "exit 7").err)
    check(b"cannot run" in retry("-q", "--", "./none").err, "what could not be run is an error of gird's")


@case("--explain runs nothing")
def _():
    done = gird("retry", "--explain", "--seed", "1", "--", "touch", "ran")
    same((done.status, os.listdir(".")), (0, []), done)
    check(done.out.count(b"\n") > 3, done)
    same(gird("retry", "--explain", "--seed", "1", "--", "touch", "ran").out, done.out, "the same seed")


@case("the same seed, the same waits")
def _():
    def waits():
        gird("retry", "-n", "4", "-d", "5ms", "--seed", "42", "--report", "json=report", "--", "false")
        return [line.strip() for line in lines("report") if '"wait_s"' in line]
    first = waits()
    same((len(first), waits()), (3, first))


@case("a command under another name, by a link")
def _():
    os.symlink(GIRD, "retry")
    os.symlink(GIRD, "gird-retry")
    for name in ("./retry", "./gird-retry"):
        done = run([name, "-n", "1", "--", "sh", "-c", "exit 7"])
        same(done.status, 7, done)
        check(done.err.startswith(os.path.basename(name).encode() + b": "), done)
    same(run([GIRD, "rettry"]).status, 2)


if __name__ == "__main__":
    main()
