#!/usr/bin/python3
"""Process trees and signals: who is ended, who is left alone, and what gird itself dies of."""

import os
import signal
import subprocess
import sys
import time

from harness import (GIRD, LATE, Skip, case, check, ended, in_time, lines, lives, main, need,
                     need_root, number_in, retry, run, same, signals_of, start, start_retry, state_of, wait_for)

TERM_IGNORED = "trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done"


def gone(name):
    """Checks that the process whose number is in a file is gone, and removes the file."""
    pid = number_in(name)
    check(not lives(pid), f"{name} ({pid}) lives: {state_of(pid)}")
    os.remove(name)


# The tree.

ESCAPES = {
    "in the background": "sleep 600 & echo $! > pid",
    "in a session of its own": "setsid sh -c 'echo $$ > pid; exec sleep 600' & while ! test -s pid; do :; done",
    "forked twice": "(sh -c 'echo $$ > pid; exec sleep 600' &) ; while ! test -s pid; do :; done",
    "forked twice into a session": "(setsid sh -c 'echo $$ > pid; exec sleep 600' &) ; while ! test -s pid; do :; done",
    "deaf to TERM": "setsid sh -c \"trap '' TERM; echo \\$\\$ > pid; while :; do sleep 0.05; done\" & "
                    "while ! test -s pid; do :; done",
    "stopped": "sh -c 'echo $$ > pid; kill -STOP $$; exec sleep 600' & while ! test -s pid; do :; done",
}


@case("a failed attempt leaves nothing running, however it was hidden")
def _():
    for kind, line in ESCAPES.items():
        done = retry("-n", "1", "--kill-after", "100ms", "--", "sh", "-c", line + "; exit 7",
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        same(done.status, 7, kind)
        gone("pid")


@case("nothing is left when the next attempt begins")
def _():
    line = 'if test -e old; then read pid < old; kill -0 "$pid" 2> /dev/null && echo alive >> log; fi; ' \
           'setsid sleep 600 & echo $! > old; exit 7'
    done = retry("-n", "4", "--kill-after", "100ms", "--", "sh", "-c", line, stdout=subprocess.DEVNULL)
    same((done.status, lines("log")), (7, []), done)
    gone("old")


@case("a time limit ends the whole tree, however it was hidden")
def _():
    def play(limit):
        done = retry("-n", "1", "-t", limit, "--kill-after", "100ms", "--", "sh", "-c", line + "; sleep 600",
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        same(done.status, LATE, kind)
        return lines("pid")
    for kind, line in ESCAPES.items():
        in_time(play)
        gone("pid")


@case("a success leaves its background processes alone")
def _():
    for kind, line in ESCAPES.items():
        done = retry("--stdout", "hold", "--", "sh", "-c", line, stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL)
        same(done.status, 0, kind)
        check(lives(number_in("pid")), kind)
        os.kill(number_in("pid"), signal.SIGKILL)
        os.remove("pid")


@case("a command that forks and exits is over when it exits")
def _():
    done = retry("--", "sh", "-c", "(sleep 600 & echo $! > pid); exit 0", stdout=subprocess.DEVNULL,
                 stderr=subprocess.DEVNULL)
    same(done.status, 0)
    check(lives(number_in("pid")))


@case("a command that ignores TERM gets KILL")
def _():
    def at_its_limit(limit):
        done = retry("-n", "2", "-t", limit, "--kill-after", "100ms", "--", "sh", "-c",
                     TERM_IGNORED.replace("while", "echo x >> up-$GIRD_ATTEMPT; while"))
        same(done.status, LATE, done)
        same(lines("up-3"), [], done)
        return lines("up-1") and lines("up-2")

    def at_the_deadline(limit):
        done = retry("-n", "0", "--deadline", limit, "--kill-after", "100ms", "--", "sh", "-c", TERM_IGNORED)
        same(done.status, LATE, done)
        return lines("pid")
    for play in (at_its_limit, at_the_deadline):
        in_time(play)
        gone("pid")


@case("a command that cleans up on TERM is given the time")
def _():
    def play(limit):
        done = retry("-n", "1", "-t", limit, "--kill-after", "50", "--", "sh", "-c",
                     "trap 'sleep 0.2; echo clean > file; exit 3' TERM; echo > ready; while :; do sleep 0.05; done")
        same(done.status, LATE, done)
        return lines("ready")
    in_time(play)
    same(lines("file"), ["clean"])


@case("a TERM at the time limit comes once")
def _():
    # It goes on for a while after the TERM, to hear another.
    def play(limit):
        done = retry("-n", "1", "-t", limit, "--kill-after", "50", "--", "sh", "-c",
                     "trap 'echo x >> log' TERM; echo > ready; until test -e log; do sleep 0.05; done; sleep 0.5; sleep 0.5")
        same(done.status, LATE, done)
        return lines("ready")
    in_time(play)
    same(lines("log"), ["x"])


@case("children that were there before gird are never ended")
def _():
    line = 'sleep 600 & echo $! > before; exec "$0" retry -d 1ms -n 2 -t 5 --kill-after 50ms -- ' \
           'sh -c "sleep 600 & echo \\$! > pid; exit 7"'
    done = run(["sh", "-c", line, GIRD], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    same(done.status, 7)
    check(lives(number_in("before")), "it was ended")
    gone("pid")
    line = 'sleep 600 & echo $! > before; exec "$0" retry -n 1 -t "$1" --kill-after 50ms -- ' \
           'sh -c "setsid sleep 600 & echo \\$! > pid; sleep 600"'

    def play(limit):
        done = run(["sh", "-c", line, GIRD, limit], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        same(done.status, LATE)
        check(lives(number_in("before")), "it was ended")
        return lines("pid")
    in_time(play)
    gone("pid")


@case("a tree that forks as it dies is caught")
def _():
    line = "trap '(trap \"\" TERM; echo $$ > /dev/null; sleep 600) & sleep 600 &' TERM; echo $$ > pid; " \
           "while :; do sleep 0.05; done"
    marker = "GIRD_TEST_MARKER=" + str(os.getpid())

    def play(limit):
        done = retry("-n", "1", "-t", limit, "--kill-after", "200ms", "--", "env", marker, "sh", "-c", line)
        same(done.status, LATE, done)
        return lines("pid")
    in_time(play)
    gone("pid")
    same([pid for pid in os.listdir("/proc") if pid.isdigit() and has_variable(pid, marker)], [])


def has_variable(pid, entry):
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return entry.encode() in file.read().split(b"\0")
    except OSError:
        return False


@case("nothing is left as a zombie while gird waits")
def _():
    with start(GIRD, "retry", "-n", "0", "-d", "1h", "-j", "none", "--", "sh", "-c",
               "for i in 1 2 3; do (sleep 0.01 &) ; done; echo x >> log; exit 7") as process:
        wait_for(lambda: lines("log"))
        wait_for(lambda: not children_of(process.pid), "the end of its children")
        process.terminate()
        same(ended(process).status, -signal.SIGTERM)


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return file.read().split()


# Signals to gird.

@case("TERM, INT, HUP and QUIT during an attempt: the command gets it, gird dies of it, nothing follows")
def _():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        with start_retry("-n", "5", "--", "sh", "-c", "echo x >> log; echo $$ > pid; exec sleep 600") as process:
            number_in("pid")
            process.send_signal(number)
            done = ended(process)
        same((done.status, len(lines("log"))), (-number, 1), done)
        gone("pid")
        os.remove("log")


@case("a command that exits in its own way after the signal keeps its code, and is not tried again")
def _():
    with start_retry("-n", "5", "--", "sh", "-c",
                     "trap 'exit 42' TERM; echo $$ > pid; while :; do sleep 0.05; done") as process:
        number_in("pid")
        process.terminate()
        same(ended(process).status, 42)


@case("TERM, INT and HUP during a wait: gird dies of it at once")
def _():
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        with start(GIRD, "retry", "-d", "1h", "-j", "none", "--events", "file:events", "--", "sh", "-c",
                   "exit 7") as process:
            wait_for(lambda: any("attempt-failed" in line for line in lines("events")))
            process.send_signal(number)
            same(ended(process).status, -number)
        os.remove("events")


@case("a signal during --on-retry-sh ends hook and run")
def _():
    with start_retry("-n", "5", "--on-retry-sh", "echo $$ > pid; exec sleep 600", "--", "sh", "-c",
                     "echo x >> log; exit 7") as process:
        number_in("pid")
        process.terminate()
        done = ended(process)
    same((done.status, len(lines("log"))), (-signal.SIGTERM, 1), done)
    gone("pid")


@case("a second TERM kills at once")
def _():
    with start_retry("--kill-after", "1h", "--", "sh", "-c", TERM_IGNORED) as process:
        number_in("pid")
        process.terminate()
        # Two signals of a kind that are both pending are one.
        wait_for(lambda: signal.SIGTERM not in pending(process.pid))
        time.sleep(0.05)
        check(process.poll() is None, "it did not wait for the command")
        process.terminate()
        same(ended(process).status, -signal.SIGTERM)
    gone("pid")


def pending(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return signals_of(file.read(), "ShdPnd")


@case("a command that ignores TERM gets KILL after --kill-after")
def _():
    with start_retry("--kill-after", "100ms", "--", "sh", "-c", TERM_IGNORED) as process:
        number_in("pid")
        process.terminate()
        same(ended(process).status, -signal.SIGTERM)
    gone("pid")


# A shell would start processes in its loop, which get the signal as well and may act for it.
LISTENER = """
import os, signal
wanted = {signal.SIGUSR1, signal.SIGUSR2, signal.SIGWINCH}
signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
with open("pid", "w") as file:
    print(os.getpid(), file=file)
for _ in range(3):
    with open("log", "a") as file:
        print(signal.Signals(signal.sigwait(wanted)).name, file=file)
raise SystemExit(3 if not signal.sigpending() else 4)
"""


@case("USR1, USR2 and WINCH are passed on once and end nothing")
def _():
    with start_retry("-n", "1", "--", sys.executable, "-c", LISTENER) as process:
        number_in("pid")
        for count, number in enumerate((signal.SIGUSR1, signal.SIGUSR2, signal.SIGWINCH), 1):
            process.send_signal(number)
            wait_for(lambda: len(lines("log")) == count, number.name)
        same(ended(process).status, 3)
    same(lines("log"), ["SIGUSR1", "SIGUSR2", "SIGWINCH"])


WAITS_FOR_GO = "echo $$ > pid; while ! test -e go; do sleep 0.05; done; exit 3"


# No shell: dash does not stop when the TSTP comes between its vfork and the child's exec. The child
# stops before the exec, for which dash waits in the kernel, and nobody gets on before a CONT.
LOOKS_FOR_GO = """
import os, time
with open("pid", "w") as file:
    print(os.getpid(), file=file)
while not os.path.exists("go"):
    time.sleep(0.02)
raise SystemExit(3)
"""


@case("TSTP stops the command and gird, and CONT lets both go on")
def _():
    with start_retry("-n", "1", "--", sys.executable, "-c", LOOKS_FOR_GO,
                     preexec_fn=lambda: os.setpgid(0, 0)) as process:
        pid = number_in("pid")
        process.send_signal(signal.SIGTSTP)
        wait_for(lambda: state_of(process.pid) == "T", "the stop of gird")
        wait_for(lambda: state_of(pid) == "T", "the stop of the command")
        process.send_signal(signal.SIGCONT)
        wait_for(lambda: state_of(pid) != "T", "the command's going on")
        open("go", "w").close()
        same(ended(process).status, 3)


@case("a TSTP that comes before the command's exec does not hold gird")
def _():
    need("strace")
    # The child is held where it has its signals already, and not yet its program.
    with start("strace", "-f", "-qq", "-o", "trace", "-e", "trace=rt_sigprocmask",
               "-e", "inject=rt_sigprocmask:delay_exit=500000",
               GIRD, "retry", "-n", "1", "--", sys.executable, "-c", LOOKS_FOR_GO) as tracer:
        # strace has children of its own before it starts the program.
        wrapper = wait_for(lambda: [pid for pid in children_of(tracer.pid) if program_of(pid) == os.path.realpath(GIRD)])[0]
        child = int(wait_for(lambda: children_of(wrapper))[0])
        wait_for(lambda: [line for line in lines("trace") if line.startswith(f"{child} ")], "its mask")
        os.kill(child, signal.SIGTSTP)
        wait_for(lambda: program_of(child) != program_of(wrapper), "the exec")
        wait_for(lambda: state_of(child) in ("T", "t"), "its stop")
        os.kill(child, signal.SIGCONT)
        number_in("pid")
        open("go", "w").close()
        same(ended(tracer).status, 3)


def program_of(pid):
    return os.readlink(f"/proc/{pid}/exe")


@case("TSTP where nobody could wake gird (an orphaned group): the command goes on, as it would alone")
def _():
    with start_retry("-n", "1", "--", "sh", "-c", "trap 'echo x >> woken' CONT; " + WAITS_FOR_GO,
                     start_new_session=True) as process:
        pid = number_in("pid")
        process.send_signal(signal.SIGTSTP)
        wait_for(lambda: lines("woken"), "the command's going on")
        same("T" in (state_of(pid), state_of(process.pid)), False)
        open("go", "w").close()
        same(ended(process).status, 3)


@case("a loop of a shell is left after SIGINT to all of them")
def _():
    loop = 'for i in 1 2 3; do echo $i; "$@"; done'
    with start("bash", "-c", loop, "bash", GIRD, "retry", "--", "sh", "-c", "echo $$ > pid; exec sleep 600",
               start_new_session=True) as process:
        number_in("pid")
        os.killpg(process.pid, signal.SIGINT)
        done = ended(process)
    same((done.status, done.out), (-signal.SIGINT, b"1\n"), done)
    gone("pid")


# Inherited dispositions.

@case("an ignored INT or QUIT stays ignored, for gird and the command, as in a background job")
def _():
    line = '"$@" & wait'
    with start("sh", "-c", line, "sh", GIRD, "retry", "-n", "1", "--", "sh", "-c",
               "cat /proc/self/status > status; echo $$ > pid; while ! test -e go; do sleep 0.05; done; exit 3") as process:
        number_in("pid")
        with open("status", encoding="ascii") as file:
            ignored = signals_of(file.read(), "SigIgn")
        check({signal.SIGINT, signal.SIGQUIT} <= ignored, ignored)
        wrapper = int(children_of(process.pid)[0])
        os.kill(wrapper, signal.SIGINT)
        os.kill(wrapper, signal.SIGQUIT)
        time.sleep(0.1)
        check(lives(wrapper), "gird died of what it should ignore")
        open("go", "w").close()
        ended(process)


@case("nohup: a HUP is ignored")
def _():
    need("nohup")
    with start("nohup", GIRD, "retry", "-n", "1", "--", "sh", "-c",
               "echo $$ > pid; while ! test -e go; do sleep 0.05; done; exit 3") as process:
        number_in("pid")
        process.send_signal(signal.SIGHUP)
        time.sleep(0.1)
        check(process.poll() is None, "gird died of HUP")
        open("go", "w").close()
        same(ended(process).status, 3)


@case("a parent that ignores SIGCHLD does not keep gird from its child's code")
def _():
    def ignore():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    same(retry("-n", "2", "--", "sh", "-c", "exit 7", preexec_fn=ignore).status, 7)
    done = retry("-n", "2", "-t", "50", "--stdin", "replay", "--retry-if-stderr", "x", "--", "cat", "/proc/self/status",
                 preexec_fn=ignore)
    check(signal.SIGCHLD in signals_of(done.out.decode(), "SigIgn"), "the command does not inherit it")


@case("blocked signals stay blocked in the command, and do not hang gird")
def _():
    def block():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGTERM, signal.SIGUSR1})
    done = retry("-n", "2", "--", "cat", "/proc/self/status", preexec_fn=block)
    same((done.status, signals_of(done.out.decode(), "SigBlk")),
         (0, {signal.SIGCHLD, signal.SIGTERM, signal.SIGUSR1}))
    same(retry("-n", "1", "--", "sh", "-c", "kill -USR2 $$", preexec_fn=block).status, -signal.SIGUSR2)


@case("gird dies of a signal that it was started with blocked")
def _():
    def block():
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    with start_retry("--kill-after", "100ms", "--", "sh", "-c", "echo $$ > pid; exec sleep 600",
                     preexec_fn=block) as process:
        number_in("pid")
        process.terminate()
        same(ended(process).status, -signal.SIGTERM)
    gone("pid")


# As init.

def as_init(*words, **keys):
    need_root()
    need("unshare")
    if run(["unshare", "-pf", "--mount-proc", "true"]).status != 0:
        raise Skip("no process namespace is permitted here")
    return run(["unshare", "-pf", "--mount-proc", *words], **keys)


@case("as PID 1: codes and signals as numbers, and orphans are reaped")
def _():
    for line, status in (("exit 7", 7), ("exit 0", 0), ("kill -TERM $$", 128 + 15), ("kill -KILL $$", 128 + 9)):
        same(as_init(GIRD, "retry", "-n", "1", "--", "sh", "-c", line).status, status)
    line = "for i in 1 2 3 4 5; do (sh -c 'exit 0' &) ; done; sleep 0.3; cat /proc/[0-9]*/stat"
    done = as_init(GIRD, "retry", "-n", "1", "--", "sh", "-c", line)
    same((done.status, b") Z " in done.out), (0, False), done)


@case("as PID 1: TERM reaches the command, although init ignores what it does not handle")
def _():
    need_root()
    as_init("true")
    with start("unshare", "-pf", "--mount-proc", GIRD, "retry", "--", "sh", "-c",
               "trap 'exit 42' TERM; echo ready; while :; do sleep 0.05; done") as process:
        same(process.stdout.readline(), b"ready\n")
        os.kill(int(children_of(process.pid)[0]), signal.SIGTERM)
        same(ended(process).status, 42)


@case("as PID 1: TERM during a wait")
def _():
    as_init("true")
    with start("unshare", "-pf", "--mount-proc", GIRD, "retry", "-d", "1h", "-j", "none", "--events", "file:events",
               "--", "sh", "-c", "exit 7") as process:
        wait_for(lambda: any("attempt-failed" in line for line in lines("events")))
        os.kill(int(children_of(process.pid)[0]), signal.SIGTERM)
        same(ended(process).status, 128 + signal.SIGTERM)


# No needless work.

@case("nothing wakes gird while it waits")
def _():
    need("strace")
    with start(GIRD, "retry", "-d", "1h", "-j", "none", "--events", "file:events", "--", "false") as process:
        wait_for(lambda: any("attempt-failed" in line for line in lines("events")))
        wait_for(lambda: state_of(process.pid) == "S")
        with start("strace", "-o", "trace", "-p", str(process.pid)) as tracer:
            line = tracer.stderr.readline()
            if b"attached" not in line:
                process.kill()
                raise Skip("nothing can be traced here")
            time.sleep(5)
            tracer.send_signal(signal.SIGINT)
            ended(tracer)
        check(len([line for line in lines("trace") if "(" in line and "detached" not in line]) <= 1, lines("trace"))
        process.terminate()
        ended(process)


if __name__ == "__main__":
    main()
