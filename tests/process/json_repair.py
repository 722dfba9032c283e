#!/usr/bin/python3
"""gird json-repair on files, pipes and disks that fail: what it writes is whole, or is not there."""

import contextlib
import errno
import functools
import os
import pty
import signal
import subprocess
import time

from harness import GIRD, Skip, case, check, gird, in_private_mounts, is_sanitized, main, run, same, start

INJECT = os.path.abspath(os.environ.get("INJECT", "build/tests/inject"))
KILLED, CANNOT_TRACE = 137, 77
MIB = 1 << 20


def put(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    return os.path.abspath(name)


def text_of(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


@functools.cache
def traced():
    if is_sanitized():
        raise Skip("a sanitizer makes calls of its own")
    return True


def injected(action, *words, **keys):
    traced()
    done = run([INJECT, *map(str, action), "--", GIRD, *words], **keys)
    if done.status == CANNOT_TRACE:
        raise Skip("processes cannot be traced here")
    return done


def count_of_calls(*words):
    traced()
    done = run([INJECT, "count", "--log", "calls", "--", GIRD, *words])
    if done.status == CANNOT_TRACE:
        raise Skip("processes cannot be traced here")
    with open("calls", encoding="utf-8") as file:
        return len(file.readlines())


# In place.

OLD = '{a: 1, "b": [1, 2,]}\n'
NEW = '{"a": 1, "b": [1, 2]}\n'


def fresh():
    os.makedirs("folder", exist_ok=True)
    for name in os.listdir("folder"):
        os.unlink(os.path.join("folder", name))
    return put("folder/a.json", OLD)


@case("a kill at any call leaves the old file or the new one")
def _():
    path = fresh()
    total = count_of_calls("json-repair", "-q", "-i", path)
    same(text_of(path), NEW)
    seen = set()
    for number in range(1, total + 1):
        path = fresh()
        done = injected(["kill-before", number], "json-repair", "-q", "-i", path)
        same(done.status, KILLED, f"call {number}")
        text = text_of(path)
        check(text in (OLD, NEW), number, text)
        seen.add(text)
        others = [name for name in os.listdir("folder") if name != "a.json"]
        # Between naming the new file and renaming it there are two.
        check(len(others) <= 1 and all(name.startswith(".gird-") for name in others), number, others)
    same(seen, {OLD, NEW}, "both ends were met")


@case("a call that fails leaves the old file or the new one, and nothing beside it")
def _():
    path = fresh()
    total = count_of_calls("json-repair", "-q", "-i", path)
    for error in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
        for number in range(1, total + 1):
            path = fresh()
            done = injected(["fail", number, error], "json-repair", "-q", "-i", path)
            text = text_of(path)
            check(text in (OLD, NEW), number, error, text)
            if text == OLD:
                check(done.status != 0, number, error, done.status, done.err)
            if done.status in (0, 3):
                same(os.listdir("folder"), ["a.json"], f"call {number}, error {error}")


@case("a full disk leaves the old file")
def _():
    big = "[" + "1," * 100_000 + "]"
    put("big.json", big)
    os.makedirs("folder")
    done = in_private_mounts(
        f"mount -t tmpfs -o size=256k none folder && cp big.json folder/a.json && "
        f"{GIRD} json-repair -q -i folder/a.json; echo $?; cmp big.json folder/a.json && ls -A folder")
    same(done.out, b"3\na.json\n", done.err)
    check(b"no space left on device" in done.err, done.err)


# Streams.

@case("elements leave as soon as they are complete")
def _():
    process = start(GIRD, "json-repair", "-q", "--follow", stdin=subprocess.PIPE)
    for sent, wanted in ((b"[{a: 1}, ", b'[{"a": 1}'), (b"{'b': 2}, ", b', {"b": 2}'), (b"3]", b", 3]")):
        process.stdin.write(sent)
        process.stdin.flush()
        if sent.endswith(b"]"):
            process.stdin.close()
        got = b""
        while len(got) < len(wanted):
            piece = os.read(process.stdout.fileno(), len(wanted) - len(got))
            check(piece, got, wanted)
            got += piece
        same(got, wanted)
    same(process.wait(), 0)


@case("nothing leaves before all of a pipe is judged")
def _():
    process = start(GIRD, "json-repair", "-q", "--safe", stdin=subprocess.PIPE)
    out, err = process.communicate(b"[" + b'"text", ' * MIB + b"1 2]")
    same((process.returncode, out), (1, b""), err)
    check(err.endswith(b"may not be repaired here\n"), err)


@case("a reader that goes away is no error")
def _():
    with start(GIRD, "json-repair", "-q", stdin=subprocess.PIPE) as process:
        process.stdout.close()
        process.stdin.write(b"[1,]")
        process.stdin.close()
        same((process.wait(), process.stderr.read()), (-signal.SIGPIPE, b""))


def seen_on(master):
    """All that a terminal was sent, up to its end."""
    text = b""
    with contextlib.suppress(OSError):
        while piece := os.read(master, 4096):
            text += piece
    return text


@case("standard input that is a terminal is answered with help")
def _():
    master, slave = pty.openpty()
    done = gird("json-repair", stdin=slave)
    os.close(slave)
    os.close(master)
    same((done.status, done.out), (2, b""))
    check(done.err.startswith(b"gird json-repair: make valid JSON"), done.err)


@case("progress is drawn on a terminal, and erased")
def _():
    master, slave = pty.openpty()
    with start(GIRD, "json-repair", stdin=subprocess.PIPE, stderr=slave) as process:
        os.close(slave)
        for piece in (b"[1,", b"2,", b"3]"):
            process.stdin.write(piece)
            process.stdin.flush()
            time.sleep(1.2)
        process.stdin.close()
        same((process.stdout.read(), process.wait()), (b"[1,2,3]", 0))
    text = seen_on(master)
    os.close(master)
    check(b"gird json-repair: -: 0 MiB" in text and text.endswith(b"\r\x1b[K"), text)


def peak_of(words, feed):
    """The peak memory of a run, in bytes, whose input `feed` writes, before the end of that."""
    with start(GIRD, *words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        for piece in feed():
            process.stdin.write(piece)
        process.stdin.flush()
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))
        process.stdin.close()
        same(process.wait(), 0)
    return peak * 1024


@case("memory stays small however large the input, a string or a line is")
def _():
    if is_sanitized():
        raise Skip("a sanitizer takes memory of its own")
    letters = b"x" * MIB

    def records():
        yield b"["
        for number in range(40):
            yield b"{id: %d, 'text': \"some text\",},\n" % number * 40_000
        yield b"]"

    def one_string():
        yield b'{a: "'
        for _ in range(40):
            yield letters
        yield b'"'

    def lines():
        for _ in range(20):
            yield b"{a:1,}\n" * 40_000

    def one_line_of_mistakes():
        yield b"[1" + b"," * (2 * MIB - 100) + b"]\n"

    by_lines = ["--sequence", "ndjson", "--jobs"]
    for name, words, feed in (
        ("records", [], records),
        ("one string", [], one_string),
        ("lines", [*by_lines, "1"], lines),
        ("lines, two threads", [*by_lines, "2"], lines),
        ("one line of mistakes", [*by_lines, "2"], one_line_of_mistakes),
    ):
        peak = peak_of(["json-repair", "-q", *words], feed)
        check(peak <= 12 * MIB, name, peak)


@case("what is left to a spool that is full is not written")
def _():
    put("big.json", "[" + '"text", ' * MIB + "]")
    os.makedirs("small")
    done = in_private_mounts(
        f"mount -t tmpfs -o size=1m none small && cat big.json | TMPDIR=$PWD/small {GIRD} json-repair -q | wc -c")
    check(done.out.strip() == b"0" and b"no space left on device" in done.err, done.out, done.err)


if __name__ == "__main__":
    main()
