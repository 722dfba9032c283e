"""Guards that share their state through a Redis server, in several processes."""

import json
import os
import signal
import socket
import subprocess

from harness import BROKEN, GIRD, case, check, gird, main, need, run, same, start, wait_for

REFUSED = 75


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Disturbed(Exception):
    """The machine was so busy that a step took longer than it may, and was served locally."""


def undisturbed(function):
    """Runs a case anew, in another folder, when it was disturbed: it is not about that."""
    def attempts():
        for number in range(20):
            os.mkdir(f"attempt{number}")
            os.chdir(f"attempt{number}")
            try:
                return function()
            except Disturbed:
                os.chdir("..")
        raise AssertionError("always disturbed")
    return attempts


def names_of_children(pid):
    """What the direct children of a process are called."""
    names = []
    for child in open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8").read().split():
        names.append(open(f"/proc/{child}/comm", encoding="utf-8").read().strip())
    return names


class Server:
    """A redis-server in the case's folder."""

    def __init__(self, *options):
        need("redis-server", "redis-cli")
        self.port, self.options = free_port(), options
        self.env = {"GIRD_STORE": f"redis://127.0.0.1:{self.port}/0", "GIRD_STATE_DIR": os.path.abspath("state")}
        self.process = None
        self.expected = True  # the server is to answer every step
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", os.getcwd(),
             *self.options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: self.cli("ping").out, "the server")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def cli(self, *words):
        return run(["redis-cli", "-p", str(self.port), *words])

    def gird(self, *words, **keys):
        done = gird(*words, env=self.env | keys.pop("env", {}), **keys)
        self.check_undisturbed()
        return done

    def check_undisturbed(self):
        """Where this machine served, there is a cell in its state directory."""
        if self.expected and (os.path.exists("state/breaker") or os.path.exists("state/limit")):
            raise Disturbed

    def show(self, name):
        return json.loads(self.gird("breaker", "show", name, "--json").out)


@case("a breaker that one process opens refuses the next one, on any machine")
@undisturbed
def _():
    with Server() as server:
        guard = ("breaker-run", "--name", "api", "--failure-threshold", "3", "--")
        for _ in range(3):
            same(server.gird(*guard, "false").status, 1)
        # Another machine: it shares nothing but the server.
        other = {"GIRD_STATE_DIR": os.path.abspath("other")}
        refused = server.gird(*guard, "touch", "ran", env=other)
        if os.path.exists("other/breaker"):
            raise Disturbed
        same(refused.status, REFUSED)
        check(b"api is open: 3 failures in a row" in refused.err, refused)
        check(not os.path.exists("ran"))
        same(server.show("api")["state"], "open")
        same(server.gird("breaker", "reset", "api").status, 0)
        same(server.gird(*guard, "true", env=other).status, 0)
        same(server.gird("breaker", "list").out.splitlines()[1].split()[:2], [b"api", b"closed"])


@case("exactly as many calls pass as the rate allows, however many ask at once")
@undisturbed
def _():
    with Server() as server:
        callers = [start(GIRD, "rate-limit", "--name", "r", "-r", "5/1h", "--", "true", env=server.env,
                         stderr=subprocess.DEVNULL) for _ in range(20)]
        statuses = sorted(caller.wait() for caller in callers)
        server.check_undisturbed()
        same(statuses, [0] * 5 + [REFUSED] * 15)


@case("a server that is gone costs one line, and this machine serves")
def _():
    with Server() as server:
        server.expected = False
        server.stop()
        for _ in range(2):
            done = server.gird("breaker-run", "--name", "api", "--", "echo", "done")
            same((done.status, done.out), (0, b"done\n"))
            same(done.err.count(b"\n"), 1)
            check(b"using the local cells of this machine" in done.err, done)
        looked = server.gird("breaker", "list")
        same(looked.status, 3)
        check(b"connection refused" in looked.err, looked)
        server.start()
        wait_for(lambda: server.gird("breaker-run", "--name", "api", "--", "true").err == b"", "the server again")


@case("a server that says nothing costs one line too")
def _():
    with Server() as server:
        server.expected = False
        server.gird("breaker-run", "--name", "api", "--", "true")
        server.process.send_signal(signal.SIGSTOP)
        done = server.gird("breaker-run", "--name", "api", "--", "echo", "done")
        server.process.send_signal(signal.SIGCONT)
        same((done.status, done.out), (0, b"done\n"))
        check(b"no answer in time" in done.err, done)
        same(done.err.count(b"\n"), 1)
        # What it was asked meanwhile it did and took back: nobody is waited for.
        wait_for(lambda: server.show("api")["holders"] == [], "nobody")
        same(server.show("api")["failures"], 0)


@case("a password is wanted, is taken from a file, and is never shown")
@undisturbed
def _():
    with Server("--requirepass", "s3cret") as server:
        guard = ("breaker-run", "--name", "api", "--on-store-error", "refuse", "--", "true")
        refused = server.gird(*guard)
        check(refused.status in (REFUSED, BROKEN), refused)
        check(b"it wants a password" in refused.err, refused)
        with open("password", "w", encoding="ascii") as file:
            print("s3cret", file=file)
        same(server.gird(*guard, env={"GIRD_REDIS_PASSWORD_FILE": "password"}).err, b"")
        wrong = server.gird(*guard, env={"GIRD_REDIS_PASSWORD": "s3crex"})
        check(b"does not take this user or password" in wrong.err, wrong)
        check(b"s3cre" not in wrong.err, wrong)
        inside = server.gird(*guard, env={"GIRD_STORE": f"redis://:s3cret@127.0.0.1:{server.port}/0"})
        same(inside.status, BROKEN)
        check(b"s3cret" not in inside.err and b"GIRD_REDIS_PASSWORD_FILE" in inside.err, inside)


@case("a guard that is killed is found out when its lease is over, and one that lives keeps its hold")
@undisturbed
def _():
    with Server() as server:
        guard = (GIRD, "breaker-run", "--name", "api", "-t", "0", "--")
        killed = start(*guard, "sleep", "1000", env=server.env)
        # A guard inside it runs in the same process, and neither what it runs nor how long it waits matters.
        living = [start(*guard, *command, env=server.env) for command in (
            ("sleep", "1000"),
            (GIRD, "retry", "--", "sleep", "1000"),
            (GIRD, "retry", "-d", "1h", "-j", "none", "--", "false"),
            (GIRD, "retry", "--stdout", "hold", "--", "seq", "1000000"),  # which nobody reads
            (GIRD, "rate-limit", "--name", "one", "--concurrency", "1", "--", GIRD, "retry", "--", "sleep", "1000"))]
        wait_for(lambda: len(server.show("api")["holders"]) == 6, "all")
        wait_for(lambda: [names_of_children(guard.pid) for guard in living[1:]] == [["sleep"], [], [], ["sleep"]],
                 "one process for the guards of a command")
        killed.kill()
        killed.wait()
        # Any step finds out; this one changes nothing else.
        def found_out():
            server.gird("breaker-run", "--name", "api", "--", "true")
            return b"vanished" in server.gird("breaker", "history", "api").out
        wait_for(found_out, "the killed one")
        same(sorted(holder["pid"] for holder in server.show("api")["holders"]), sorted(guard.pid for guard in living))
        same(json.loads(server.gird("rate-limit", "--peek", "--name", "one", "--json").out)["at_once"], 1)
        for guard in living:
            guard.terminate()
        for guard in living:
            guard.wait()
        same(server.show("api")["holders"], [])


if __name__ == "__main__":
    main()
