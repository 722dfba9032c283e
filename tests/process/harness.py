"""What the tests of the running program share: cases with names, `gird` in a clean environment.

A file of cases is

    from harness import case, check, main, retry

    @case("the command's own code is passed through")
    def _():
        check(retry("-n", "1", "--", "sh", "-c", "exit 7").status == 7)

    if __name__ == "__main__":
        main()

GIRD names the binary. Each case runs in its own scratch folder, and this process adopts whatever
it leaves behind and ends it. Waits are bounded only to find a hang, never to measure.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

GIRD = os.path.abspath(os.environ.get("GIRD", "build/gird"))
HANG = 60  # seconds after which a program is taken to hang
ENVIRONMENT = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "GIRD_CONFIG": "none"}
SUCCESS, LATE, BROKEN, NOT_RUNNABLE, NOT_FOUND = 0, 124, 125, 126, 127

_cases = []
_documented = []


class Skip(Exception):
    """This machine cannot show it; the text says why."""


def case(name):
    """Adds the function below as a case."""
    def add(function):
        _cases.append((name, function))
        return function
    return add


def check(truth, *details):
    """Fails the case; the details say what was seen."""
    if not truth:
        raise AssertionError(" ".join(str(one) for one in details) or "not so")


def same(seen, wanted, what=""):
    check(seen == wanted, f"{what}:" if what else "", f"{shortened(seen)} instead of {shortened(wanted)}")


def shortened(value):
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:150]}...{text[-100:]} ({len(value)} long)"


def documented(text):
    """Notes what another tool does; told below the case."""
    _documented.append(text)


def need(*tools):
    """Skips the case where one of `tools` is not installed."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        raise Skip(f"{', '.join(missing)} is not installed")


def need_root():
    if os.geteuid() != 0:
        raise Skip("needs root")


class Done:
    """A program that has ended. `status` is negative after a signal, as in subprocess."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}, out {shortened(self.out)}, err {shortened(self.err)}"


def run(argv, env=None, timeout=HANG, stdin=b"", **keys):
    """Runs `argv`; `stdin` is bytes for a pipe, a file object, or None to inherit."""
    if isinstance(stdin, bytes):
        keys["input"] = stdin
    elif stdin is not None:
        keys["stdin"] = stdin
    keys.setdefault("stdout", subprocess.PIPE)
    keys.setdefault("stderr", subprocess.PIPE)
    try:
        done = subprocess.run(argv, env=ENVIRONMENT | (env or {}), timeout=timeout, **keys)
    except subprocess.TimeoutExpired as hang:
        raise AssertionError(f"hangs: {' '.join(map(str, argv[:12]))}") from hang
    return Done(done.returncode, done.stdout, done.stderr)


def gird(*words, **keys):
    return run([GIRD, *words], **keys)


def retry(*words, **keys):
    """`gird retry` that waits next to nothing between attempts."""
    return gird("retry", "-d", "1ms", *words, **keys)


class Started(subprocess.Popen):
    """A Popen that does not wait for its program when the case fails."""

    def __exit__(self, kind, failure, trace):
        if kind:
            self.kill()
        super().__exit__(kind, failure, trace)


def start(*argv, env=None, **keys):
    """Starts a program, for `with`."""
    keys.setdefault("stdin", subprocess.DEVNULL)
    keys.setdefault("stdout", subprocess.PIPE)
    keys.setdefault("stderr", subprocess.PIPE)
    return Started(argv, env=ENVIRONMENT | (env or {}), **keys)


def start_retry(*words, **keys):
    return start(GIRD, "retry", "-d", "1ms", *words, **keys)


def ended(process, timeout=HANG):
    """Waits for a Popen, reading what it writes."""
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as hang:
        process.kill()
        raise AssertionError("it does not end") from hang
    return Done(process.returncode, out, err)


def wait_for(truth, what="it", timeout=HANG):
    """Polls until `truth()` holds and returns what it gave."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError, IndexError):
            if value := truth():
                return value
        time.sleep(0.005)
    raise AssertionError(f"{what} does not come")


def in_time(play, limits=("300ms", "2s", "10s", "30s")):
    """`play(limit)` starts something that a limit of time ends, and tells whether it was up before
    that; with longer and longer limits, for a machine that is slow, until it was."""
    for limit in limits:
        if play(limit):
            return
    raise AssertionError(f"it is not up in {limits[-1]}")


def lines(path):
    """The lines of a file, none when it does not exist."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


def number_in(path):
    """Waits for a file that holds a number with its newline, as `echo $$ > path` makes it."""
    def read():
        with open(path, encoding="ascii") as file:
            text = file.read()
        return int(text) if text.endswith("\n") else None
    return wait_for(read, path)


def script(name, text, mode=0o755):
    """Writes a file into the scratch folder and returns its path."""
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, mode)
    return os.path.abspath(name)


def state_of(pid):
    """The letter of a process's state; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def lives(pid):
    return state_of(pid) not in ("", "Z", "X")


def status_of(text):
    """The fields of a /proc/PID/status."""
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def signals_of(text, field):
    """The set of signal numbers in a mask of a /proc/PID/status."""
    mask = int(status_of(text)[field], 16)
    return {number for number in range(1, 65) if mask >> (number - 1) & 1}


def children():
    """The processes whose parent is this one."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError):
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid():
                found.append(int(name))
    return found


def end_leftovers():
    """Ends what a case has left running; the orphans are ours, this process being a sub-reaper."""
    for _ in range(1000):
        left = children()
        if not left:
            return
        for pid in left:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.002)


def is_sanitized():
    """Whether the binary has a sanitizer in it, whose memory is not its own."""
    with open(GIRD, "rb") as file:
        return b"__asan_" in file.read() or b"__tsan_" in file.read()


def in_private_mounts(line, *words, **keys):
    """Runs a shell line as root in a mount namespace of its own, where `mount` harms nobody."""
    need_root()
    need("unshare", "mount")
    probe = run(["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=64k gird /mnt"])
    if probe.status != 0:
        raise Skip("no mount is permitted here")
    return run(["unshare", "-m", "sh", "-c", line, "sh", *words], **keys)


def _perform(name, function, home):
    _documented.clear()
    folder = tempfile.mkdtemp(dir=home)
    os.chdir(folder)
    try:
        function()
        verdict, line = "passed", f"ok {name}"
    except Skip as skip:
        verdict, line = "skipped", f"skip {name}: {skip}"
    except Exception as failure:  # whatever it is, the other cases are to be run
        text = f"{failure}" if isinstance(failure, AssertionError) else f"{type(failure).__name__}: {failure}"
        where = failure.__traceback__
        while where.tb_next and where.tb_next.tb_frame.f_code.co_filename != __file__:
            where = where.tb_next
        verdict, line = "failed", f"FAILED {name}: {text} (line {where.tb_lineno})"
    end_leftovers()
    os.chdir("/")
    print(line, *(f"   documented: {text}" for text in _documented), sep="\n", flush=True)
    return verdict


def main():
    """Runs the cases, or those whose name contains an argument."""
    if not os.access(GIRD, os.X_OK):
        sys.exit(f"GIRD is not a program: {GIRD}")
    ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    home = tempfile.mkdtemp(prefix="gird-process-")
    os.chmod(home, 0o755)
    ENVIRONMENT["HOME"] = home
    wanted = [one for one in _cases if all(word in one[0] for word in sys.argv[1:])]
    try:
        verdicts = [_perform(name, function, home) for name, function in wanted]
    finally:
        os.chdir("/")
        shutil.rmtree(home, ignore_errors=True)
    passed, failed = verdicts.count("passed"), verdicts.count("failed")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)
