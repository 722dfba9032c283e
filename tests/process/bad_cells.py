#!/usr/bin/python3
"""Cells that are damaged, foreign, newer or not to be had, as the guards meet them.

Each ends in a state that works or in one line that says why, and then --on-store-error decides: never
in a crash, a hang, or a breaker that is stuck. With GIRD_LONG=1 every byte and every length is tried.
"""

import os
import pwd
import socket
import struct
import time

from harness import (BROKEN, GIRD, Skip, case, check, gird, in_private_mounts, main, need, need_root, run, same,
                     script)

LONG = os.environ.get("GIRD_LONG", "") not in ("", "0")
REFUSED = 75
CELL_SIZE = 4096
BREAKER = ("breaker-run", "--name", "k", "--failure-threshold", "1", "--open-for", "1h")


def some(numbers, every):
    """All of them, or one of `every` and the first and last 80."""
    numbers = list(numbers)
    return numbers if LONG else sorted({*numbers[:80], *numbers[::every], *numbers[-80:]})


def guard(*words, options=BREAKER, store="state", **keys):
    return gird(*options, "--store", os.path.abspath(store), "--", *(words or ("true",)), **keys)


def cell_of(store="state", key="k"):
    return os.path.join(os.path.abspath(store), "breaker", key + ".cell")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, 0o600)


def made(*outcomes, store="state", options=BREAKER):
    """The bytes of a cell whose breaker has seen these outcomes."""
    os.makedirs(store, 0o700, exist_ok=True)
    for outcome in outcomes:
        guard(outcome, store=store, options=options)
    return read(cell_of(store))


def told_of(done):
    return done.err.decode(errors="replace")


def messages(text):
    return sum(line.startswith("gird ") for line in text.splitlines())


def unguarded(done, *parts):
    """The command ran without its guard, and one line says so."""
    text = told_of(done)
    same((done.status, messages(text), text.count("the command runs without its ")), (0, 1, 1), done)
    for part in parts:
        check(part in text, f"no {part!r} in", done)


def refused(done, *parts):
    text = told_of(done)
    same((done.status, done.out, messages(text)), (REFUSED, b"", 1), done)
    check("unguarded" not in text, done)
    for part in parts:
        check(part in text, f"no {part!r} in", done)


def unusable(*parts, store="state", **keys):
    """The store cannot be used: the command runs, or is refused where that was asked for."""
    unguarded(guard("echo", "ran", store=store, **keys), *parts)
    refused(guard("echo", "ran", store=store, options=(*BREAKER, "--on-store-error", "refuse"), **keys), *parts)


# Damage.

def survives(content, where):
    """A damaged cell of an open breaker: it is still open or starts afresh, which is told; then it
    works as ever."""
    path = cell_of()
    aside = path + ".corrupt"
    write(path, content)
    done = guard("true")
    fresh = os.path.exists(aside)
    if fresh:
        same((done.status, read(aside)), (0, content), where)
        check(told_of(done).count("\n") == 1 and "was damaged" in told_of(done), where, done)
        os.remove(aside)
    else:
        check(done.status in (0, REFUSED) and "damaged" not in told_of(done), where, done)
    same(len(read(path)), CELL_SIZE, where)
    # It opens, and is open.
    check(guard("false").status in (1, REFUSED), where)
    same(guard("true").status, REFUSED, where)
    return "afresh" if fresh else done.status


@case("a cell truncated at any length works, or is set aside with a line that says so")
def _():
    whole = made("true", "false")
    same(len(whole), CELL_SIZE)
    seen = set()
    for length in some(range(CELL_SIZE), 61):
        seen.add(survives(whole[:length], f"cut at {length}"))
    check({"afresh", REFUSED} <= seen, seen)


@case("a cell with any byte changed works, or is set aside with a line that says so")
def _():
    whole = made("true", "false")
    seen = set()
    for at in some(range(CELL_SIZE), 43):
        for mask in ((0x01, 0x80, 0xff) if LONG else (0xff,)):
            content = bytearray(whole)
            content[at] ^= mask
            seen.add(survives(bytes(content), f"byte {at} ^ {mask:#x}"))
    # One of the two slots is always whole, and knows of the failure or of a call that vanished.
    same(seen, {REFUSED})


@case("a cell of zeros, of noise, and of something else")
def _():
    made("false")
    noise = bytes((at * at * 31 + at) & 0xff for at in range(3 * CELL_SIZE))
    for content in (b"", bytes(1), bytes(CELL_SIZE), bytes(100 * CELL_SIZE), noise, noise[:CELL_SIZE], b"#!/bin/sh\n",
                    b"gcel", b"gcel\x01\x00\x00\x00", b"\xff" * CELL_SIZE):
        write(cell_of(), content)
        done = guard("true")
        same(done.status, 0, f"{len(content)} bytes")
        check(told_of(done).count("\n") <= 1, done)
        same(guard("true").err, b"", f"again, {len(content)} bytes")
        # Another one does not pile up beside the first that was set aside.
        check(set(os.listdir("state/breaker")) <= {"k.cell", "k.cell.corrupt"}, os.listdir("state/breaker"))


# A cell as it is on disk: format 1.

SLOTS = (16, 1416)
SLOT_HEAD = 64
HEARD = SLOT_HEAD + 120 + 40  # when a hold was last heard of: behind the config of a breaker, a word of its state
MASK = (1 << 64) - 1


def checksum(content, seed):
    total = seed ^ (0x9e3779b97f4a7c15 * (len(content) + 1) & MASK)
    for at in range(0, len(content) // 8 * 8 + 1, 8):  # the last word may be an empty one
        word = int.from_bytes(content[at:at + 8].ljust(8, b"\0"), "little")
        total = (total ^ word) * 0xff51afd7ed558ccd & MASK
        total ^= total >> 32
    return total


def slot_size(cell, slot):
    return struct.unpack_from("<H", cell, slot + 20)[0]


def sealed(cell):
    """The cell with all its checksums made good."""
    cell = bytearray(cell)
    struct.pack_into("<I", cell, 8, checksum(cell[:8], 0) & 0xffffffff)
    for slot in SLOTS:
        end = slot + slot_size(cell, slot)
        struct.pack_into("<Q", cell, slot, checksum(cell[slot + 8:end], checksum(b"breaker", 0)))
    return bytes(cell)


@case("a cell of a newer version is left alone")
def _():
    whole = made("true", "false")
    same(sealed(whole), whole, "the format is not the one that this test knows:")
    for name, place in (("format", 4), ("version of a slot", None)):
        content = bytearray(whole)
        for at in ([place] if place else [slot + 16 for slot in SLOTS]):
            struct.pack_into("<I", content, at, 2 ** 31)
        write(cell_of(), sealed(content))
        unusable("newer version")
        same(read(cell_of()), sealed(content), name)
        same(os.listdir("state/breaker"), ["k.cell"], name)


@case("numbers that no history made, with good checksums: no crash, and never stuck")
def _():
    options = (*BREAKER[:3], "--failure-threshold", "1", "--success-threshold", "1", "--open-for", "1ms", "--open-max",
               "1ms")
    whole = made("true", "false", options=options)
    used = slot_size(whole, SLOTS[0])
    values = [b"\xff" * 8, b"\xff" * 7 + b"\x7f", struct.pack("<d", float("nan")), struct.pack("<d", -1e300),
              struct.pack("<q", 2 ** 53), b"\x05" * 8, b"\0" * 8]
    for at in range(SLOT_HEAD, used, 8):
        for value in values if LONG else values[:3]:
            content = bytearray(whole)
            for slot in SLOTS:
                # Holds that nobody was heard of for a day are forgotten; the day is over here.
                content[slot + HEARD:slot + HEARD + 8] = bytes(8)
                content[slot + at:slot + at + 8] = value
            write(cell_of(), sealed(content))
            where = f"word {at} {value.hex()}"
            for _ in range(4):
                done = guard("true", options=options)
                check(done.status in (0, REFUSED), where, done)
                if done.status == 0:
                    break
                time.sleep(0.003)  # longer than it may be open
            same(done.status, 0, where)


# Not a cell at all.

@case("a FIFO, a folder, a socket, a device, a link in place of the cell")
def _():
    made("true")
    path = cell_of()
    other = os.path.abspath("other")
    write(other, read(path))

    def listen():
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
    for make, part in ((lambda: os.mkfifo(path), "no regular file"), (lambda: os.mkdir(path), "directory"),
                       (listen, ""), (lambda: os.symlink(other, path), "symbolic link"),
                       (lambda: os.symlink("nowhere", path), "symbolic link"),
                       (lambda: os.symlink("k.cell", path), "symbolic link")):
        os.rename(path, path + ".before")
        make()
        unusable(path, part)
        (os.rmdir if os.path.isdir(path) and not os.path.islink(path) else os.remove)(path)
        os.rename(path + ".before", path)
    same(read(other), read(path), "what a link pointed to")


@case("a FIFO, a file, a link in place of the state directory and of its folder of breakers")
def _():
    os.mkdir("elsewhere", 0o700)
    for place in ("state", "state/breaker"):
        for make in (os.mkfifo, lambda path: script(path, "text", 0o600), lambda path: os.symlink("/dev/null", path),
                     lambda path: os.symlink("nowhere", path)):
            if place != "state":
                os.mkdir("state", 0o700)
            make(place)
            unusable("state")
            os.remove(place)
            if place != "state":
                os.rmdir("state")
    # A link to the state directory is the user's own choice.
    os.symlink("elsewhere", "state")
    same((guard("true").status, guard("true").err, os.listdir("elsewhere")), (0, b"", ["breaker"]))
    os.remove("state")
    os.mkdir("state", 0o700)
    os.symlink(os.path.abspath("elsewhere/breaker"), "state/breaker")
    unusable("state/breaker")


@case("what others own or can write is not trusted")
def _():
    made("true")
    for path, mode in ((cell_of(), 0o620), (cell_of(), 0o602), ("state/breaker", 0o770), ("state", 0o707)):
        before = os.stat(path).st_mode & 0o777
        os.chmod(path, mode)
        unusable("others can write it")
        os.chmod(path, before)
    need_root()
    for path in (cell_of(), "state/breaker", "state"):
        os.chown(path, 12345, 12345)
        unusable("belongs to another user")
        os.chown(path, 0, 0)
    same(guard("true").err, b"")


# Places that cannot be written, or do not exist.

def as_nobody():
    """A preexec function; skips where there is no such user, or he cannot reach the binary."""
    need_root()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Skip("there is no user nobody") from None

    def become():
        os.setgroups([])
        os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
        os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)
    if run(["test", "-x", GIRD], preexec_fn=become).status != 0:
        raise Skip("nobody cannot reach the binary")
    os.chmod(".", 0o755)
    return become


@case("a user without a home, or with one that cannot be written")
def _():
    become = as_nobody()
    read_only = os.path.abspath("home")
    os.mkdir(read_only, 0o755)

    def as_user(*options, **environment):
        return run(["env", "-i", *(f"{name}={value}" for name, value in environment.items()), GIRD, *BREAKER,
                    *options, "--", "/bin/echo", "ran"], preexec_fn=become, cwd="/")
    for environment, part in (({}, "HOME is not set"), ({"HOME": ""}, "HOME is not set"),
                              ({"HOME": "relative"}, "HOME is not set"), ({"HOME": "/nonexistent"}, "/nonexistent"),
                              ({"HOME": read_only}, "permission denied"), ({"HOME": "/dev/null"}, "/dev/null"),
                              ({"GIRD_STATE_DIR": "/proc/no"}, "/proc/no"),
                              ({"XDG_STATE_HOME": read_only}, "permission denied")):
        unguarded(as_user(**environment), part)
        refused(as_user("--on-store-error", "refuse", **environment), part)
    check(os.listdir(read_only) == [], os.listdir(read_only))
    # The variable of a service manager is used before HOME, and is enough.
    writable = os.path.abspath("state")
    os.mkdir(writable)
    os.chown(writable, pwd.getpwnam("nobody").pw_uid, -1)
    done = as_user(STATE_DIRECTORY=writable + ":/elsewhere", HOME="/nonexistent")
    same((done.status, done.err, os.listdir(writable)), (0, b"", ["breaker"]), done)


@case("a state directory on a read-only disk: nothing is known, but what was open is still seen")
def _():
    made("false")
    line = 'mount --bind "$1" /mnt && mount -o remount,ro,bind /mnt || exit 99; shift; "$@"'
    state = os.path.abspath("state")
    same(guard("true").status, REFUSED)
    for options, judge in (((), unguarded), (("--on-store-error", "refuse"), refused)):
        judge(in_private_mounts(line, state, GIRD, *BREAKER, *options, "--store", "/mnt", "--", "echo", "ran"),
              "read-only file system")


@case("a full disk: a cell that is there goes on, one that cannot be made is an error")
def _():
    fill = 'mount -t tmpfs -o size=64k,mode=700 gird /mnt || exit 99; '
    full = 'cat /dev/zero > /mnt/fill 2> /dev/null; '
    guarded = '"$@" --store /mnt -- '
    done = in_private_mounts(fill + guarded + "false; " + full + guarded + "true", GIRD, *BREAKER)
    same(done.status, REFUSED, "open, and a full disk:")
    done = in_private_mounts(fill + guarded + "true; " + full + guarded + "false; " + guarded + "true", GIRD, *BREAKER)
    same((done.status, "no space" in told_of(done)), (REFUSED, False), done)
    done = in_private_mounts(fill + full + guarded + "echo ran; ls -A /mnt /mnt/breaker >&2", GIRD, *BREAKER)
    check(done.out == b"ran\n" and "no space left on device; the command runs without its " in told_of(done), done)
    check(".cell" not in told_of(done).replace("k.cell: no space", ""), "half a cell is left:", done)
    done = in_private_mounts(fill + full + guarded + "echo ran", GIRD, *BREAKER, "--on-store-error", "refuse")
    refused(done, "no space left on device")


# Names.

@case("names that are none are mistakes, and nothing runs")
def _():
    for name in ("", "a/b", "/", "..", "../k", ".", ".k", "-k", "a b", "a\nb", "\xff", "ä", "k\x1b[0m", "a" * 129,
                 "a" * 10240, "*", "$(touch ran)"):
        done = gird("breaker-run", "--name=" + name, "--store", os.path.abspath("state"), "--", "touch", "ran")
        same((done.status, done.out), (BROKEN, b""), done)
        text = told_of(done)
        check(text.startswith("gird breaker-run: --name: ") and len(text) < 400, done)
        check("\x1b" not in text and text.count("\n") <= 3, done)
    # A NUL cannot be an argument, but can be written into a file.
    script("config.toml", '[breaker-run]\nname = "a\\u0000b"\n', 0o644)
    done = gird("breaker-run", "--config", "config.toml", "--", "touch", "ran")
    same((done.status, done.out), (BROKEN, b""), done)
    check("\0" not in told_of(done) and "name" in told_of(done), done)
    same(os.listdir("."), ["config.toml"])


@case("the longest name and the oddest that is one work")
def _():
    os.mkdir("state", 0o700)
    for name in ("a" * 128, "a", "0", "_", "@", ":", "a.b_c:d@e-f", "a..b", "a.corrupt", "a.cell"):
        same((guard("true", options=("breaker-run", "--name", name)).err, os.path.exists(cell_of(key=name))),
             (b"", True), name)


@case("numbers that make no sense are mistakes, and nothing runs")
def _():
    for option, values in (("--failure-threshold", ("0", "-1", "1.5", "9" * 20)),
                           ("--failure-rate", ("0", "101%", "-1%", "nan", "1.1")),
                           ("--window", ("0", "1001", "0s", "-1")), ("--min-calls", ("0", "-1")),
                           ("--slow-call", ("0", "-1s")), ("--slow-rate", ("0", "200%")),
                           ("--open-for", ("0", "-1s", "none", "9" * 30)), ("--open-max", ("1ms", "0")),
                           ("--open-factor", ("0.5", "nan", "inf", "-2")), ("--success-threshold", ("0", "-1")),
                           ("--half-open-permits", ("0", "33", "-1")), ("--max-rate", ("0/s", "5", "-1/s", "1/0s")),
                           ("--enforce", ("101%", "-1")), ("--refuse-code", ("256", "-1")), ("--wait", ("-1s", "x")),
                           ("--store", ("xyz", "http://x/")), ("--on-store-error", ("maybe", ""))):
        for value in values:
            done = gird("breaker-run", "--name", "k", f"{option}={value}", "--", "touch", "ran")
            same((done.status, done.out, os.listdir(".")), (BROKEN, b"", []), f"{option}={value}")
            check(told_of(done).startswith("gird breaker-run: ") and option in told_of(done), done)


# Where a call comes from.

@case("cron with its empty environment and a terminal share a breaker")
def _():
    need_root()
    home = os.path.abspath("home")
    os.mkdir(home, 0o755)
    become = as_nobody()
    os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)

    def call(command, **environment):
        words = [f"{name}={value}" for name, value in environment.items()]
        return run(["env", "-i", *words, GIRD, *BREAKER, "--", command], preexec_fn=become, cwd="/")
    terminal = {"HOME": home, "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": "/run/user/1", "TERM": "xterm",
                "TMPDIR": "/tmp"}
    cron = {"HOME": home, "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "nobody"}
    same(call("false", **terminal).status, 1)
    same(call("true", **cron).status, REFUSED, "cron after the terminal")
    same(call("true", **terminal).status, REFUSED, "the terminal after cron")
    check(os.path.exists(home + "/.local/state/gird/breaker/k.cell"), "where the cell is")
    same(os.stat(home + "/.local/state/gird/breaker").st_mode & 0o7777, 0o700)


@case("a namespace with another clock since the boot shortens no open time and lengthens none")
def _():
    need_root()
    need("unshare")
    if run(["unshare", "--time", "--boottime", "1000000", "true"]).status != 0:
        raise Skip("no time namespace is permitted here")
    month = str(30 * 24 * 3600)
    there = ["unshare", "--time", "--boottime", month]
    made("false")
    words = [GIRD, *BREAKER, "--store", os.path.abspath("state"), "--", "true"]
    # An hour of open time is not over because a month seems to have passed since the boot.
    same(run([*there, *words]).status, REFUSED, "in the namespace")
    same(guard("true").status, REFUSED, "outside again")
    # Nor does one that was opened in there last longer out here.
    os.remove(cell_of())
    short = [GIRD, *BREAKER[:-1], "1ms", "--store", os.path.abspath("state"), "--"]
    same(run([*there, *short, "false"]).status, 1)
    time.sleep(0.01)
    same(run([*short, "true"]).status, 0, "opened in the namespace, tried outside")


if __name__ == "__main__":
    main()
