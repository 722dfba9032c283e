#!/usr/bin/python3
"""The fifteen defects found in retry 1.0.5, coreutils timeout, chronic and glibc, none of them here.

Where the tool at fault is a Debian package and installed, the case shows beside it that it fails;
that a later version does not is no failure of ours.
"""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time

from harness import (BROKEN, GIRD, HANG, LATE, NOT_FOUND, NOT_RUNNABLE, SUCCESS, Skip, case, check, documented,
                     end_leftovers, ended, is_sanitized, lines, lives, main, number_in, retry, run, same, script,
                     signals_of, start, start_retry, wait_for)

A_MOMENT = 3  # seconds in which another tool would have done it, did it not hang


def other(tool):
    """Whether `tool` is there to be compared with."""
    if shutil.which(tool):
        return True
    documented(f"{tool} is not installed, so nothing was compared")
    return False


def finding(truth, does, does_not):
    documented(does if truth else f"not so here; it does not {does_not}")


def hangs(argv, **keys):
    """Whether a program is still there after a moment."""
    keys.setdefault("stdin", subprocess.DEVNULL)
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **keys) as process:
        try:
            process.communicate(timeout=A_MOMENT)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            end_leftovers()
            return True


def a_file(size):
    with open("input", "wb") as file:
        file.write(os.urandom(size))
    return open("input", "rb")


@case("1: replayed input of any size reaches a command that writes as it reads")
def _():
    with a_file(256 << 10) as file:
        done = retry("-n", "1", "--stdin", "replay", "--", "cat", stdin=file)
        file.seek(0)
        check(done.status == 0 and done.out == file.read(), done)
    data = os.urandom(1 << 20)
    done = retry("-n", "1", "--stdin", "replay", "--", "cat", stdin=data)
    check(done.status == 0 and done.out == data, done)
    done = retry("-n", "1", "--stdin", "replay", "--stdout", "hold", "--", "cat", stdin=data)
    check(done.status == 0 and done.out == data, done)
    if other("retry"):
        with a_file(256 << 10) as file:
            finding(hangs(["retry", "-t1", "--", "cat"], stdin=file), "retry deadlocks on 256 KiB of input",
                    "deadlock on 256 KiB of input")


@case("2: a command that does not read 5 MB of input is tried again")
def _():
    line = "echo x >> log; exit 7"
    done = retry("--stdin", "replay", "--", "sh", "-c", line, stdin=bytes(5_000_000))
    check(done.status == 7 and len(lines("log")) == 3, done, lines("log"))
    os.remove("log")
    with a_file(5_000_000) as file:
        done = retry("--stdin", "replay", "--", "sh", "-c", line, stdin=file)
    check(done.status == 7 and len(lines("log")) == 3, done, lines("log"))
    if other("retry"):
        os.remove("log")
        with start("retry", "-t3", "-d0", "--", "sh", "-c", line, stdin=subprocess.PIPE) as tool:
            with contextlib.suppress(BrokenPipeError):
                tool.stdin.write(bytes(5_000_000))
            with contextlib.suppress(BrokenPipeError):
                tool.stdin.close()
            tool.wait(HANG)
        finding(tool.returncode in (-13, 141) and len(lines("log")) < 3,
                f"retry dies of SIGPIPE ({tool.returncode}) before its third attempt",
                f"die of SIGPIPE: {tool.returncode} after {len(lines('log'))} attempts")


@case("3: death by SIGSEGV is a failure like any other, and its output is kept")
def _():
    line = "echo x >> log; echo out; kill -SEGV $$"
    for mode in ("stream", "hold"):
        done = retry("--stdout", mode, "--", "sh", "-c", line)
        check(done.status == -signal.SIGSEGV and len(lines("log")) == 3, mode, done)
        check(done.out == (b"out\n" if mode == "hold" else b"out\n" * 3), mode, done)
        os.remove("log")
    if other("retry"):
        done = run(["retry", "-t3", "-d0", "--", "sh", "-c", line])
        finding(len(lines("log")) == 1 and done.out == b"",
                f"retry gives up after one attempt ({done.status}) and loses the output",
                f"give up: {len(lines('log'))} attempts, {done}")


@case("4: not found is 127 and not executable 126, neither of them tried again")
def _():
    plain = script("plain", "text", 0o644)
    for command, status in ((f"{os.getcwd()}/none", NOT_FOUND), (plain, NOT_RUNNABLE), ("/", NOT_RUNNABLE)):
        done = retry("-n", "0", "--", command)
        check(done.status == status and done.err.startswith(b"gird retry: cannot run "), command, done)
    if other("retry"):
        finding(hangs(["retry", "-d1", "--", "/none"]) and run(["retry", "-t1", "--", "/none"]).status == 1,
                "retry tries a missing command for ever, and then exits 1", "try a missing command for ever")


@case("5: every item of a list of codes counts")
def _():
    for spec, code in (("0,3", 3), ("3,0", 0), ("3,0", 3), ("1,5-9,3", 3), ("1,5-9,3", 7)):
        done = retry("-n", "2", "--success-on", spec, "--", "sh", "-c", f"echo x >> log; exit {code}")
        check(done.status == SUCCESS and len(lines("log")) == 1, spec, code, done)
        os.remove("log")
    if other("retry"):
        run(["retry", "-t2", "-d0", "-u", "0,3", "--", "sh", "-c", "echo x >> log; exit 3"])
        finding(len(lines("log")) == 2, "retry -u 0,3 does not take exit 3 for a success",
                f"ignore the second item: {len(lines('log'))} attempts")


@case("6: a full device is an error, not a success")
def _():
    for mode, status in (("hold", BROKEN), ("stream", None)):
        with open("/dev/full", "wb") as full:
            done = retry("-n", "1", "--stdout", mode, "--", "echo", "hi", stdout=full)
        check(done.status == status if status else done.status != 0, mode, done)
        check(b"o space left on device" in done.err, mode, done)
    if other("retry"):
        with open("/dev/full", "wb") as full:
            done = run(["retry", "-t1", "--", "echo", "hi"], stdout=full)
        finding(done.status == 0, "retry loses the output and exits 0", f"exit 0: {done.status}")


@case("7: SIGTERM ends the command too")
def _():
    with start_retry("--", "sh", "-c", "echo $$ > pid; sleep 600 & wait") as process:
        pid = number_in("pid")
        process.terminate()
        done = ended(process)
    check(done.status == -signal.SIGTERM and not lives(pid), done)
    if other("retry"):
        os.remove("pid")
        with start("retry", "--", "sh", "-c", "echo $$ > pid; sleep 600 & wait", stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL) as process:
            pid = number_in("pid")
            process.terminate()
            process.wait(HANG)
        finding(lives(pid), "retry leaves the command running", "leave the command running")


@case("8: a background process that keeps the output open is not waited for")
def _():
    for mode in ("stream", "hold"):
        done = retry("--stdout", mode, "--retry-if-stderr", "x", "--", "sh", "-c",
                     "sleep 600 & echo $! > pid; echo out", stdout=open("out", "wb"), stderr=open("err", "wb"))
        check(done.status == 0 and lines("out") == ["out"] and lives(number_in("pid")), mode, done)
    if other("retry"):
        finding(hangs(["retry", "-t1", "--", "sh", "-c", "sleep 600 & echo out"]),
                "retry hangs until it ends", "hang")


@case("9: a loop that reads lines keeps its input")
def _():
    loop = 'while read -r line; do "$@"; echo "$line"; done'
    done = run(["sh", "-c", loop, "sh", GIRD, "retry", "--", "true"], stdin=b"1\n2\n3\n")
    check(done.out == b"1\n2\n3\n", done)
    if other("retry"):
        done = run(["sh", "-c", loop, "sh", "retry", "--", "true"], stdin=b"1\n2\n3\n")
        finding(done.out == b"1\n", "retry eats the lines of the loop: 1 iteration of 3", f"eat them: {done.out}")


class Terminal:
    """A shell line with a pseudo-terminal of its own, as a script that a person started."""

    def __init__(self, line, *words):
        self.pid, self.master = os.forkpty()
        if self.pid == 0:
            os.execvp("sh", ["sh", "-c", line, "sh", *words])
        self.text = b""

    def type(self, text):
        os.write(self.master, text)

    def read(self, wanted, timeout=HANG):
        """Reads until `wanted` was seen; whether it was."""
        end = time.monotonic() + timeout
        while wanted not in self.text:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                return False
            try:
                self.text += os.read(self.master, 4096)
            except OSError:  # the last one to have it open is gone
                return wanted in self.text
        return True

    def close(self):
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.master)
        end_leftovers()


@case("10: a command under a time limit in a script reads from the terminal")
def _():
    def typed(*tool):
        terminal = Terminal('echo ready; "$@"; echo "status $?"', *tool)
        try:
            terminal.read(b"ready")
            terminal.type(b"x\n")
            terminal.read(b"status ")
            return terminal.read(b"status 0\r\n", 1)
        finally:
            terminal.close()
    check(typed(GIRD, "retry", "-n", "1", "-t", "50", "--", "head", "-c1"), "what was typed did not arrive")
    if other("timeout"):
        finding(not typed("timeout", "2", "head", "-c1"), "timeout stops the command when it reads (SIGTTIN)",
                "stop it")


@case("11: Ctrl-C ends a command under a time limit in a script")
def _():
    def interrupted(timeout, *tool):
        terminal = Terminal('"$@"; echo over', *tool)
        try:
            number_in("pid")
            terminal.type(b"\x03")
            pid = number_in("pid")
            with contextlib.suppress(AssertionError):
                return wait_for(lambda: not lives(pid), timeout=timeout)
            return False
        finally:
            terminal.close()
            os.remove("pid")
    command = ["sh", "-c", "echo $$ > pid; exec sleep 600"]
    check(interrupted(HANG, GIRD, "retry", "-t", "500", "--", *command), "Ctrl-C was ignored")
    if other("timeout"):
        finding(not interrupted(1, "timeout", "500", *command), "timeout keeps Ctrl-C from the command",
                "keep Ctrl-C from it")


@case("12: a time limit ends what has left the process group")
def _():
    line = "setsid sh -c 'echo $$ > pid; exec sleep 600' & wait"
    # Long enough for two programs to start, on a busy machine too.
    done = retry("-n", "1", "-t", "2", "--", "sh", "-c", line)
    check(done.status == LATE and not lives(number_in("pid")), done)
    if other("timeout"):
        os.remove("pid")
        run(["timeout", "2", "sh", "-c", line], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        finding(lives(number_in("pid")), "timeout leaves the setsid grandchild running", "leave it running")


def with_sigpipe_ignored(*tool):
    """The signals that a command of `tool` ignores, started by a parent that ignores SIGPIPE."""
    done = run([*tool, "cat", "/proc/self/status"], restore_signals=False,
               preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN))
    same(done.status, 0, tool[0])
    return signals_of(done.out.decode(), "SigIgn")


@case("13: SIGPIPE is not ignored in the command, whatever the parent does")
def _():
    check(signal.SIGPIPE not in with_sigpipe_ignored(GIRD, "retry", "--"))
    for tool in (["timeout", "9"], ["retry", "-t1", "--"], ["flock", "lock"], ["env"]):
        if other(tool[0]):
            finding(signal.SIGPIPE in with_sigpipe_ignored(*tool), f"{tool[0]} passes SIG_IGN on",
                    f"{tool[0]} pass SIG_IGN on")


def peak_while_releasing(argv, size):
    """The most memory a program needed, in KiB, asked when all is held and some is on its way."""
    with start(*argv) as process:
        check(select.select([process.stdout], [], [], HANG)[0], "nothing comes")
        with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
        count = 0
        while block := process.stdout.read(1 << 20):
            count += len(block)
        same(count, size, argv[0])
    return peak


@case("14: 256 MiB of held output need no memory")
def _():
    if is_sanitized():
        raise Skip("the memory of a sanitizer is not the program's")
    if shutil.disk_usage(os.environ.get("TMPDIR", "/tmp")).free < 2 << 30:
        raise Skip("the temporary folder has less than 2 GiB of room")
    size = 256 << 20
    command = ["head", "-c", str(size), "/dev/zero"]
    peak = peak_while_releasing([GIRD, "retry", "--stdout", "hold", "--", *command], size)
    check(peak <= 4096, f"{peak} KiB")
    for tool in (["retry", "-t1", "--"], ["chronic", "-v"]):
        if other(tool[0]):
            peak = peak_while_releasing([*tool, *command], size) if tool[0] == "retry" else \
                peak_of_chronic(command)
            finding(peak > size >> 10, f"{tool[0]} needs {peak >> 10} MiB", f"{tool[0]} need it: {peak} KiB")


def peak_of_chronic(command):
    """chronic prints only what failed."""
    line = " ".join(command) + "; exit 1"
    return peak_while_releasing(["chronic", "sh", "-c", line], 256 << 20)


@case("15: the command starts with the signals that gird was started with")
def _():
    def seen(*tool):
        done = run([*tool, "cat", "/proc/self/status"])
        return [signals_of(done.out.decode(), field) for field in ("SigBlk", "SigIgn", "SigCgt")]
    plain = seen()
    same(seen(GIRD, "retry", "--"), plain)
    same(seen(GIRD, "retry", "--stdin", "replay", "--stdout", "hold", "--pushback", "fd", "-t", "50", "--"), plain)
    check(not {32, 33} & plain[1], "this Python starts programs with 32 or 33 ignored, so nothing was shown")


if __name__ == "__main__":
    main()
