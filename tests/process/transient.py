#!/usr/bin/python3
"""Runs real tools through `gird retry` against loopback: does --transient judge what they do?

GIRD names the binary. Each case is one failure of one tool, with the number of attempts that
`gird retry -n 2` must make of it (2: worth another try, 1: not) and the exit status it must pass
on. A tool that is not installed is skipped with a line that says so. Nothing leaves this host: the
servers are threads of this program, or daemons it starts on loopback and unix sockets, and names
that must not resolve have a label too long to be asked for.
"""

import contextlib
import fcntl
import http.server
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

GIRD = os.path.abspath(os.environ.get("GIRD", "build/gird"))
NO_NAME = "a" * 64 + ".invalid"  # a label has at most 63 bytes, so no resolver sends this out
RETRIED, STOPPED = 2, 1
passed = failed = 0
scratch = tempfile.mkdtemp(prefix="gird-transient-")

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin",
    "HOME": scratch,
    "LC_ALL": "C",
    "GIRD_CONFIG": "none",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
    "DOCKER_CONFIG": scratch,
    "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true",
}


def path(name):
    return os.path.join(scratch, name)


def write(name, text):
    with open(path(name), "w", encoding="ascii") as file:
        file.write(text)
    return path(name)


def tell(ok, name, detail=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if ok else (passed, failed + 1)
    print(f"{'ok  ' if ok else 'FAIL'} {name}{': ' + detail if detail and not ok else ''}", flush=True)


def installed(*tools):
    missing = [tool for tool in tools if not shutil.which(tool, path=ENVIRONMENT["PATH"])]
    if missing:
        print(f"skip {tools[0]}: {', '.join(missing)} is not installed", flush=True)
    return not missing


def case(name, command, attempts, status, *options, env=None):
    """Runs `command` and compares the number of attempts and the final exit status."""
    report = path("report.json")
    with contextlib.suppress(FileNotFoundError):
        os.remove(report)
    run = [GIRD, "retry", "-n", "2", "-d", "1ms", *options, "--report", f"json={report}", "--", *command]
    try:
        done = subprocess.run(run, env=ENVIRONMENT | (env or {}), cwd=scratch, timeout=60,
                              stdin=subprocess.DEVNULL, capture_output=True)
        with open(report, encoding="utf-8") as file:
            story = json.load(file)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        tell(False, name, f"{type(error).__name__}: {error}")
        return
    made = story["attempts"]
    wanted = status if isinstance(status, tuple) else (status,)
    verdict = "retry" if attempts == RETRIED else "success" if status == 0 else "stop"
    ok = (len(made) == attempts and done.returncode in wanted
          and story["exit_status"] == done.returncode and made[0]["verdict"] == verdict)
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    tell(ok, name, f"{len(made)} attempts for {attempts}, exit {done.returncode} for {status}, "
                   f"{made[0]['verdict']} ({made[0].get('reason', '')}), {last}")


# Servers of this program.

def http_server(answer):
    """`answer(handler)` gives (status, body) for a request; the port is returned."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answer(self)
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Api-Version", "1.41")  # asked for by docker
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_HEAD = do_PUT = do_CONNECT = reply

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # clients that hang up are part of the game
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def tcp_server(behave):
    """Hands each connection to `behave`; the port is returned."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            behave(listener.accept()[0])

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def end_without_a_word(connection):
    connection.recv(4096)
    connection.close()


def end_early(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    connection.close()


silent = []  # connections that are never answered


def nobody():
    """A port where nobody listens: bound, so that nobody else takes it meanwhile."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    silent.append(holder)
    return holder.getsockname()[1]


def status_in_path(handler):
    path_or_port = handler.path.split("?")[0].replace(":", "/")  # CONNECT x:403 asks for a 403
    words = [word for word in path_or_port.split("/") if word[:3].isdigit()]
    return (int(words[0][:3]) if words else 501), b"{}\n"


STATUS = http_server(status_in_path)
RESET, EMPTY, EARLY = tcp_server(reset), tcp_server(end_without_a_word), tcp_server(end_early)
SILENT, NOBODY = tcp_server(silent.append), nobody()
URL = f"http://127.0.0.1:{STATUS}"


def until(ready):
    """Waits, ten seconds at most, until `ready()` holds; gives what it said last."""
    for _ in range(200):
        if ready():
            return True
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def daemon(*command, ready, **options):
    """Runs a daemon until the block ends; `ready()` says when it can be used."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=ENVIRONMENT, **options)
    try:
        if not until(ready):
            tell(False, f"{os.path.basename(command[0])} does not start")
        yield
    finally:
        process.terminate()
        process.wait()


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


# The tools.

def curl():
    if not installed("curl"):
        return
    get = ["curl", "-sSf"]
    for status, attempts in [(404, 1), (401, 1), (403, 1), (410, 1), (501, 1), (408, 2), (425, 2),
                             (429, 2), (500, 2), (502, 2), (503, 2), (504, 2)]:
        case(f"curl: {status}", [*get, f"{URL}/{status}"], attempts, 22)
    case("curl: success", [*get, f"{URL}/200"], 1, 0)
    case("curl: a hidden message leaves the status open", ["curl", "-sf", f"{URL}/404"], RETRIED, 22)
    case("curl: connection refused", [*get, f"http://127.0.0.1:{NOBODY}/"], RETRIED, 7)
    case("curl: no such host", [*get, f"http://{NO_NAME}/"], RETRIED, 6)
    case("curl: no such proxy", [*get, "-x", f"http://{NO_NAME}:1", "http://x/"], RETRIED, 5)
    case("curl: the proxy refuses", [*get, "-p", "-x", f"{URL}", "https://x:403/"], STOPPED, (22, 56))
    case("curl: the proxy is busy", [*get, "-p", "-x", f"{URL}", "https://x:503/"], RETRIED, (22, 56))
    case("curl: connection reset", [*get, f"http://127.0.0.1:{RESET}/"], RETRIED, (7, 56))
    case("curl: empty reply", [*get, f"http://127.0.0.1:{EMPTY}/"], RETRIED, 52)
    case("curl: partial file", [*get, "-o", "/dev/null", f"http://127.0.0.1:{EARLY}/"], RETRIED, 18)
    case("curl: timeout", [*get, "-m", "0.3", f"http://127.0.0.1:{SILENT}/"], RETRIED, 28)
    case("curl: tls cut off", [*get, f"https://127.0.0.1:{EMPTY}/"], RETRIED, 35)
    case("curl: no tls spoken", [*get, f"https://127.0.0.1:{STATUS}/200"], STOPPED, 35)
    case("curl: unknown option", ["curl", "--bogus"], STOPPED, 2)
    case("curl: unknown protocol", [*get, "nope://127.0.0.1/"], STOPPED, 1)
    case("curl: malformed url", [*get, "http://[::bad/"], STOPPED, 3)
    case("curl: output cannot be written", [*get, "-o", path("no/such"), f"{URL}/200"], STOPPED, 23)
    case("curl: no such local file", [*get, f"file://{path('none')}"], STOPPED, 37)
    case("curl: upload of no file", [*get, "-T", path("none"), f"{URL}/200"], STOPPED, 26)
    case("curl: too large", [*get, "--max-filesize", "1", f"{URL}/200"], STOPPED, 63)
    case("curl: packs off", [*get, f"{URL}/404"], RETRIED, 22, "--transient", "none")
    case("curl: a rule of the user's own goes first", [*get, f"{URL}/404"], RETRIED, 22,
         "--retry-on", "22")
    if installed("openssl"):
        key, certificate, port = path("key.pem"), path("cert.pem"), free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
                        "-keyout", key, "-out", certificate], capture_output=True, check=True)
        with daemon("openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-key", key, "-cert",
                    certificate, "-www", ready=lambda: answers(port)):
            case("curl: untrusted certificate", [*get, f"https://127.0.0.1:{port}/"], STOPPED, 60)
            if installed("wget"):
                case("wget: untrusted certificate",
                     ["wget", "-nv", "-t1", "-O-", f"https://127.0.0.1:{port}/"], STOPPED, 5)


def wget():
    if not installed("wget"):
        return
    get = ["wget", "-nv", "-t1", "-O-"]
    for status, attempts in [(404, 1), (403, 1), (410, 1), (408, 2), (429, 2), (500, 2), (503, 2)]:
        case(f"wget: {status}", [*get, f"{URL}/{status}"], attempts, 8)
    case("wget: 401", [*get, f"{URL}/401"], STOPPED, 6)
    case("wget: success", [*get, f"{URL}/200"], 1, 0)
    case("wget: connection refused", [*get, f"http://127.0.0.1:{NOBODY}/"], RETRIED, 4)
    case("wget: no such host", [*get, f"http://{NO_NAME}/"], RETRIED, 4)
    case("wget: empty reply", [*get, f"http://127.0.0.1:{EMPTY}/"], RETRIED, 4)
    case("wget: partial file", [*get, f"http://127.0.0.1:{EARLY}/"], RETRIED, 4)
    case("wget: timeout", [*get, "-T", "0.3", f"http://127.0.0.1:{SILENT}/"], RETRIED, 4)
    case("wget: unknown option", ["wget", "--bogus"], STOPPED, 2)
    case("wget: unknown scheme", [*get, "gopher://127.0.0.1/"], STOPPED, 1)
    case("wget: output cannot be written", ["wget", "-nv", "-t1", "-O", path("no/such"), f"{URL}/200"],
         STOPPED, (1, 3))


SSH = ["-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o",
       "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes"]


def ssh():
    if not installed("ssh", "scp", "sftp"):
        return
    case("ssh: connection refused", ["ssh", *SSH, "-p", str(NOBODY), "127.0.0.1", "true"], RETRIED, 255)
    case("ssh: no such host", ["ssh", *SSH, NO_NAME, "true"], RETRIED, 255)
    case("ssh: connection reset", ["ssh", *SSH, "-p", str(RESET), "127.0.0.1", "true"], RETRIED, 255)
    case("ssh: timeout", ["ssh", *SSH, "-o", "ConnectTimeout=1", "-p", str(SILENT), "127.0.0.1", "true"],
         RETRIED, 255)
    case("ssh: bad option", ["ssh", "-o", "Bogus=1", "127.0.0.1"], STOPPED, 255)
    case("ssh: bad usage", ["ssh", "--bogus"], STOPPED, 255)
    case("scp: bad usage", ["scp", "--bogus"], STOPPED, 1)
    case("sftp: bad usage", ["sftp", "--bogus"], STOPPED, 1)
    case("scp: connection refused", ["scp", *SSH, "-P", str(NOBODY), "127.0.0.1:/x", "."], RETRIED, 255)
    if not installed("sshd", "ssh-keygen") or os.geteuid() != 0:
        return
    for key in ("host", "known", "stranger"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key)], check=True)
    port, target = free_port(), "root@127.0.0.1"
    write("sshd.conf", f"Port {port}\nListenAddress 127.0.0.1\nHostKey {path('host')}\nPidFile none\n"
          f"AuthorizedKeysFile {path('known.pub')}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
          "PasswordAuthentication no\nSubsystem sftp internal-sftp\n")
    os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    known = [*SSH, "-i", path("known"), "-o", f"Port={port}"]
    stranger = [*SSH, "-i", path("stranger"), "-o", f"Port={port}"]
    with daemon(shutil.which("sshd", path=ENVIRONMENT["PATH"]), "-D", "-f", path("sshd.conf"),
                ready=lambda: answers(port)):
        case("ssh: success", ["ssh", *known, target, "true"], 1, 0)
        case("ssh: the remote command's code is nobody's business", ["ssh", *known, target, "exit 3"],
             RETRIED, 3)
        case("ssh: login refused", ["ssh", *stranger, target, "true"], STOPPED, 255)
        case("ssh: unknown host key", ["ssh", "-F", "none", "-o", "BatchMode=yes", "-o",
             "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=yes", "-p", str(port), target],
             STOPPED, 255)
        case("ssh: the server hangs up", ["ssh", *known, target, "kill -9 $PPID"], RETRIED, 255)
        case("scp: login refused", ["scp", *stranger, f"{target}:/x", "."], STOPPED, 255)
        case("scp: no such remote file", ["scp", *known, f"{target}:{path('none')}", "."], STOPPED, 1)
        case("scp: no such local file", ["scp", *known, path("none"), f"{target}:/x"], STOPPED, (1, 255))
        case("scp: no such remote directory", ["scp", *known, path("known"), f"{target}:{path('no/x')}"],
             STOPPED, 1)
        case("sftp: no such remote file", ["sftp", *known, f"{target}:{path('none')}", "."], STOPPED, 1)
        case("sftp: login refused", ["sftp", *stranger, f"{target}:/x", "."], STOPPED, 255)
        if installed("git"):
            for name, options, url in [("login refused", stranger, f"{target}:x"),
                                       ("no such remote repository", known, f"{target}:x")]:
                case(f"git: {name}", ["git", "ls-remote", url], STOPPED, 128,
                     env={"GIT_SSH_COMMAND": " ".join(["ssh", *options])})
        if installed("rsync"):
            for name, options, status in [("login refused", stranger, (12, 255)),
                                          ("no rsync there", known, (12, 127))]:
                case(f"rsync: {name}", ["rsync", "-e", " ".join(["ssh", *options]),
                     "--rsync-path", path("none"), path("known"), f"{target}:{path('copy')}"],
                     STOPPED, status)


def git():
    if not installed("git"):
        return
    remote = ["git", "ls-remote"]
    for status, attempts in [(404, 1), (403, 1), (401, 1), (429, 2), (500, 2), (503, 2)]:
        case(f"git: {status}", [*remote, f"{URL}/{status}"], attempts, 128)
    case("git: not a repository there", [*remote, f"{URL}/200"], STOPPED, 128)
    case("git: connection refused", [*remote, f"http://127.0.0.1:{NOBODY}/x"], RETRIED, 128)
    case("git: no such host", [*remote, f"http://{NO_NAME}/x"], RETRIED, 128)
    case("git: empty reply", [*remote, f"http://127.0.0.1:{EMPTY}/x"], RETRIED, 128)
    case("git: ended early", [*remote, f"http://127.0.0.1:{EARLY}/x"], RETRIED, 128)
    case("git: git protocol refused", [*remote, f"git://127.0.0.1:{NOBODY}/x"], RETRIED, 128)
    case("git: git protocol, no such host", [*remote, f"git://{NO_NAME}/x"], RETRIED, 128)
    case("git: no such path", ["git", "clone", path("none"), path("new")], STOPPED, 128)
    case("git: unknown command", ["git", "bogus"], STOPPED, 1)
    case("git: unknown option", ["git", "clone", "--bogus"], STOPPED, 129)
    case("git: not in a repository", ["git", "-C", scratch, "status"], STOPPED, 128)
    quiet = {"env": ENVIRONMENT, "check": True, "capture_output": True, "cwd": scratch}
    subprocess.run(["git", "init", "--bare", "bare"], **quiet)
    for clone in ("one", "two"):
        subprocess.run(["git", "clone", "bare", clone], **quiet)
        subprocess.run(["git", "-C", clone, "commit", "--allow-empty", "-m", clone], **quiet)
    subprocess.run(["git", "-C", "one", "push", "origin", "HEAD"], **quiet)
    case("git: push rejected", ["git", "-C", "two", "push", "origin", "HEAD"], STOPPED, 1)
    case("git: destination exists", ["git", "clone", "bare", "one"], STOPPED, 128)
    case("git: no such branch", ["git", "clone", "-b", "nope", "bare", "three"], STOPPED, 128)
    case("git: no such path in it", ["git", "-C", "one", "checkout", "nope"], STOPPED, 1)
    case("git: no such remote", ["git", "-C", "one", "fetch", "nope"], STOPPED, 128)
    write("one/.git/index.lock", "")
    case("git: index locked", ["git", "-C", "one", "commit", "--allow-empty", "-m", "x"], RETRIED, 128)
    write("one/.git/config.lock", "")
    case("git: configuration locked", ["git", "-C", "one", "config", "a.b", "c"], RETRIED, 255)


def apt():
    if not installed("apt-get"):
        return
    for folder in ("lists/partial", "cache/archives/partial"):
        os.makedirs(path(folder))
    write("status", "")
    options = ["-o", f"Dir::State::lists={path('lists')}", "-o", f"Dir::Cache={path('cache')}", "-o",
               f"Dir::Etc::sourcelist={path('sources')}", "-o", "Dir::Etc::sourceparts=-", "-o",
               f"Dir::State::status={path('status')}", "-o", "APT::Sandbox::User=root", "-o",
               "Acquire::Retries=0", "-o", "Acquire::http::Proxy=DIRECT", "-q"]
    update = ["apt-get", *options, "-o", "APT::Update::Error-Mode=any", "update"]
    for name, url, attempts in [("connection refused", f"http://127.0.0.1:{NOBODY}/", 2),
                                ("no such host", f"http://{NO_NAME}/", 2), ("503", f"{URL}/503/", 2),
                                ("404", f"{URL}/404/", 1), ("403", f"{URL}/403/", 1),
                                ("empty reply", f"http://127.0.0.1:{EMPTY}/", 2)]:
        write("sources", f"deb [trusted=yes] {url} ./\n")
        case(f"apt-get: {name}", update, attempts, 100)
    write("sources", "deb x\n")
    case("apt-get: malformed sources", update, STOPPED, 100)
    write("sources", "")
    case("apt-get: no such package", ["apt-get", *options, "install", "-y", "nope-nope"], STOPPED, 100)
    case("apt-get: unknown operation", ["apt-get", "bogus"], STOPPED, 100)
    case("apt-get: unknown option", ["apt-get", "--bogus"], STOPPED, 100)
    with open(path("lists/lock"), "w", encoding="ascii") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        case("apt-get: locked by another", update, RETRIED, 100)
        if installed("aptitude"):
            case("aptitude: locked by another", ["aptitude", *options[:-1], "update"], RETRIED, 255)
            case("aptitude: unknown command", ["aptitude", "bogus"], STOPPED, 1)


def rsync():
    if not installed("rsync"):
        return
    write("file", "data\n")
    case("rsync: unknown option", ["rsync", "--bogus"], STOPPED, 1)
    case("rsync: no such file", ["rsync", path("none"), path("copy")], STOPPED, 23)
    case("rsync: no such directory", ["rsync", path("file"), path("no/such/place")], STOPPED, (3, 11))
    case("rsync: connection refused", ["rsync", f"rsync://127.0.0.1:{NOBODY}/x", "."], RETRIED, 10)
    case("rsync: no such host", ["rsync", f"rsync://{NO_NAME}/x", "."], RETRIED, 10)
    case("rsync: the server hangs up", ["rsync", f"rsync://127.0.0.1:{EMPTY}/x", "."], RETRIED, (5, 12))
    case("rsync: timeout", ["rsync", "--timeout=1", f"rsync://127.0.0.1:{SILENT}/x", "."], RETRIED, 30)
    case("rsync: no such remote shell", ["rsync", "-e", path("none"), path("file"), "h:x"], STOPPED,
         (12, 14))
    port = free_port()
    write("secrets", "u:p\n")
    os.chmod(path("secrets"), 0o600)
    module = f"path={scratch}\nuid={os.getuid()}\ngid={os.getgid()}\n"
    write("rsyncd.conf", f"use chroot=no\nport={port}\naddress=127.0.0.1\nlog file=/dev/null\n"
          f"[ok]\n{module}[busy]\n{module}max connections=-1\n"
          f"[auth]\n{module}auth users=u\nsecrets file={path('secrets')}\n")
    url = f"rsync://127.0.0.1:{port}"
    with daemon("rsync", "--daemon", "--no-detach", f"--config={path('rsyncd.conf')}",
                ready=lambda: answers(port)):
        case("rsync: success", ["rsync", f"{url}/ok/file", path("copy")], 1, 0)
        case("rsync: no such module", ["rsync", f"{url}/nope", "."], STOPPED, 5)
        case("rsync: no such remote file", ["rsync", f"{url}/ok/none", path("copy")], STOPPED, 23)
        case("rsync: too many connections", ["rsync", f"{url}/busy/file", path("copy")], RETRIED, 5)
        case("rsync: read only", ["rsync", path("file"), f"{url}/ok/"], STOPPED, 1)
        case("rsync: login refused", ["rsync", f"rsync://u@127.0.0.1:{port}/auth/file", path("copy")],
             STOPPED, 5, env={"RSYNC_PASSWORD": "x"})


def psql():
    if not installed("psql", "pg_dump"):
        return
    tcp = ["-h", "127.0.0.1", "-p"]
    impatient = {"PGCONNECT_TIMEOUT": "2", "PGPASSWORD": "x"}
    case("psql: connection refused", ["psql", *tcp, str(NOBODY), "-c", "select 1"], RETRIED, 2)
    case("psql: no such host", ["psql", "-h", NO_NAME, "-c", "select 1"], RETRIED, 2)
    case("psql: no such socket yet", ["psql", "-h", path("none"), "-c", "select 1"], RETRIED, 2)
    case("psql: the server hangs up", ["psql", *tcp, str(EMPTY), "-c", "select 1"], RETRIED, 2)
    case("psql: timeout", ["psql", *tcp, str(SILENT), "-c", "select 1"], RETRIED, 2, env=impatient)
    case("psql: unknown option", ["psql", "--bogus"], STOPPED, 1)
    case("pg_dump: unknown option", ["pg_dump", "--bogus"], STOPPED, 1)
    case("pg_dump: connection refused", ["pg_dump", *tcp, str(NOBODY)], RETRIED, 1)
    case("pg_restore: no such file", ["pg_restore", "-f", "/dev/null", path("none")], STOPPED, 1)
    binaries = sorted(f"/usr/lib/postgresql/{version}/bin" for version in os.listdir("/usr/lib/postgresql")
                      ) if os.path.isdir("/usr/lib/postgresql") else []
    if not binaries or not os.path.exists(f"{binaries[-1]}/postgres") or os.geteuid() != 0:
        print("skip psql against a server: no postgres that this user may start", flush=True)
        return
    home = tempfile.mkdtemp(prefix="gird-pg-", dir="/tmp")  # a socket's path is short
    shutil.chown(home, "postgres", "postgres")
    with open(f"{home}/pw", "w", encoding="ascii") as file:
        file.write("pw\n")
    as_postgres = {"user": "postgres", "group": "postgres", "extra_groups": []}
    subprocess.run([f"{binaries[-1]}/initdb", "-D", f"{home}/d", "-A", "md5", "-U", "postgres",
                    f"--pwfile={home}/pw", "--no-sync"], check=True, capture_output=True,
                   env=ENVIRONMENT, cwd=home, **as_postgres)
    env = {"PGHOST": home, "PGUSER": "postgres", "PGPASSWORD": "pw", "PGPORT": "5432"}
    ask = ["psql", "-v", "ON_ERROR_STOP=1", "-c"]

    def query(sql):
        return subprocess.run(["psql", "-Atc", sql], env=ENVIRONMENT | env, capture_output=True)

    def client(sql):
        return subprocess.Popen(["psql", "-qc", sql], env=ENVIRONMENT | env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    server = [f"{binaries[-1]}/postgres", "-D", f"{home}/d", "-k", home, "-p", "5432", "-c",
              "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=3", "-c",
              "superuser_reserved_connections=0", "-c", "max_wal_senders=0"]
    with daemon(*server, ready=lambda: query("select 1").returncode == 0, cwd=home, **as_postgres):
        case("psql: success", [*ask, "select 1"], 1, 0, env=env)
        case("psql: bad sql", [*ask, "selec 1"], STOPPED, 1, env=env)
        case("psql: bad sql in a file", ["psql", "-v", "ON_ERROR_STOP=1", "-f",
             write("bad.sql", "selec 1;\n")], STOPPED, 3, env=env)
        case("psql: no such file", ["psql", "-f", path("none")], STOPPED, 1, env=env)
        case("psql: no such database", ["psql", "-d", "nope", "-c", "select 1"], STOPPED, 2, env=env)
        case("psql: wrong password", [*ask, "select 1"], STOPPED, 2, env=env | {"PGPASSWORD": "no"})
        case("pg_dump: no such database", ["pg_dump", "nope"], STOPPED, 1, env=env)
        case("pg_dump: no such table", ["pg_dump", "-t", "nope", "postgres"], STOPPED, 1, env=env)
        case("psql: the connection is cut", [*ask, "select pg_terminate_backend(pg_backend_pid())"],
             RETRIED, 2, env=env)
        query("create table t()")
        held = "select 1 from pg_locks where relation = 't'::regclass and mode = 'AccessExclusiveLock'"
        busy = [client("begin; lock table t; select pg_sleep(60)")]
        until(lambda: query(held).stdout == b"1\n")
        case("psql: locked", ["psql", "-v", "ON_ERROR_STOP=1", "-c", "set lock_timeout='10ms'", "-c",
             "select * from t"], RETRIED, 1, env=env)
        busy += [client("select pg_sleep(60)") for _ in range(2)]

        def full():
            # A sleeper that came while the question below held the last connection comes again.
            for i, one in enumerate(busy):
                if one.poll() is not None:
                    busy[i] = client("select pg_sleep(60)")
            return query("select 1").returncode == 2 and all(one.poll() is None for one in busy)

        until(full)
        case("psql: too many connections", [*ask, "select 1"], RETRIED, 2, env=env)
        case("pg_dump: too many connections", ["pg_dump", "postgres"], RETRIED, 1, env=env)
        for one in busy:
            one.kill()
            one.wait()
    shutil.rmtree(home, ignore_errors=True)


def mysql():
    if not installed("mysql", "mysqldump"):
        return
    address = ["--no-defaults", "--protocol=tcp", "-h", "127.0.0.1", "-P"]
    quick = [*address[:-1], "--connect-timeout=1", "-P"]
    case("mysql: connection refused", ["mysql", *quick, str(NOBODY), "-e", "select 1"], RETRIED, 1)
    case("mysql: no such host", ["mysql", "--no-defaults", "-h", NO_NAME, "-e", "select 1"], RETRIED, 1)
    case("mysql: no such socket yet", ["mysql", "--no-defaults", "-S", path("none")], RETRIED, 1)
    case("mysql: the server hangs up", ["mysql", *quick, str(RESET), "-e", "select 1"], RETRIED, 1)
    case("mysql: timeout", ["mysql", *quick, str(SILENT), "-e", "select 1"], RETRIED, 1)
    case("mysql: unknown option", ["mysql", "--bogus"], STOPPED, (2, 7))
    case("mysqldump: connection refused", ["mysqldump", *address, str(NOBODY), "d"], RETRIED, 2)
    case("mysqldump: bad usage", ["mysqldump", "--no-defaults"], STOPPED, 1)
    if shutil.which("mariadb-dump"):
        case("mariadb-dump: connection refused", ["mariadb-dump", *address, str(NOBODY), "d"], RETRIED, 2)
    if shutil.which("mysqladmin"):
        case("mysqladmin: connection refused", ["mysqladmin", *quick, str(NOBODY), "ping"], RETRIED, 1)
    if not installed("mariadbd", "mariadb-install-db"):
        return
    home = tempfile.mkdtemp(prefix="gird-my-", dir="/tmp")
    os.chmod(home, 0o755)
    owner = "mysql" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(home, owner)
    user = [f"--user={owner}"] if owner else []
    subprocess.run(["mariadb-install-db", "--no-defaults", f"--datadir={home}/d", "--skip-test-db",
                    "--auth-root-authentication-method=normal", *user], check=True,
                   capture_output=True, env=ENVIRONMENT)
    ask = ["mysql", "--no-defaults", "-S", f"{home}/s"]

    def sql(text):
        return subprocess.run([*ask, "-uroot", "-e", text], env=ENVIRONMENT, capture_output=True)

    server = ["mariadbd", "--no-defaults", f"--datadir={home}/d", f"--socket={home}/s", *user,
              "--skip-networking", f"--pid-file={home}/pid", "--innodb-buffer-pool-size=8M"]
    with daemon(*server, ready=lambda: sql("select 1").returncode == 0):
        sql("create user u identified by 'p'; create database d; create table d.t(a int) engine=innodb;"
            "insert into d.t values (1)")
        root = [*ask, "-uroot"]
        case("mysql: success", [*root, "-e", "select 1"], 1, 0)
        case("mysql: bad sql", [*root, "-e", "selec 1"], STOPPED, 1)
        case("mysql: no such database", [*root, "nope", "-e", "select 1"], STOPPED, 1)
        case("mysql: no such table", [*root, "d", "-e", "select * from nope"], STOPPED, 1)
        case("mysql: wrong password", [*ask, "-uu", "-pno", "-e", "select 1"], STOPPED, 1)
        case("mysql: not allowed", [*ask, "-uu", "-pp", "d", "-e", "select 1"], STOPPED, 1)
        case("mysql: the connection is cut", [*root, "-e", "kill connection_id()"], RETRIED, 1)
        case("mysqldump: no such database", ["mysqldump", *root[1:], "nope"], STOPPED, 2)
        case("mysqldump: no such table", ["mysqldump", *root[1:], "d", "nope"], STOPPED, 6)
        holder = subprocess.Popen([*root, "d", "-e", "begin; update t set a=2; select sleep(30)"],
                                  env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        until(lambda: b"1" in sql("select count(*) from information_schema.innodb_trx").stdout)
        case("mysql: locked", [*root, "d", "-e", "set innodb_lock_wait_timeout=1; update t set a=3"],
             RETRIED, 1)
        holder.kill()
        holder.wait()
    shutil.rmtree(home, ignore_errors=True)


def docker():
    if not installed("docker"):
        return
    said = {"rate": (500, "toomanyrequests: You have reached your pull rate limit."),
            "dns": (500, 'Get "https://r/v2/": dial tcp: lookup r: no such host'),
            "tls": (500, 'Get "https://r/v2/": net/http: TLS handshake timeout'),
            "down": (500, "received unexpected HTTP status: 503 Service Unavailable"),
            "denied": (404, "pull access denied for denied, repository does not exist"),
            "unknown": (404, "manifest for unknown:latest not found: manifest unknown")}

    def engine(handler):
        if "_ping" in handler.path:
            return 200, b"OK"
        for word, (status, message) in said.items():
            if handler.command == "POST" and f"fromImage={word}" in handler.path.replace(
                    "docker.io%2Flibrary%2F", ""):
                return status, json.dumps({"message": message}).encode()
        return 404, json.dumps({"message": "No such container: x"}).encode()

    here = ["docker", "-H", f"tcp://127.0.0.1:{http_server(engine)}"]
    for word, attempts in [("rate", 2), ("dns", 2), ("tls", 2), ("down", 2), ("denied", 1), ("unknown", 1)]:
        case(f"docker: pull, {word}", [*here, "pull", word], attempts, 1)
    case("docker: no such container", [*here, "stop", "x"], STOPPED, 1)
    case("docker: no daemon", ["docker", "-H", f"unix://{path('none')}", "ps"], RETRIED, 1)
    case("docker: run, no daemon", ["docker", "-H", f"tcp://127.0.0.1:{NOBODY}", "run", "x"], RETRIED, 125)
    case("docker: the daemon hangs up", ["docker", "-H", f"tcp://127.0.0.1:{EMPTY}", "ps"], RETRIED, 1)
    case("docker: unknown option", ["docker", "--bogus"], STOPPED, 125)
    case("docker: unknown command", ["docker", "bogus"], STOPPED, 1)


def kubectl():
    if not installed("kubectl"):
        return
    get = ["kubectl", "get", "pods", "--request-timeout=2", "--server"]
    for status, attempts in [(503, 2), (429, 2), (401, 1)]:
        case(f"kubectl: {status}", [*get, f"{URL}/{status}"], attempts, 1)
    case("kubectl: connection refused", [*get, f"http://127.0.0.1:{NOBODY}"], RETRIED, 1)
    case("kubectl: no such host", [*get, f"http://{NO_NAME}:1"], RETRIED, 1)
    case("kubectl: unknown command", ["kubectl", "bogus"], STOPPED, 1)
    case("kubectl: unknown option", ["kubectl", "--bogus"], STOPPED, 1)
    case("kubectl: no such file", ["kubectl", "apply", "-f", path("none")], STOPPED, 1)
    case("kubectl: no such context", ["kubectl", "--context", "nope", "get", "pods"], STOPPED, 1)


def aws():
    if not installed("aws"):
        return

    def service(handler):
        status, _, code = handler.path.strip("/").partition("-")
        body = f"<ErrorResponse><Error><Code>{code}</Code><Message>m</Message></Error></ErrorResponse>"
        return int(status), body.encode()

    ask = ["aws", "sts", "get-caller-identity", "--endpoint-url"]
    endpoint = f"http://127.0.0.1:{http_server(service)}"
    for word, attempts in [("400-Throttling", 2), ("503-SlowDown", 2), ("503-ServiceUnavailable", 2),
                           ("400-RequestLimitExceeded", 2), ("403-InvalidClientTokenId", 1),
                           ("403-AccessDenied", 1)]:
        case(f"aws: {word}", [*ask, f"{endpoint}/{word}"], attempts, (254, 255))
    case("aws: connection refused", [*ask, f"http://127.0.0.1:{NOBODY}"], RETRIED, 255)
    case("aws: timeout", [*ask, f"http://127.0.0.1:{SILENT}", "--cli-read-timeout", "1"], RETRIED, 255)
    case("aws: no credentials", [*ask, endpoint], STOPPED, (253, 255),
         env={"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""})
    case("aws: no such profile", [*ask, endpoint, "--profile", "nope"], STOPPED, (253, 255))
    case("aws: unknown command", ["aws", "bogus"], STOPPED, (2, 252))
    case("aws: unknown option", ["aws", "sts", "get-caller-identity", "--bogus"], STOPPED, (252, 255))


def sysexits():
    shell = ["sh", "-c"]
    for code, attempts in [(64, 1), (65, 1), (66, 1), (67, 1), (68, 1), (71, 2), (72, 1), (73, 1), (75, 2),
                           (77, 1), (78, 1)]:
        case(f"sysexits: {code}", [*shell, f"exit {code}"], attempts, code, "--transient", "sysexits")
    case("sysexits: not unless asked for", [*shell, "exit 64"], RETRIED, 64)
    case("sysexits: beside auto", [*shell, "exit 64"], STOPPED, 64, "--transient", "auto,sysexits")


def main():
    try:
        if not os.access(GIRD, os.X_OK):
            sys.exit(f"GIRD is not a program: {GIRD}")
        for tool in (sysexits, curl, wget, ssh, git, apt, rsync, psql, mysql, docker, kubectl, aws):
            tool()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
