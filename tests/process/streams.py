#!/usr/bin/python3
"""Bytes through gird: what is held, replayed, watched or inherited arrives whole, once and in order."""

import fcntl
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading

from harness import (GIRD, HANG, Skip, case, check, ended, lines, main, number_in, retry, run, same,
                     start, start_retry, wait_for)

# Every byte, NULs, what is no UTF-8, and no newline at the end.
BYTES = bytes(range(256)) * 3 + b"\0\0\xc3\x28\xf0\x28\x8c\xbc\r\n\n\xff"
MANY = bytes((7 * n * n + n // 251) & 255 for n in range(1 << 20)) * 3

# Runs a command in every attempt, and fails those before the attempt that is named.
UNTIL = '[ "$GIRD_ATTEMPT" -ge "$1" ] || { shift; "$@"; exit 7; }; shift; exec "$@"'


def until(attempt, *command):
    return ["sh", "-c", UNTIL, "sh", str(attempt), *command]


def in_file(data, name="input"):
    pathlib.Path(name).write_bytes(data)
    return open(name, "rb")


# Output.

@case("every byte of output arrives, streamed, held and watched")
def _():
    for options in ((), ("--stdout", "hold"), ("--stop-if-stdout", "nowhere"), ("--retry-if-stderr", "nowhere")):
        for data in (BYTES, MANY, b"", b"\0"):
            done = retry(*options, "--", "cat", stdin=data)
            check(done.status == 0 and done.out == data, options, done)


@case("every byte of standard error arrives, watched or not")
def _():
    for options in ((), ("--retry-if-stderr", "nowhere"), ("--pushback", "retry-after: (.*)"),
                    ("--transient", "curl"), ("--stdout", "hold")):
        for data in (BYTES, MANY):
            done = retry(*options, "--", "sh", "-c", "cat >&2", stdin=data)
            check(done.status == 0 and done.err == data and done.out == b"", options, done)


@case("a slow reader of watched standard error gets everything")
def _():
    with start_retry("--retry-if-stderr", "nowhere", "--", "sh", "-c", "cat >&2; exit 0", stdin=subprocess.PIPE,
                     stdout=subprocess.DEVNULL) as process:
        writer = threading.Thread(target=lambda: (process.stdin.write(MANY), process.stdin.close()))
        writer.start()
        seen = b""
        while block := os.read(process.stderr.fileno(), 1111):
            seen += block
        writer.join()
    check(seen == MANY and process.returncode == 0, len(seen), process.returncode)


@case("words of many kinds reach the command as they are")
def _():
    words = [b"", b" ", b"a b", b"\xff\xfe", b"'", b'"', b"$HOME", b"*", b"--", b"-n", b"\n", "\u00e9".encode()]
    done = retry("--", "printf", "%s\\0", *words)
    same(done.out, b"".join(word + b"\0" for word in words))


@case("held: only the last attempt's output leaves, the others' goes to standard error")
def _():
    done = retry("-n", "3", "--stdout", "hold", "--", *until(3, "sh", "-c", "echo out $GIRD_ATTEMPT"))
    same((done.status, done.out, done.err), (0, b"out 3\n", b"out 1\nout 2\n"))


@case("held: all attempts fail, and the last one's output leaves")
def _():
    done = retry("-n", "2", "--stdout", "hold", "--failed-output", "drop", "-q", "--", "sh", "-c",
                 "echo out $GIRD_ATTEMPT; exit 7")
    same((done.status, done.out, done.err), (7, b"out 2\n", b""))


@case("held: failed output goes where it is told to, and is added to what is there")
def _():
    pathlib.Path("failed").write_text("before\n")
    for where, err in (("drop", b""), ("stderr", b"out 1\nout 2\n"), ("failed", b"")):
        done = retry("--stdout", "hold", "--failed-output", where, "--",
                     *until(3, "sh", "-c", "echo out $GIRD_ATTEMPT"))
        same((done.status, done.out, done.err), (0, b"out 3\n", err), where)
    same(lines("failed"), ["before", "out 1", "out 2"])


@case("held: nothing leaves before the end")
def _():
    os.mkfifo("go")
    with start_retry("--stdout", "hold", "--", "sh", "-c", "echo out; echo > began; read line < go; exit 0") as process:
        wait_for(lambda: os.path.exists("began"))
        os.set_blocking(process.stdout.fileno(), False)
        same(process.stdout.read(), None, "before the end")
        os.set_blocking(process.stdout.fileno(), True)
        wait_for(lambda: pathlib.Path("go").write_text("\n"))
        same(ended(process).out, b"out\n")


@case("held: into a file, an appending log, a pipe that is slow and never blocks, and a socket")
def _():
    command = ["--stdout", "hold", "--", "cat"]
    with open("file", "wb") as out:
        out.write(b"before")
        out.flush()
        same(retry(*command, stdin=MANY, stdout=out).status, 0)
    check(pathlib.Path("file").read_bytes() == b"before" + MANY, "file")
    with open("file", "ab") as out:
        same(retry(*command, stdin=BYTES, stdout=out).status, 0)
    check(pathlib.Path("file").read_bytes() == b"before" + MANY + BYTES, "log")
    ends = os.pipe()
    os.set_blocking(ends[1], False)
    check(through(ends, lambda: os.read(ends[0], 1 << 16), command) == MANY, "pipe")
    ours, theirs = socket.socketpair()
    check(through((ours.detach(), theirs.detach()), None, command) == MANY, "socket")


def through(ends, read, command):
    """What arrives at ends[0] of what gird writes to ends[1]."""
    read = read or (lambda: os.read(ends[0], 1 << 16))
    with in_file(MANY) as data, start_retry(*command, stdin=data, stdout=ends[1]) as process:
        os.close(ends[1])
        seen = b""
        while block := read():
            seen += block
        same(ended(process).status, 0)
    os.close(ends[0])
    return seen


@case("held: 256 MiB arrive byte for byte")
def _():
    if shutil.disk_usage(os.environ.get("TMPDIR", "/tmp")).free < 2 << 30:
        raise Skip("the temporary folder has less than 2 GiB of room")
    size = 256 << 20
    make = ["openssl", "enc", "-aes-128-ctr", "-K", "0" * 32, "-iv", "0" * 32, "-in", "/dev/zero"]
    if not shutil.which("openssl"):
        make = ["yes", "0123456789"]
    line = '"$@" 2> /dev/null | head -c ' + str(size)
    wanted, seen = hashlib.sha256(), hashlib.sha256()
    with start("sh", "-c", line, "sh", *make) as plain:
        while block := plain.stdout.read(1 << 20):
            wanted.update(block)
    count = 0
    with start_retry("--stdout", "hold", "--", "sh", "-c", line, "sh", *make) as process:
        while block := process.stdout.read(1 << 20):
            count += len(block)
            seen.update(block)
    same((process.returncode, count, seen.hexdigest()), (0, size, wanted.hexdigest()))


@case("a reader that has enough ends it quietly with SIGPIPE, and there is no further attempt")
def _():
    for options, command in ((["--stdout", "hold"], "seq 1000000"), ([], "yes")):
        with start_retry(*options, "--", "sh", "-c", "echo x >> log; exec " + command) as process:
            check(process.stdout.read(2) in (b"1\n", b"y\n"))
            process.stdout.close()
            err = process.stderr.read()
            process.wait(HANG)
        same((process.returncode, err, len(lines("log"))), (-signal.SIGPIPE, b"", 1), command)
        os.remove("log")
    line = 'trap "" PIPE; { "$@"; echo $? >&2; } | head -1'
    done = run(["sh", "-c", line, "sh", GIRD, "retry", "--stdout", "hold", "--", "seq", "1000000"])
    same((done.out, done.err), (b"1\n", b"141\n"), "with SIGPIPE ignored")


@case("a background process that keeps the watched streams open is not waited for")
def _():
    for options in (("--retry-if-stderr", "x"), ("--retry-if-stdout", "x"), ("--pushback", "fd")):
        done = retry(*options, "--", "sh", "-c", "sleep 600 & echo $! > pid; echo out; echo err >&2",
                     stdout=open("out", "wb"), stderr=open("err", "wb"))
        same((done.status, lines("out"), lines("err")), (0, ["out"], ["err"]), options)
        number_in("pid")


# Input.

@case("replay: every attempt reads the same bytes, from a pipe and from a file")
def _():
    for data in (BYTES, MANY, b"", b"\0"):
        for source in ("pipe", "file"):
            for name in ("1", "2", "3"):
                pathlib.Path(name).unlink(missing_ok=True)
            done = retry("-n", "3", "--stdin", "replay", "--", "sh", "-c", 'cat > "$GIRD_ATTEMPT"; exit 7',
                         stdin=data if source == "pipe" else in_file(data))
            same(done.status, 7, done)
            for name in ("1", "2", "3"):
                check(pathlib.Path(name).read_bytes() == data, source, f"attempt {name} of {len(data)} bytes")


@case("replay: attempts that read only a part, nothing, or close their input at once")
def _():
    first = {"part": "head -c 100000 > /dev/null", "byte": "dd bs=1 count=1 of=/dev/null 2> /dev/null",
             "nothing": "true", "closes": "exec < /dev/null; sleep 0.02"}
    for kind, line in first.items():
        for source in ("pipe", "file"):
            done = retry("-n", "4", "--stdin", "replay", "--", "sh", "-c",
                         f'if [ "$GIRD_ATTEMPT" -lt 4 ]; then {line}; exit 7; fi; exec cat',
                         stdin=MANY if source == "pipe" else in_file(MANY))
            check(done.status == 0 and done.out == MANY, kind, source, done)


@case("replay: attempts that read more and more of a pipe")
def _():
    line = 'head -c $((GIRD_ATTEMPT * 700000)) > "$GIRD_ATTEMPT"; [ $GIRD_ATTEMPT -eq 6 ]'
    done = retry("-n", "6", "--stdin", "replay", "--", "sh", "-c", line, stdin=MANY)
    same(done.status, 0, done)
    for attempt in range(1, 7):
        check(pathlib.Path(str(attempt)).read_bytes() == MANY[:attempt * 700000], f"attempt {attempt}")


@case("replay: from the middle of a file, and what the last attempt left is there for the next reader")
def _():
    pathlib.Path("input").write_bytes(b"0123456789")
    line = '{ dd bs=1 count=2; "$@"; cat; } 2> /dev/null < input'
    done = run(["sh", "-c", line, "sh", GIRD, "retry", "-d", "1ms", "--stdin", "replay", "--",
                *until(3, "dd", "bs=1", "count=3")])
    same(done.out, b"01" + b"234" * 3 + b"56789")


@case("replay: an endless pipe")
def _():
    line = 'yes | "$@"'
    done = run(["sh", "-c", line, "sh", GIRD, "retry", "-d", "1ms", "--stdin", "replay", "--",
                *until(3, "head", "-n", "2")])
    same((done.status, done.out), (0, b"y\n" * 6), done)


@case("replay: a pipe that stays open and silent does not keep the attempts from ending")
def _():
    ends = os.pipe()
    try:
        os.write(ends[1], b"line\n")
        done = retry("-n", "2", "--stdin", "replay", "--", "sh", "-c", 'read line; echo "$line"; exit 7',
                     stdin=ends[0])
        same((done.status, done.out), (7, b"line\nline\n"), done)
    finally:
        for end in ends:
            os.close(end)


@case("replay: bytes that come late reach the attempt that waits for them")
def _():
    ends = os.pipe()
    with start_retry("-n", "2", "--stdin", "replay", "--", "sh", "-c",
                     'read one; echo "$one"; read two; echo "$two"; exit 7', stdin=ends[0]) as process:
        os.close(ends[0])
        os.write(ends[1], b"one\n")
        same(process.stdout.readline(), b"one\n")
        os.write(ends[1], b"two\n")
        os.close(ends[1])
        done = ended(process)
        same((done.status, done.out), (7, b"two\none\ntwo\n"), done)


@case("replay: closed, empty and null input")
def _():
    line = "test -e /proc/self/fd/0 && cat; echo over"
    for keys in ({"preexec_fn": lambda: os.close(0)}, {"stdin": b""}, {"stdin": subprocess.DEVNULL}):
        done = retry("-n", "2", "--stdin", "replay", "--", *until(2, "sh", "-c", line), **keys)
        same((done.status, done.out), (0, b"over\nover\n"), done)


@case("replay: a file that others read on is not disturbed before the end")
def _():
    with in_file(b"0123456789") as file:
        file.seek(4)
        done = retry("-n", "3", "--stdin", "replay", "--", "cat", stdin=file.fileno())
        same((done.out, os.lseek(file.fileno(), 0, os.SEEK_CUR)), (b"456789", 10))


@case("replay: a file that may be read through its descriptor alone")
def _():
    with in_file(b"secret") as file:
        os.remove("input")
        done = retry("-n", "3", "--stdin", "replay", "--", *until(3, "cat"), stdin=file.fileno())
        same(done.out, b"secret" * 3)


@case("inherit: what an attempt has read is gone for the next")
def _():
    done = retry("-n", "3", "--", *until(3, "sh", "-c", 'read line; echo "$line"'), stdin=b"1\n2\n3\n4\n")
    same(done.out, b"1\n2\n3\n")


@case("null: nothing to read, and the caller's input is left alone")
def _():
    with in_file(b"text") as file:
        done = retry("-n", "2", "--stdin", "null", "--", *until(2, "cat"), stdin=file.fileno())
        same((done.status, done.out, os.lseek(file.fileno(), 0, os.SEEK_CUR)), (0, b"", 0))


@case("a command that closes its input at once does not disturb gird")
def _():
    for mode in ("inherit", "replay", "null"):
        done = retry("-n", "1", "--stdin", mode, "--", "sh", "-c", "exec <&-; echo out", stdin=MANY)
        same((done.status, done.out), (0, b"out\n"), mode)


# Descriptors.

@case("the command gets the user's descriptors, and none of gird's")
def _():
    ends = os.pipe()
    fcntl.fcntl(ends[0], fcntl.F_DUPFD, 50)
    look = "ls /proc/self/fd"
    try:
        plain = run(["sh", "-c", look], pass_fds=ends)
        for options in ((), ("--stdin", "replay", "--stdout", "hold", "--retry-if-stderr", "x"),
                        ("--events", "file:events", "--report", "json=report")):
            same(retry(*options, "--", "sh", "-c", look, pass_fds=ends).out.split(), plain.out.split(), options)
        done = retry("--pushback", "fd", "--", "sh", "-c", 'ls /proc/self/fd; echo "$GIRD_PUSHBACK_FD" >&2',
                     pass_fds=ends)
        # One more than before; ls itself opens the next number that is free.
        same(len(done.out.split()), len(plain.out.split()) + 1)
        same(done.err.strip() in done.out.split(), True)
    finally:
        for end in ends:
            os.close(end)


@case("patterns see bytes, however they are cut into writes, and a last line without newline")
def _():
    for line, option in ((r'printf "ab\377"; sleep 0.05; printf "cd"', "ab\\xffcd"),
                         (r'head -c 300000 /dev/zero | tr "\0" x; printf "yz"', "xyz$"),
                         (r'printf "\0needle\0\n"', "^\\x00needle\\x00$")):
        for stream, redirect in (("stderr", ">&2"), ("stdout", "")):
            done = retry("-n", "2", f"--retry-if-{stream}", option, "--", "sh", "-c",
                         f"echo x >> log; {{ {line}; }} {redirect}; exit 7")
            same((done.status, len(lines("log"))), (7, 2), f"{stream} {option}")
            os.remove("log")


if __name__ == "__main__":
    main()
