"""A pseudo-terminal with an interactive shell on it, and processes to be watched."""
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
import uuid

# What is waited for comes at once; the limit is for a machine that has much else to do.
LIMIT = 60
PROMPT = 'ready@ '
# Without line editing the shells write nothing but their prompt, and the terminal does the echo.
SHELLS = {
    'bash': ['bash', '--norc', '--noprofile', '--noediting', '-i'],
    'dash': ['dash', '-i'],
    'zsh': ['zsh', '-f', '-i', '-o', 'no_zle', '-o', 'no_prompt_sp', '-o', 'no_prompt_cr'],
}


class Late(Exception):
    """Something did not happen."""


def wait_for(condition, what):
    """The first true value of `condition()`; Late if there is none in time."""
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise Late('waited in vain: ' + what)


STOP_KEY = '\x1a'


def group_of(leader):
    """The processes of a group."""
    found = []
    for entry in os.listdir('/proc'):
        try:
            if entry.isdigit() and os.getpgid(int(entry)) == leader:
                found.append(int(entry))
        except ProcessLookupError:
            pass
    return found


def name_of(pid):
    try:
        with open(f'/proc/{pid}/comm', encoding='latin-1') as comm:
            return comm.read().strip()
    except OSError:
        return ''


def hears_stop(pid):
    """Whether TSTP is not blocked there."""
    try:
        with open(f'/proc/{pid}/status', encoding='latin-1') as status:
            blocked = next(line for line in status if line.startswith('SigBlk')).split()[1]
    except (OSError, StopIteration):
        return False
    return not int(blocked, 16) >> (signal.SIGTSTP - 1) & 1


def state_of(pid):
    """The state letter of a process, as in ps; empty when it is gone."""
    try:
        with open(f'/proc/{pid}/stat', encoding='latin-1') as stat:
            return stat.read().rpartition(')')[2].split()[0]
    except OSError:
        return ''


class Marked:
    """The processes that have a mark in their environment, however they were started."""

    def __init__(self):
        self.mark = 'PTY_CASE=' + uuid.uuid4().hex

    def environment(self):
        name, value = self.mark.split('=')
        return {**os.environ, name: value}

    def alive(self):
        found = []
        for entry in os.listdir('/proc'):
            if not entry.isdigit():
                continue
            try:
                with open(f'/proc/{entry}/environ', 'rb') as environ:
                    if self.mark.encode() not in environ.read().split(b'\0'):
                        continue
            except OSError:
                continue
            if state_of(entry) not in ('', 'Z', 'X'):
                found.append(int(entry))
        return found

    def all_gone(self, but=()):
        wait_for(lambda: not set(self.alive()) - set(but), 'every process has gone')

    def end(self):
        """Ends what a case left."""
        for _ in range(100):
            left = self.alive()
            if not left:
                return
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.01)


class Terminal:
    """An interactive shell. What it and its commands write is kept in `text`."""

    def __init__(self, shell, folder):
        self.marked = Marked()
        self.text = ''
        self.master, slave = os.openpty()
        self.resize(24, 80)
        environment = self.marked.environment()
        environment |= {'PS1': PROMPT, 'TERM': 'xterm', 'HOME': folder}
        environment.pop('ENV', None)
        environment.pop('CI', None)
        self.shell = subprocess.Popen(['setsid', '--ctty', *SHELLS[shell]], cwd=folder,
                                      stdin=slave, stdout=slave, stderr=slave, env=environment)
        os.close(slave)
        self._wait_for_prompt()
        self.run('ulimit -c 0')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.hang_up()
        self.marked.end()
        self.shell.wait()

    # What hands do.

    def type(self, text):
        if STOP_KEY in text:
            self._let_them_wake()
        os.write(self.master, text.encode())

    def _let_them_wake(self):
        """A process that stopped itself by TSTP can be stopped again by the next one before it has run
        at all: no mask holds the signal back in that moment. No hand is that fast, but this one."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and any(
                hears_stop(pid) for pid in group_of(os.tcgetpgrp(self.master)) if name_of(pid) == 'gird'):
            time.sleep(0.01)

    def start(self, line):
        """Types a line, and waits for nothing."""
        self.text = ''
        self.type(line + '\n')

    def run(self, line):
        """What the line prints until the shell is ready again."""
        self.start(line)
        return self.ready()

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def hang_up(self):
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    # What eyes see.

    def _read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            try:
                self.text += os.read(self.master, 65536).decode(errors='replace')
            except OSError as error:
                raise Late('the shell has gone') from error

    def see(self, pattern):
        """Waits until the screen shows the pattern since the last line was typed."""
        limit = time.monotonic() + LIMIT
        while not (match := re.search(pattern, self.text)):
            if time.monotonic() > limit:
                raise Late(f'waited in vain for {pattern!r}; the screen: {self.text!r}')
            self._read(0.05)
        return match

    def _wait_for_prompt(self):
        self.see(r'(?:^|\n|\r)(?:\^[CZ\\])*' + re.escape(PROMPT) + '$')

    def ready(self):
        """Waits for the prompt; what stood before it, without the echo of the line."""
        limit = time.monotonic() + LIMIT
        while not self.text.endswith(PROMPT):
            if time.monotonic() > limit:
                raise Late(f'waited in vain for the prompt; the screen: {self.text!r}')
            before = len(self.text)
            self._read(0.5)
            if len(self.text) == before and PROMPT in self.text:
                self.type('\n')  # a background job wrote behind the prompt: another one, please
        return self.text[:-len(PROMPT)].partition('\n')[2].replace('\r', '')

    def status(self):
        """Waits for the prompt; the status of the last line."""
        self.ready()
        self.start('echo "status=$?"')
        status = int(self.see(r'(?m)^status=(\d+)\r$')[1])
        self.ready()
        return status

    def puts_in_front(self, pid):
        """Waits until the keys are for the group of this process."""
        wait_for(lambda: os.tcgetpgrp(self.master) == os.getpgid(pid), 'the job is in front')

    def jobs(self):
        """The states of the shell's jobs, in words that all shells share."""
        self.start('jobs; echo "that is all"')
        listing = self.see(r'(?ms)(.*)^that is all\r$')[1].lower()
        self.ready()
        words = {'stopped': 'stopped', 'suspended': 'stopped', 'running': 'running',
                 'continued': 'running', 'done': 'done', 'exit': 'exited', 'terminated': 'killed'}
        states = {}  # by number: zsh may tell a change between the lines
        for line in listing.splitlines():
            said = re.search(r'\[(\d+)\]\s*[-+]?\s*([a-z]+)', line)
            if said:
                state = words.get(said[2], said[2])
                states[said[1]] = state + (' for input' if 'tty input' in line else '')
        return list(states.values())

    def settings(self):
        """The terminal's modes."""
        return termios.tcgetattr(self.master)[:4]
