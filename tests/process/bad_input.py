#!/usr/bin/python3
"""What gird does with mistakes and with machines that refuse: one line that says why, and exit 125.

A mistake in the words is found before anything runs. What a command wrote is whole, or gird says
that it is not: closed descriptors, full disks, no descriptors left, no processes left, no folder
for temporary files.
"""

import os
import pwd
import resource

from harness import (BROKEN, GIRD, NOT_FOUND, NOT_RUNNABLE, SUCCESS, Skip, case, check, gird, in_private_mounts,
                     lines, main, need_root, retry, run, same, script)

FAR = "99999999999999999999"  # above every 64-bit number

# What is typed, and what the message must name.
MISTAKES = [
    # durations
    (["-d", "5parsecs"], "--delay: '5parsecs': unknown unit 'parsecs'"),
    (["-d", "-1"], "--delay: '-1'"),
    (["--delay=-1s"], "negative"),
    (["-d", ""], "empty duration"),
    (["-d", "nan"], "not a duration"),
    (["-d", "inf"], "not a duration"),
    (["-d", "0x10"], "--delay"),
    (["-d", "1e3"], "--delay"),
    (["-d", " 1s"], "--delay"),
    (["-d", "1s "], "--delay"),
    (["-d", "PT5S"], "--delay"),
    (["-d", "1s1m"], "descend"),
    (["-d", "1.s"], "--delay"),
    (["-d", "none"], "--delay"),
    (["-d", FAR], "292 years"),
    (["-d", "300y"], "unknown unit 'y'"),
    (["--max-delay", "16000w"], "292 years"),
    (["-t", "5x"], "--timeout: '5x'"),
    (["-t", FAR + "h"], "--timeout"),
    (["--deadline", "-5s"], "--deadline"),
    (["--kill-after", "x"], "--kill-after"),
    # numbers
    (["-n", "-3"], "--attempts: '-3'"),
    (["-n", "1.5"], "--attempts"),
    (["-n", "x"], "--attempts: 'x': not a whole number"),
    (["-n", ""], "--attempts"),
    (["-n", FAR], "too large"),
    (["--seed", "x"], "--seed"),
    (["--until-success", "0"], "--until-success"),
    (["--until-success", "-1"], "--until-success"),
    (["--factor", "x"], "--factor"),
    (["--factor", "0.5"], "--factor"),
    (["--factor", "-2"], "--factor"),
    (["--factor", "nan"], "--factor"),
    (["--factor", "inf"], "--factor"),
    (["--factor", "1e999"], "--factor"),
    # words
    (["-b", "quadratic"], "--backoff"),
    (["-b", "fibonaci"], "fibonacci"),
    (["-b", "fibonacci:1m..1s"], "--backoff"),
    (["-b", "1s..x"], "--backoff"),
    (["-b", "1s,,2s"], "--backoff"),
    (["-b", ""], "--backoff"),
    (["-j", "half"], "--jitter"),
    (["-j", "150%"], "--jitter"),
    (["-j", "-5%"], "--jitter"),
    (["--stdin", "replya"], "replay"),
    (["--stdout", "keep"], "--stdout"),
    (["--transient", "crul"], "curl"),
    (["--transient", ""], "--transient"),
    # outcomes
    (["--retry-on", "256"], "--retry-on: '256'"),
    (["--retry-on", "9-5"], "backwards"),
    (["--retry-on", "1,,2"], "--retry-on"),
    (["--retry-on", ""], "--retry-on"),
    (["--retry-on", "SIGNOPE"], "--retry-on"),
    (["--stop-on", "-1"], "--stop-on"),
    (["--success-on", "timeot"], "timeout"),
    # patterns
    (["--retry-if-stderr", "(ab"], "--retry-if-stderr '(ab': missing ): (ab at character 1"),
    (["--stop-if-stderr", "ab[z-a]"], "at character 4"),
    (["--retry-if-stdout", "a**"], "at character 2"),
    (["--stop-if-stdout", "x\\"], "--stop-if-stdout"),
    (["--retry-if-stderr", "(?=ahead)"], "at character 1"),
    (["--pushback", "retry-after: [0-9]+"], "needs a group"),
    (["--pushback", "(["], "--pushback"),
    # destinations
    (["--events", "nowhere"], "--events nowhere"),
    (["--events", "fd:1"], "standard output"),
    (["--events", "fd:99"], "--events fd:99"),
    (["--events", "fd:x"], "fd:x"),
    (["--events", "file:none/events"], "--events file:none/events"),
    (["--events", "unix:none"], "--events unix:none"),
    (["--events", "unix:" + "x" * 108], "--events unix:"),
    (["--report", "xml=file"], "json=FILE, junit=FILE or github"),
    (["--report", "json"], "needs a file"),
    (["--report", "json=-"], "needs a file"),
    (["--report", "github=file"], "github takes no file"),
    (["--report", "json=none/report"], "open none/report"),
    # contradictions
    (["-q", "-v"], "choose one"),
    (["-b", "1s,2s", "-d", "1s"], "--delay"),
    (["-b", "1s..2s", "-d", "1s"], "--delay"),
    (["-b", "1s..2s", "--max-delay", "1s"], "--max-delay"),
    (["-b", "linear", "--factor", "3"], "--factor"),
    (["-b", "decorrelated", "-j", "full"], "--jitter"),
    (["-d", "1m", "--max-delay", "1s"], "longer than --max-delay 1s"),
    (["-n", "2", "--until-success", "3"], "cannot be reached in 2 attempts"),
    (["--retry-on", "1-3", "--stop-on", "1-5"], "--stop-on"),
    (["--retry-on", "3", "--success-on", "0,3"], "--success-on"),
    (["--stdout", "stream", "--retry-if-stdout", "x"], "need it held"),
    (["--failed-output", "drop"], "--stdout hold"),
    (["--stdout", "hold", "--failed-output", ""], "--failed-output"),
    (["--on-retry-sh", ""], "--on-retry-sh"),
    (["--then-sh", ""], "--then-sh"),
    # options
    (["--attemps", "3"], "--attempts"),
    (["--no-such-thing"], "--no-such-thing"),
    (["-n", "1", "-n", "2"], "--attempts"),
    (["-Z"], "-Z"),
    (["--quiet=x"], "--quiet"),
    (["--config", "none.toml"], "none.toml"),
]


def refused(done, *parts):
    """An exit 125 that says what is wrong, and nothing on standard output."""
    same(done.status, BROKEN, done)
    same(done.out, b"", "standard output")
    text = done.err.decode(errors="replace")
    check(text.startswith("gird retry: ") and text.endswith("\n"), done)
    rest = text.splitlines()[1:]
    check(len(rest) <= 2 and all(line.startswith("  hint: ") for line in rest), done)
    for part in parts:
        check(part in text, f"no {part!r} in", done)


def mistake(words, part):
    @case("before anything runs: " + " ".join(word if 0 < len(word) < 40 else "''" if not word else "..."
                                             for word in words))
    def _():
        refused(gird("retry", *words, "--", "touch", "ran"), part)
        same(os.listdir("."), [], "the folder")


for typed, named in MISTAKES:
    mistake(typed, named)


@case("no command, in all its forms")
def _():
    for words in ([], ["--"], ["-n", "3"], ["-n", "3", "--"], [""], ["--", ""], ["--", "", "true"]):
        refused(gird("retry", *words), "COMMAND")


@case("an option without its value")
def _():
    for option, named in (("-n", "--attempts"), ("--delay", "--delay"), ("--report", "--report")):
        refused(gird("retry", option), named + ": needs a value")


@case("a bad variable is named with its source, and nothing runs")
def _():
    for name, value in (("GIRD_RETRY_ATTEMPTS", "abc"), ("GIRD_RETRY_DELAY", "-1"), ("GIRD_RETRY_STDIN", "x"),
                        ("GIRD_DEADLINE_AT", "tomorrow"), ("GIRD_DEPTH", "-1"), ("GIRD_EVENTS", "nowhere"),
                        ("GIRD_RETRY_RETRY_IF_STDERR", "(")):
        part = "nowhere" if name == "GIRD_EVENTS" else "(" if value == "(" else name
        refused(gird("retry", "--", "touch", "ran", env={name: value}), part)
        same(os.listdir("."), [], name)


@case("a mistake in the configuration is told with its place, and nothing runs")
def _():
    for text, part in (("[retry]\nattempts = 'x'\n", "config.toml:2"), ("[retry]\nattemps = 3\n", "attempts"),
                       ("[retry\n", "config.toml:1"), ("[retry]\ndelay = '5parsecs'\n", "parsecs")):
        script("config.toml", text, 0o644)
        refused(gird("retry", "--config", "config.toml", "--", "touch", "ran"), part)
        same(os.listdir("."), ["config.toml"])


# Closed descriptors.

def with_closed(*numbers):
    def close():
        for number in numbers:
            os.close(number)
    return close


@case("each standard descriptor closed, and all of them: the command runs and its code is passed on")
def _():
    for closed in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
        for options in ((), ("--retry-if-stderr", "x"), ("--stdin", "replay"), ("--pushback", "fd")):
            done = retry("-n", "2", *options, "--retry-on", "7", "--", "sh", "-c", "echo x >> log; exit 7",
                         preexec_fn=with_closed(*closed))
            same((done.status, len(lines("log"))), (7, 2), f"closed {closed} {options} {done}")
            os.remove("log")


@case("a descriptor that is closed is closed for the command too, whatever gird opens")
def _():
    look = "for n in 0 1 2; do if test -e /proc/self/fd/$n; then readlink /proc/self/fd/$n; else echo none; fi " \
           "; done >> log"
    for closed in ((0,), (1,), (2,), (0, 1, 2)):
        retry("-n", "1", "--events", "file:events", "--report", "json=report", "--pushback", "fd",
              "--", "sh", "-c", look, preexec_fn=with_closed(*closed))
        seen = lines("log")
        # The shell that looks redirects its own output, so that 1 is the log.
        for number in closed:
            check(number == 1 or seen[number] in ("none", "/dev/null"), f"{number} is {seen[number]}")
        same(set(lines("log")) & {os.path.abspath("events"), os.path.abspath("report")}, set())
        os.remove("log")
    same(len(lines("events")), 3 * 4)


@case("held output that cannot be released because standard output is closed")
def _():
    done = retry("--stdout", "hold", "--", "echo", "hi", preexec_fn=with_closed(1))
    refused(done, "write error: bad file descriptor")
    same(retry("--stdout", "hold", "--", "true", preexec_fn=with_closed(1)).status, 0, "nothing to write")


@case("standard output that is only for reading is a write error too")
def _():
    with open("/dev/null", "rb") as only_read:
        done = retry("--stdout", "hold", "--", "echo", "hi", stdout=only_read)
    same((done.status, b"write error" in done.err), (BROKEN, True), done)


# Full disks.

TINY = 'mount -t tmpfs -o size=64k gird /mnt || exit 99; export TMPDIR=/mnt; '


@case("a full disk while holding: a command that fails by it is tried again and its code passed on")
def _():
    line = TINY + '"$2" retry -n 2 -d 0 --stdout hold --failed-output drop -- sh -c ' \
                  '"echo x >> $1; head -c 1000000 /dev/zero"'
    done = in_private_mounts(line, os.path.abspath("log"), GIRD)
    same((done.status, len(lines("log"))), (1, 2), done)
    check(b"No space left" in done.err, done)


@case("a full disk while holding: a command that does not notice is not a success")
def _():
    line = TINY + '"$1" retry -n 1 --stdout hold -- sh -c "head -c 1000000 /dev/zero; exit 0"'
    done = in_private_mounts(line, GIRD)
    same(done.status, BROKEN, done)
    same(done.out, b"", "what leaves")
    check(b"hold the output: no space left on device" in done.err, done)


@case("a full disk while holding: what fitted is whole")
def _():
    line = TINY + '"$1" retry -n 1 --stdout hold -- head -c 50000 /dev/zero'
    done = in_private_mounts(line, GIRD)
    same((done.status, len(done.out)), (0, 50000), done)


@case("a full disk while keeping replayed input")
def _():
    line = TINY + '"$1" retry -n 2 -d 0 --stdin replay -- sh -c "cat > /dev/null; exit 7"'
    done = in_private_mounts(line, GIRD, stdin=bytes(1 << 20))
    refused(done, "keep the input for another attempt: no space left on device")


@case("a limit on file sizes while holding is not a success either")
def _():
    done = retry("-n", "1", "--stdout", "hold", "--", "sh", "-c",
                 "trap '' XFSZ; head -c 1000000 /dev/zero; exit 0",
                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)))
    same((done.status, done.out), (BROKEN, b""), done)
    check(b"hold the output: file too large" in done.err, done)


@case("a write error on release is exit 125, whatever the command's code was")
def _():
    for line in ("echo out", "echo out; exit 3", "head -c 100000 /dev/zero"):
        with open("/dev/full", "wb") as full:
            done = retry("-n", "1", "--stdout", "hold", "--", "sh", "-c", line, stdout=full)
        same(done.status, BROKEN, line)
        check(b"gird retry: write error: no space left on device\n" in done.err, done)


@case("a file of failed output that cannot be written")
def _():
    done = retry("--stdout", "hold", "--failed-output", "/dev/full", "--", "sh", "-c", "echo out; exit 3")
    same(done.status, BROKEN, done)
    check(b"write /dev/full: no space left on device" in done.err, done)


@case("a report that cannot be written is exit 125")
def _():
    done = retry("--report", "json=/dev/full", "--", "true")
    same(done.status, BROKEN, done)
    check(b"write /dev/full: no space left on device" in done.err, done)


@case("help into a full device is a write error")
def _():
    with open("/dev/full", "wb") as full:
        done = gird("retry", "--help", stdout=full)
        same((done.status, b"write error" in done.err), (BROKEN, True), done)
        done = gird("help", stdout=full)
        same((done.status, b"write error" in done.err), (3, True), done)


# No descriptors, no processes, no folder.

@case("few descriptors: it works, or it is exit 125 with the reason")
def _():
    worked = set()
    for limit in range(3, 16):
        for options in ((), ("--stdout", "hold"), ("--stdin", "replay"), ("--pushback", "fd"),
                        ("--retry-if-stderr", "x"), ("--stdin", "replay", "--stdout", "hold", "--pushback", "fd",
                                                     "--retry-if-stderr", "x")):
            done = retry("-n", "2", *options, "--retry-on", "7", "--", "/bin/echo", "hi", stdin=b"in",
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
            where = f"limit {limit} {options} {done}"
            if done.status == BROKEN:
                check(done.out == b"" and b"too many open files" in done.err, where)
            elif done.status in (NOT_FOUND, NOT_RUNNABLE):
                check(limit < 5, where)  # the loader of `echo` has none left
            else:
                # What the command has no descriptor for is its own failure.
                check(done.status in (SUCCESS, 127) or limit < 5, where)
                if done.status == SUCCESS:
                    same(done.out, b"hi\n", where)
                    worked.add(options)
    same(len(worked), 6, "kinds that worked with 15 descriptors")


@case("no processes left: exit 125 with the reason")
def _():
    need_root()
    try:
        nobody = pwd.getpwnam("nobody").pw_uid
    except KeyError:
        raise Skip("there is no user nobody") from None

    def become_nobody():
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
        os.setgroups([])
        os.setresgid(nobody, nobody, nobody)
        os.setresuid(nobody, nobody, nobody)
    probe = run(["test", "-x", GIRD], preexec_fn=become_nobody)
    if probe.status != 0:
        raise Skip("nobody cannot reach the binary")
    refused(retry("--", "true", preexec_fn=become_nobody), "start a process: resource temporarily unavailable")


@case("a folder for temporary files that is absent, empty, a file or read-only: memory is used")
def _():
    script("plain", "text", 0o644)
    twice = "cat; test -e was || { touch was; exit 7; }"
    for folder in ("none", "", "plain", "/proc", "/dev/null"):
        done = retry("-n", "2", "--stdin", "replay", "--stdout", "hold", "--failed-output", "drop", "--", "sh",
                     "-c", twice, stdin=b"bytes", env={"TMPDIR": folder})
        same((done.status, done.out, done.err), (0, b"bytes", b""), folder)
        os.remove("was")
    done = in_private_mounts('mount -t tmpfs -o ro gird /mnt || exit 99; TMPDIR=/mnt "$1" retry --stdout hold -- '
                             'echo hi', GIRD)
    same((done.status, done.out), (0, b"hi\n"), done)


@case("held output is nowhere to be found by name")
def _():
    os.mkdir("temporary")
    done = retry("--stdout", "hold", "--", "sh", "-c", "echo out; ls -A temporary >&2",
                 env={"TMPDIR": os.path.abspath("temporary")})
    same((done.out, done.err), (b"out\n", b""), done)


@case("standard input that is a folder")
def _():
    folder = os.open(".", os.O_RDONLY)
    try:
        for mode in ("inherit", "replay"):
            done = retry("-n", "2", "--stdin", mode, "--", "cat", stdin=folder)
            check(done.status in (0, 1), mode, done)
    finally:
        os.close(folder)


@case("an environment with odd entries is handed on as it is")
def _():
    # env -i leaves nothing; a name without '=' cannot be made by subprocess, empty values can.
    done = run(["env", "-i", "A=", "A B=c d", "X=\xff", GIRD, "retry", "--config", "none", "--",
                "/usr/bin/env", "-0"])
    entries = [one for one in done.out.split(b"\0") if not one.startswith(b"GIRD_")]
    check(b"A=" in entries and b"A B=c d" in entries and "X=\xff".encode() in entries, done)


if __name__ == "__main__":
    main()
