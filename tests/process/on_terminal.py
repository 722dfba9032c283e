#!/usr/bin/python3
"""`gird retry` in front of a command on a terminal, compared with the command alone.

Every case of `compare` is played twice, with and without gird, in a real interactive shell on a
real pseudo-terminal, or in a session that has no terminal. The shell must show the same, and the
command must be told the same: its listener writes down each signal it gets.
"""
import atexit
import concurrent.futures
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import terminal
from terminal import Late, Marked, Terminal, state_of, wait_for

# By a short name, so that the lines in which shells tell of their jobs fit the terminal.
SHORT = tempfile.mkdtemp(prefix='g', dir='/tmp')
atexit.register(shutil.rmtree, SHORT, True)
os.symlink(os.path.abspath(os.environ['GIRD']), f'{SHORT}/gird')
GIRD = f'{SHORT}/gird'
# The waits of gird are longer than any test: whatever ends sooner was ended. A command that is to
# fail, and to be run once as it is without gird, exits with one of 2 to 6.
GIRD_RETRY = f'{GIRD} retry -b fixed -d 1h -j none --stop-on 2-6 --'

# Writes a line for each signal. Dies of INT, QUIT, HUP and TERM, but for those it is told to
# survive; goes when there is a file NAME.go, with the status that is in it. Like any good program
# it leaves ignored what was ignored.
LISTENER = r'''
import os, signal, sys, time
name, survive = sys.argv[1], sys.argv[2].split(',') if len(sys.argv) > 2 else []
log = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
def note(number, frame):
    word = signal.Signals(number).name[3:]
    os.write(log, (word + '\n').encode())
    if word in ('WINCH', 'CONT', 'USR1', 'USR2') or word in survive:
        return
    # Woken, it is ready to be stopped again before it tells that it goes on.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCONT])
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    signal.signal(number, note)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCONT])
for word in 'INT QUIT HUP TERM TSTP CONT WINCH USR1 USR2'.split():
    number = getattr(signal, 'SIG' + word)
    if signal.getsignal(number) != signal.SIG_IGN:
        signal.signal(number, note)
os.write(log, f'start {os.getpid()}\n'.encode())
limit = time.monotonic() + 300
while time.monotonic() < limit:
    if os.path.exists(name + '.go') and os.path.getsize(name + '.go') > 0:
        with open(name + '.go') as go:
            status = int(go.read())
        os.write(log, f'end {status}\n'.encode())
        sys.exit(status)
    time.sleep(0.01)
sys.exit(99)
'''

# Its process tree: an escapee with a session of its own, an orphan, a child.
TREE = '''
setsid sleep 1000 &
(sleep 1000 &)
touch tree.ready
sleep 1000
'''


class Play:
    """One run of a case: with gird in front of the command, or without."""

    def __init__(self, shell, prefix, folder):
        self.shell, self.prefix, self.folder = shell, prefix, folder
        for name, text in (('listener.py', LISTENER), ('tree.sh', TREE)):
            self.write(name, text)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text=''):
        # Under another name first: whoever waits for the file finds it whole.
        with open(self.path(name + '.new'), 'w', encoding='utf-8') as file:
            file.write(text)
        os.rename(self.path(name + '.new'), self.path(name))

    def read(self, name):
        try:
            with open(self.path(name), encoding='utf-8') as file:
                return file.read()
        except FileNotFoundError:
            return ''

    def exists(self, name):
        return os.path.exists(self.path(name))

    def terminal(self):
        return Terminal(self.shell, self.folder)

    def guarded(self, line):
        return f'{self.prefix} {line}'.strip()

    def listener(self, survive='', name='log'):
        """The command line of a listener behind the prefix."""
        return self.guarded(f'/usr/bin/python3 listener.py {name} {survive}'.strip())

    def script(self, text):
        """A command line that runs a script, by the shell under test."""
        self.write('script', text)
        return f'{self.shell} script'

    def log(self, name='log'):
        return [line for line in self.read(name).splitlines() if not line.startswith('start')]

    def starts(self, name='log'):
        return [int(line.split()[1]) for line in self.read(name).splitlines() if line.startswith('start')]

    def started(self, name='log', count=1):
        wait_for(lambda: len(self.starts(name)) >= count, f'the listener has started ({name})')
        return self.starts(name)[-1]

    def heard(self, *words, name='log'):
        """Waits until these were heard, in this order, whatever else was."""
        def all_there():
            left = iter(self.log(name))
            return all(word in left for word in words)
        try:
            wait_for(all_there, '')
        except Late as late:
            raise Late(f'listener heard {self.log(name)}, not {list(words)}') from late

    def release(self, status):
        """A line of shell that lets the listener go and waits for its job. In one line, and without
        another program: at its next prompt, or after one, a shell may forget a job that has ended."""
        return f'echo {status} > log.go; wait %1'

    def go(self, status=0, name='log'):
        self.write(name + '.go', str(status))
        wait_for(lambda: f'end {status}' in self.log(name), 'the listener ends')


# --- in front, with the keys -------------------------------------------------------------------

def key_kills(key, word):
    def scene(play):
        with play.terminal() as shell:
            shell.start(play.listener())
            play.started()
            shell.type(key)
            status = shell.status()
            shell.marked.all_gone(but=[shell.shell.pid])
            return {'status': status, 'heard': play.log(), 'starts': len(play.starts())}
    return scene, {'status': 128 + getattr(signal, 'SIG' + word), 'heard': [word], 'starts': 1}


def key_is_handled(key, word):
    """A command that goes on, as psql does: one signal for each press, and it lives."""
    def scene(play):
        with play.terminal() as shell:
            shell.start(play.listener(survive=word))
            play.started()
            for presses in (1, 2, 3):
                shell.type(key)
                play.heard(*[word] * presses)
            play.go()
            return {'status': shell.status(), 'heard': play.log(), 'starts': len(play.starts())}
    return scene, {'status': 0, 'heard': [word] * 3 + ['end 0'], 'starts': 1}


def handled_then_fails(play):
    """Its own status comes through, and no other attempt is made after the user said stop."""
    with play.terminal() as shell:
        shell.start(play.listener(survive='INT'))
        play.started()
        shell.type('\x03')
        play.heard('INT')
        play.go(5)
        return {'status': shell.status(), 'heard': play.log(), 'starts': len(play.starts())}


def stopped(*pids):
    """Waits until all have stopped: a CONT that comes before drops the stop that is on its way."""
    for pid in pids:
        wait_for(lambda: state_of(pid) == 'T', 'it has stopped')


def stop_and_foreground(times):
    def scene(play):
        with play.terminal() as shell:
            shell.start(play.listener())
            pid = play.started()
            states = []
            for _ in range(times):
                shell.type('\x1a')
                shell.ready()
                stopped(pid)
                states += shell.jobs()
                heard = len(play.log())
                shell.start('fg')
                wait_for(lambda: 'CONT' in play.log()[heard:], 'it goes on')
            play.go(0)
            return {'status': shell.status(), 'heard': play.log(), 'jobs': states}
    return scene, {'status': 0, 'heard': ['TSTP', 'CONT'] * times + ['end 0'], 'jobs': ['stopped'] * times}


def stop_and_background(play):
    with play.terminal() as shell:
        shell.start(play.listener())
        pid = play.started()
        shell.type('\x1a')
        shell.ready()
        states = shell.jobs()
        stopped(pid)
        shell.run('bg')
        play.heard('CONT')
        states += shell.jobs()
        shell.start('fg')
        shell.puts_in_front(pid)
        shell.type('\x1a')
        shell.ready()
        stopped(pid)
        shell.run('bg')
        play.heard('TSTP', 'CONT', 'TSTP', 'CONT')
        shell.start(play.release(4))
        status = shell.status()
        return {'jobs': states, 'status': status,
                'heard': [word for word in play.log() if word != 'CONT']}  # dash wakes what runs


def resized(play):
    with play.terminal() as shell:
        shell.start(play.listener())
        play.started()
        for count, columns in enumerate((100, 90, 120), 1):
            shell.resize(30, columns)
            play.heard(*['WINCH'] * count)
        play.go()
        return {'status': shell.status(), 'heard': play.log()}


def closed(make_line):
    """The terminal goes away; who lives, and what the command was told."""
    def scene(play):
        shell = play.terminal()
        try:
            shell.start(make_line(play))
            pid = play.started()
            shell.hang_up()
            shell.shell.wait(terminal.LIMIT)
            if play.settles_alive:
                play.go()
            wait_for(lambda: state_of(pid) in ('', 'Z'), 'the command has gone')
            shell.marked.all_gone()
            # A shell may repeat the kernel's HUP to its jobs: how many arrive is chance, also
            # without gird. A CONT follows, to wake what is stopped.
            return {'heard': sorted(set(play.log()) - {'CONT'}), 'starts': len(play.starts())}
        finally:
            shell.marked.end()
    return scene


def keys_in_background(play):
    """Keys and a new size are for the command in front, not for one in the background."""
    with play.terminal() as shell:
        shell.run(play.listener() + ' &')
        play.started()
        for key in ('\x03', '\x1c', '\x1a'):
            shell.type(key)
            shell.run('echo')
        shell.resize(30, 100)
        shell.run('echo')
        states = shell.jobs()
        shell.start(play.release(6))
        return {'jobs': states, 'status': shell.status(), 'heard': play.log()}


def killed_in_background(word):
    """kill(1) with the number of the process: gird passes it on, once."""
    def scene(play):
        with play.terminal() as shell:
            shell.run(play.listener() + ' &')
            play.started()
            shell.start(f'kill -{word} $!; wait $!')
            status = shell.status()
            shell.marked.all_gone(but=[shell.shell.pid])
            return {'status': status, 'heard': play.log(), 'starts': len(play.starts())}
    return scene, {'status': 128 + getattr(signal, 'SIG' + word), 'heard': [word], 'starts': 1}


def told_in_background(word):
    def scene(play):
        with play.terminal() as shell:
            shell.run(play.listener(survive=word) + ' &')
            play.started()
            shell.run(f'kill -{word} $!')
            play.heard(word)
            shell.start(play.release(0))
            return {'status': shell.status(), 'heard': play.log()}
    return scene, {'status': 0, 'heard': [word, 'end 0']}


def stopped_in_background(play):
    with play.terminal() as shell:
        shell.run(play.listener() + ' &')
        pid = play.started()
        states = []
        for count in (1, 2):
            shell.run('kill -TSTP $!')
            play.heard(*['TSTP'] * count)
            stopped(pid)
            states += wait_for(lambda: shell.jobs() == ['stopped'] and ['stopped'], 'jobs says stopped')
            shell.run('kill -CONT $!')
            play.heard(*['TSTP', 'CONT'] * count)
        shell.start(play.release(3))
        # dash and zsh do not notice that a job was woken by its number, each in its own way: dash
        # does not wait for it, zsh wakes it again.
        return {'jobs': states, 'status': shell.status(), 'heard': [w for w in play.log() if w[:3] != 'end']}


def whole_job_killed(play):
    """`kill %1` tells the whole group; the command must be gone, and the status be its own."""
    with play.terminal() as shell:
        shell.run(play.listener() + ' &')
        play.started()
        shell.start('kill %1; wait $!')
        status = shell.status()
        shell.marked.all_gone(but=[shell.shell.pid])
        return {'status': status, 'heard': sorted(set(play.log())), 'starts': len(play.starts())}


# --- inside a script ---------------------------------------------------------------------------

def loop(play, survive=''):
    """A script that would go on for ever."""
    line = play.listener(survive)
    return play.script(f'while true; do {line}; echo "after $?" >> after; rm -f log.go; done\n')


def script_interrupted(key, word):
    def scene(play):
        with play.terminal() as shell:
            shell.start(loop(play))
            play.started()
            shell.type(key)
            if word == 'QUIT':
                # A shell outlives it (the loop goes on) or not; both are asked for the same.
                wait_for(lambda: len(play.starts()) == 2 or shell_is_back(shell), 'the key has worked')
                if not shell_is_back(shell):
                    play.started(count=2)
                    shell.type('\x03')
            status = shell.status()
            shell.marked.all_gone(but=[shell.shell.pid])
            return {'status': status, 'heard': play.log(), 'starts': len(play.starts()),
                    'after': play.read('after')}
    return scene


def shell_is_back(shell):
    shell._read(0)
    return shell.text.endswith(terminal.PROMPT)


def script_stopped(play):
    with play.terminal() as shell:
        shell.start(play.script(play.listener() + '\necho "after $?" >> after\n'))
        pid = play.started()
        shell.type('\x1a')
        shell.ready()
        stopped(pid)
        states = shell.jobs()
        shell.start('fg')
        play.heard('TSTP', 'CONT')
        play.go(3)
        return {'status': shell.status(), 'heard': play.log(), 'jobs': states, 'after': play.read('after')}


def script_resized(play):
    with play.terminal() as shell:
        shell.start(play.script(play.listener() + '\necho "after $?" >> after\n'))
        play.started()
        shell.resize(40, 111)
        play.heard('WINCH')
        shell.resize(41, 111)
        play.heard('WINCH', 'WINCH')
        play.go(3)
        return {'status': shell.status(), 'heard': play.log(), 'after': play.read('after')}


def script_handled(play):
    """The command deals with the key itself and succeeds: bash and zsh then go on with the script;
    dash ends by itself."""
    with play.terminal() as shell:
        shell.start(play.script(play.listener('INT') + '\necho "after $?" >> after\n'))
        play.started()
        shell.type('\x03')
        play.heard('INT')
        play.go()
        return {'status': shell.status(), 'heard': play.log(), 'after': play.read('after')}


def interactive_loop(play):
    with play.terminal() as shell:
        line = play.listener()
        shell.start(f'for i in 1 2 3; do {line}; echo "after $?" >> after; done')
        play.started()
        shell.type('\x03')
        status = shell.status()
        return {'status': status, 'heard': play.log(), 'starts': len(play.starts()), 'after': play.read('after')}


# --- pipelines and substitutions ---------------------------------------------------------------

def line_interrupted(make_line, names=('log',)):
    def scene(play):
        with play.terminal() as shell:
            shell.start(make_line(play))
            for name in names:
                play.started(name)
            shell.type('\x03')
            status = shell.status()
            shell.marked.all_gone(but=[shell.shell.pid])
            return {'status': status, 'heard': [play.log(name) for name in names]}
    return scene


def pipeline_stopped(play):
    with play.terminal() as shell:
        shell.start(play.listener() + ' | ' + play.listener(name='other'))
        pids = play.started(), play.started('other')
        shell.type('\x1a')
        shell.ready()
        stopped(*pids)
        states = shell.jobs()
        shell.start('fg')
        for name in ('log', 'other'):
            play.heard('TSTP', 'CONT', name=name)
        play.go()
        play.go(2, 'other')
        return {'status': shell.status(), 'heard': [play.log(), play.log('other')], 'jobs': states}


# --- reading the terminal ----------------------------------------------------------------------

def reads_line(play):
    with play.terminal() as shell:
        shell.start(play.guarded('head -n 1') + ' > line')
        shell.type('typed in front\n')
        return {'status': shell.status(), 'line': play.read('line')}


def reads_until_end(play):
    with play.terminal() as shell:
        shell.start(play.guarded('cat') + ' > lines')
        for word in ('one', 'two'):
            shell.type(word + '\n')
            wait_for(lambda: word in play.read('lines'), 'cat has copied the line')
        shell.type('\x04')
        return {'status': shell.status(), 'lines': play.read('lines')}


def reads_after_stop(play):
    with play.terminal() as shell:
        shell.start(play.guarded('cat') + ' > lines')
        shell.type('one\n')
        wait_for(lambda: 'one' in play.read('lines'), 'cat has copied the line')
        shell.type('\x1a')
        shell.ready()
        states = shell.jobs()
        shell.start('fg')
        shell.see('cat')
        shell.type('two\n')
        wait_for(lambda: 'two' in play.read('lines'), 'cat has copied the line')
        shell.type('\x04')
        return {'status': shell.status(), 'lines': play.read('lines'), 'jobs': states}


def reads_in_script(play):
    with play.terminal() as shell:
        shell.start(play.script(play.guarded('head -n 1') + ' > line\necho "after $?" > after\n'))
        shell.type('typed for a script\n')
        return {'status': shell.status(), 'line': play.read('line'), 'after': play.read('after')}


def reads_in_background(play):
    """The terminal is not for a background job: it stops, until it is in front."""
    with play.terminal() as shell:
        shell.run(play.guarded('cat') + ' > lines &')
        states = wait_for(lambda: [state for state in shell.jobs() if 'stopped' in state], 'the job has stopped')
        shell.start('fg')
        shell.see('cat')
        shell.type('now in front\n')
        wait_for(lambda: play.read('lines'), 'cat has copied the line')
        shell.type('\x04')
        return {'status': shell.status(), 'lines': play.read('lines'), 'jobs': states}


RAW = r'''
import os, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
open('raw', 'w').close()
keys = b''
while not keys.endswith(b'q'):
    keys += os.read(0, 1)
termios.tcsetattr(0, termios.TCSADRAIN, before)
with open('keys', 'wb') as out:
    out.write(keys)
'''


def raw_keys(play):
    """A program like a pager: it wants single keys, Ctrl-C among them, and puts all back."""
    play.write('raw.py', RAW)
    with play.terminal() as shell:
        before = shell.settings()
        shell.start(play.guarded('/usr/bin/python3 raw.py'))
        wait_for(lambda: play.exists('raw'), 'the terminal is raw')
        shell.type('a\x03\x1aq')
        status = shell.status()
        return {'status': status, 'keys': play.read('keys'), 'same': before == shell.settings()}


TIDY = r'''
import os, signal, sys, termios, time, tty
before = termios.tcgetattr(0)
def stop(*_):
    time.sleep(0.3)  # so long may it take to put the screen in order
    termios.tcsetattr(0, termios.TCSADRAIN, before)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    os.kill(0 if 'group' in sys.argv else os.getpid(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, stop)
    tty.setcbreak(0)
    open('woken', 'a').write('woken\\n')
signal.signal(signal.SIGTSTP, stop)
tty.setcbreak(0)
open('ready', 'w').write(str(os.getpid()))
while True:
    key = os.read(0, 1)
    if key == b'z':
        stop()
    elif key == b'q':
        break
termios.tcsetattr(0, termios.TCSADRAIN, before)
'''


def tidies_up(key, how=''):
    """A full-screen program puts the terminal back before it stops, by the kernel's key or by one
    of its own; meanwhile the shell must not take the terminal away."""
    def scene(play):
        play.write('tidy.py', TIDY)
        with play.terminal() as shell:
            before = shell.settings()
            shell.start(play.guarded(f'/usr/bin/python3 tidy.py {how}'))
            pid = int(wait_for(lambda: play.read('ready'), 'the program is up'))
            states, same = [], []
            for count in (1, 2):
                shell.type(key)
                shell.ready()
                stopped(pid)
                states += shell.jobs()
                same.append(before == shell.settings())
                shell.start('fg')
                wait_for(lambda: play.read('woken').count('woken') == count, 'it goes on')
            shell.type('q')
            return {'status': shell.status(), 'jobs': states, 'same': same}
    return scene, {'status': 0, 'jobs': ['stopped'] * 2, 'same': [True] * 2}


def deaf_to_stop(play):
    """What does not stop keeps the terminal."""
    with play.terminal() as shell:
        shell.start(play.guarded("sh -c 'trap \"\" TSTP; echo up; exec cat'") + ' > lines')
        wait_for(lambda: play.read('lines'), 'the command is up')
        shell.type('\x1a')
        shell.type('still read\n')
        wait_for(lambda: 'still' in play.read('lines'), 'cat has copied the line')
        shell.type('\x04')
        return {'status': shell.status(), 'lines': play.read('lines')}


def pager(play):
    play.write('text', ''.join(f'line {number}\n' for number in range(200)))
    with play.terminal() as shell:
        before = shell.settings()
        shell.start(play.guarded('less text'))
        shell.see('line 5')
        shell.type('G')
        shell.see('line 199')
        shell.type('q')
        status = shell.status()
        return {'status': status, 'same': before == shell.settings()}


def asks_terminal(play):
    """A password prompt opens the terminal by its name, whatever its streams are."""
    with play.terminal() as shell:
        line = play.guarded("sh -c 'read answer < /dev/tty; echo \"$answer\"'")
        shell.start(line + ' < /dev/null 2> /dev/null > answer')
        shell.type('secret\n')
        return {'status': shell.status(), 'answer': play.read('answer')}


# --- without a terminal ------------------------------------------------------------------------

HOLDER = r'''
import os, subprocess, sys
def tell(name, number):
    with open(name + '.new', 'w') as file:
        file.write(str(number))
    os.rename(name + '.new', name)
job = subprocess.Popen(sys.argv[1:], preexec_fn=lambda: os.setpgid(0, 0))
tell('pid', job.pid)
status = job.wait()
tell('status', status if status >= 0 else 128 - status)
'''


class Session:
    """A session without a terminal: one process, which has started a job in a group of its own."""

    def __init__(self, play, line):
        self.play, self.marked = play, Marked()
        play.write('holder.py', HOLDER)
        command = ['setsid', '/usr/bin/python3', 'holder.py', *shlex.split(line)]
        with open(play.path('said'), 'w', encoding='utf-8') as said:
            self.holder = subprocess.Popen(command, cwd=play.folder, env=self.marked.environment(),
                                           stdin=subprocess.DEVNULL, stderr=said)
        self.pid = int(wait_for(lambda: play.read('pid'), 'the session has started'))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.marked.end()
        self.holder.wait()

    def kill(self, word):
        os.kill(self.pid, getattr(signal, 'SIG' + word))

    def status(self):
        return int(wait_for(lambda: self.play.read('status'), 'the job has ended'))


def killed_alone(word):
    def scene(play):
        with Session(play, play.listener()) as session:
            play.started()
            session.kill(word)
            status = session.status()
            session.marked.all_gone()
            return {'status': status, 'heard': play.log(), 'starts': len(play.starts())}
    return scene, {'status': 128 + getattr(signal, 'SIG' + word), 'heard': [word], 'starts': 1}


def told_alone(word):
    def scene(play):
        with Session(play, play.listener(survive=word)) as session:
            play.started()
            session.kill(word)
            play.heard(word)
            session.kill('USR2')
            play.heard(word, 'USR2')
            play.go()
            return {'status': session.status(), 'heard': play.log(), 'starts': len(play.starts())}
    return scene, {'status': 0, 'heard': [word, 'USR2', 'end 0'], 'starts': 1}


def stopped_alone(play):
    with Session(play, play.listener()) as session:
        pid = play.started()
        states = []
        for count in (1, 2):
            session.kill('TSTP')
            play.heard(*['TSTP'] * count)
            for process in (pid, session.pid):
                states.append(wait_for(lambda: state_of(process) == 'T' and 'T', 'it has stopped'))
            session.kill('CONT')
            play.heard(*['TSTP', 'CONT'] * count)
        play.go(3)
        return {'states': states, 'status': session.status(), 'heard': play.log()}


def nobody_to_wake(play):
    """In a group without a parent that could wake it, the kernel drops the stop; so does gird."""
    marked = Marked()
    process = subprocess.Popen(['setsid', *play.listener().split()], cwd=play.folder, env=marked.environment(),
                               stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        pid = play.started()
        process.send_signal(signal.SIGTSTP)
        play.heard('TSTP')
        wait_for(lambda: state_of(pid) in ('S', 'R') and state_of(process.pid) in ('S', 'R'), 'it goes on')
        play.go(3)
        return {'status': process.wait(terminal.LIMIT), 'heard': [word for word in play.log() if word != 'CONT']}
    finally:
        marked.end()


# --- gird alone --------------------------------------------------------------------------------
# These have no counterpart without gird, or say what gird must do besides.

def expect(seen, wanted):
    if seen != wanted:
        raise AssertionError(f'{seen!r} instead of {wanted!r}')


def waiting(shell, play):
    """Types a command that fails, and waits until gird waits."""
    shell.start(play.guarded('false'))
    shell.see(r'next in \S+')


def backoff_interrupted(key, word):
    def scene(play):
        with play.terminal() as shell:
            waiting(shell, play)
            shell.type(key)
            expect(shell.status(), 128 + getattr(signal, 'SIG' + word))
            shell.marked.all_gone(but=[shell.shell.pid])
    return scene


def backoff_in_loop(play):
    with play.terminal() as shell:
        shell.start(f'for i in 1 2 3; do {play.guarded("false")}; echo after >> after; done')
        shell.see(r'next in \S+')
        shell.type('\x03')
        shell.ready()
        expect(play.read('after'), '')
        expect(shell.text.count('next in'), 1)


def backoff_in_script(play):
    with play.terminal() as shell:
        shell.start(play.script(f'for i in 1 2 3; do {play.guarded("false")}; echo after >> after; done\n'))
        shell.see(r'next in \S+')
        shell.type('\x03')
        expect(shell.status(), 130)
        expect(play.read('after'), '')


def backoff_stopped(play):
    with play.terminal() as shell:
        waiting(shell, play)
        pid, = set(shell.marked.alive()) - {shell.shell.pid}
        for _ in range(2):
            shell.type('\x1a')
            shell.ready()
            expect(shell.jobs(), ['stopped'])
            shell.run('bg')
            expect(shell.jobs(), ['running'])
            shell.start('fg')
            shell.puts_in_front(pid)
        shell.type('\x03')
        expect(shell.status(), 130)


# For what must happen before some time is over: the next one is for a machine that was too slow.
LONGER_AND_LONGER = (0.3, 2, 8, 30)


def backoff_passes_while_stopped(play):
    """The wait is over when gird is woken: the next attempt comes at once."""
    with play.terminal() as shell:
        for seconds in LONGER_AND_LONGER:
            play.write('runs')
            shell.start(f"{GIRD} retry -n 2 -b fixed -d {seconds}s -j none -- sh -c 'echo run >> runs; exit 4'")
            shell.see(r'next in \S+')
            shell.type('\x1a')
            shell.ready()
            if shell.jobs() != ['stopped'] or play.read('runs') != 'run\n':
                shell.run('fg')
                continue
            time.sleep(seconds)
            runs = play.read('runs')
            shell.start('fg')
            expect(shell.status(), 4)
            expect((runs, play.read('runs')), ('run\n', 'run\n' * 2))
            return
        raise AssertionError('the wait was over before gird was stopped')


def backoff_hung_up(play):
    shell = play.terminal()
    try:
        waiting(shell, play)
        shell.hang_up()
        shell.shell.wait(terminal.LIMIT)
        shell.marked.all_gone()
    finally:
        shell.marked.end()


def backoff_killed(word):
    def scene(play):
        with Session(play, play.guarded('false').replace(' -- ', ' -v -- ')) as session:
            wait_for(lambda: 'next in' in play.read('said'), 'gird waits')
            session.kill(word)
            expect(session.status(), 128 + getattr(signal, 'SIG' + word))
            session.marked.all_gone()
    return scene


THREE = r'''
import signal, subprocess
words = 'INT HUP QUIT TERM USR1'.split()
for word in words:
    signal.signal(getattr(signal, 'SIG' + word), lambda *_: None)
line = ['/usr/bin/python3', 'listener.py']
for child in [subprocess.Popen([*line, name, ','.join(words)]) for name in ('one', 'two', 'three')]:
    child.wait()
'''


def group_hears_once(play):
    """Without a terminal the command has a group of its own, and all of it hears a signal once."""
    play.write('three.py', THREE)
    with Session(play, play.guarded('/usr/bin/python3 three.py')) as session:
        for name in ('one', 'two', 'three'):
            play.started(name)
        words = ['USR1', 'WINCH', 'INT', 'HUP', 'QUIT', 'TERM']
        for count, word in enumerate(words, 1):
            session.kill(word)
            for name in ('one', 'two', 'three'):
                play.heard(*words[:count], name=name)
        # TERM has a grace of some seconds: all of them go before it is over.
        for name in ('one', 'two', 'three'):
            play.go(name=name)
            expect(play.log(name), words + ['end 0'])
        session.status()
        session.marked.all_gone()


def timeout_ends_tree(play):
    with play.terminal() as shell:
        before = shell.settings()
        for seconds in LONGER_AND_LONGER:
            shell.start(f'{GIRD} retry -n 1 -t {seconds}s -- sh tree.sh')
            expect(shell.status(), 124)
            shell.marked.all_gone(but=[shell.shell.pid])
            if play.exists('tree.ready'):
                break
        else:
            raise AssertionError('the tree was not up when its time was over')
        expect(before, shell.settings())
        expect(os.tcgetpgrp(shell.master), shell.shell.pid)
        # And the shell reads its terminal again.
        expect(shell.run('head -n 1 < /dev/null; echo fine').strip(), 'fine')


def timeout_ends_stopped(play):
    """What has stopped itself is ended as well; it cannot hear TERM before it is woken."""
    with play.terminal() as shell:
        shell.start(f"{GIRD} retry -n 1 -t 300ms --kill-after 1h -- sh -c 'kill -STOP $$'")
        expect(shell.status(), 124)


def timeout_reads_in_script(play):
    with play.terminal() as shell:
        shell.start(play.script(f'{GIRD} retry -n 1 -t 1h -- head -n 1 > line; echo $? > after\n'))
        shell.type('typed\n')
        shell.ready()
        expect((play.read('line'), play.read('after')), ('typed\n', '0\n'))
        # As it is with coreutils: its group of its own is not in front, so that the read stops it.
        shell.start(play.script('timeout 2 head -n 1 > line; echo $? > after\n'))
        shell.type('typed\n')
        shell.ready()
        expect((play.read('line'), play.read('after')), ('', '124\n'))


def interrupt_at_once(play):
    """Ctrl-C with a time limit set, inside a script. coreutils waits for the whole time."""
    with play.terminal() as shell:
        shell.start(play.script(f'{GIRD} retry -t 1h -- /usr/bin/python3 listener.py log\necho after > after\n'))
        play.started()
        shell.type('\x03')
        expect(shell.status(), 130)
        expect((play.log(), play.read('after')), (['INT'], ''))


def replay_from_keys(play):
    """Two attempts read the same line, typed once."""
    with play.terminal() as shell:
        shell.start(f"{GIRD} retry -n 2 -d 0 --stdin replay -- sh -c 'head -n 1 >> lines; [ $GIRD_ATTEMPT = 2 ]'")
        shell.type('typed once\n')
        expect(shell.status(), 0)
        expect(play.read('lines'), 'typed once\n' * 2)


def one_line_for_a_retry(play):
    with play.terminal() as shell:
        said = shell.run(f'{GIRD} retry -n 3 -b fixed -d 20ms -j none -- sh -c "exit 3"').splitlines()
        expect([line.split(':')[0] for line in said], ['gird retry'] * 3)
        for line in said:
            if len(line) > 80 or not line.isprintable():
                raise AssertionError(f'not readable in 80 columns: {line!r}')
        if not re.search(r'attempt 1 of 3: exit 3 .*next in 20ms', said[0]):
            raise AssertionError(said[0])
        if not re.search(r'gave up after 3 attempts', said[2]):
            raise AssertionError(said[2])
        expect(shell.run(f'{GIRD} retry -q -n 3 -d 0 -- sh -c "exit 3"'), '')
        expect(shell.run(f'{GIRD} retry -- true'), '')
        said = shell.run(f"{GIRD} retry -n 2 -d 0 -- sh -c '[ $GIRD_ATTEMPT = 2 ]'").splitlines()
        if len(said) != 2 or 'succeeded on attempt 2' not in said[1]:
            raise AssertionError(said)
        # Where standard error is no terminal, nothing but the end is said.
        shell.run(f'{GIRD} retry -n 2 -d 0 -- sh -c "exit 3" 2> said')
        expect(len(play.read('said').splitlines()), 1)
        shell.run(f"{GIRD} retry -n 2 -d 0 -- sh -c '[ $GIRD_ATTEMPT = 2 ]' 2> said")
        expect(play.read('said'), '')


def words_without_codes(play):
    """What the command is called, or writes, cannot steer the terminal through gird's lines."""
    with play.terminal() as shell:
        shell.run("printf '#!/bin/sh\\nexit 3\\n' > evil; chmod +x evil; mv evil $(printf 'e\\033[31mvil')")
        said = shell.run(f"{GIRD} retry -n 2 -d 0 -- ./e*vil; {GIRD} retry -- $(printf './none\\033]0;x\\007')")
        if re.search(r'[\x00-\x08\x0b-\x1f\x7f]', said):
            raise AssertionError(f'control codes in {said!r}')
        pattern = "--retry-if-stderr '.[[]31m'"
        said = shell.run(f"{GIRD} retry -n 2 -d 0 {pattern} -- sh -c 'printf \"\\033[31m\\n\" >&2; exit 3' 2> said; cat -v said")
        for line in said.splitlines():
            if line.startswith('gird') and '^[' in line:
                raise AssertionError(f'control codes in {said!r}')


# --- the list ----------------------------------------------------------------------------------

FRONT = ('bash', 'dash', 'zsh')


def cases():
    """(name, scene, what must be seen, shells): first what is compared with the bare command."""
    keys = {'INT': '\x03', 'QUIT': '\x1c'}
    for word, key in keys.items():
        yield (f'front/{word}-kills', *key_kills(key, word), FRONT)
        yield (f'front/{word}-handled', *key_is_handled(key, word), FRONT)
    yield 'front/TSTP-fg', *stop_and_foreground(1), FRONT
    yield 'front/TSTP-fg-twice', *stop_and_foreground(2), FRONT
    yield ('front/TSTP-bg', stop_and_background,
           {'jobs': ['stopped', 'running'], 'status': 4, 'heard': ['TSTP', 'TSTP', 'end 4']}, FRONT)
    yield ('front/WINCH', resized, {'status': 0, 'heard': ['WINCH'] * 3 + ['end 0']}, FRONT)
    yield ('front/HUP', closed(lambda play: play.listener()), {'heard': ['HUP'], 'starts': 1}, FRONT)
    yield ('front/INT-handled-then-fails', handled_then_fails,
           {'status': 5, 'heard': ['INT', 'end 5'], 'starts': 1}, FRONT)
    yield ('front/INT-in-loop', interactive_loop, None, FRONT)
    yield ('background/keys', keys_in_background,
           {'jobs': ['running'], 'status': 6, 'heard': ['end 6']}, FRONT)
    for word in ('INT', 'QUIT', 'TERM', 'HUP'):
        yield (f'background/{word}-kills', *killed_in_background(word), ('bash',))
    for word in ('INT', 'QUIT', 'HUP', 'WINCH', 'USR1'):
        yield (f'background/{word}-handled', *told_in_background(word), ('bash',))
    yield ('background/TSTP', stopped_in_background,
           {'jobs': ['stopped'] * 2, 'status': 3, 'heard': ['TSTP', 'CONT'] * 2}, ('bash',))
    yield 'background/TSTP', stopped_in_background, None, ('dash', 'zsh')
    yield ('background/kill-job', whole_job_killed, {'status': 143, 'heard': ['TERM'], 'starts': 1}, FRONT)
    yield ('background/HUP', closed(lambda play: play.listener() + ' &'),
           {'heard': ['HUP'], 'starts': 1}, ('bash', 'zsh'))
    yield ('background/HUP-nohup', closed(lambda play: f'nohup {play.listener()} > out 2>&1 &'),
           {'heard': ['end 0'], 'starts': 1}, ('bash', 'dash'))
    yield ('front/HUP-nohup', closed(lambda play: f'nohup {play.listener()} > out 2>&1'),
           {'heard': ['end 0'], 'starts': 1}, ('bash', 'dash'))
    yield 'script/INT', script_interrupted('\x03', 'INT'), {'status': 130, 'heard': ['INT'], 'starts': 1, 'after': ''}, FRONT
    yield 'script/QUIT', script_interrupted('\x1c', 'QUIT'), None, FRONT
    yield 'script/INT-handled', script_handled, None, FRONT
    yield ('script/TSTP', script_stopped,
           {'status': 0, 'heard': ['TSTP', 'CONT', 'end 3'], 'jobs': ['stopped'], 'after': 'after 3\n'}, FRONT)
    yield 'script/WINCH', script_resized, {'status': 0, 'heard': ['WINCH', 'WINCH', 'end 3'], 'after': 'after 3\n'}, FRONT
    yield ('script/HUP', closed(loop), {'heard': ['HUP'], 'starts': 1}, FRONT)
    yield ('pipe/before-cat', line_interrupted(lambda play: play.listener() + ' | cat'), None, FRONT)
    yield ('pipe/after-cat', line_interrupted(lambda play: 'sleep 1000 | ' + play.listener()), None, FRONT)
    yield ('pipe/both-ends', line_interrupted(
        lambda play: play.listener() + ' | ' + play.listener(name='other'), ('log', 'other')),
           {'status': 130, 'heard': [['INT'], ['INT']]}, FRONT)
    yield 'pipe/TSTP', pipeline_stopped, None, FRONT
    yield ('substitution', line_interrupted(lambda play: f'x=$({play.listener()}); echo after'), None, FRONT)
    yield 'reads/line', reads_line, {'status': 0, 'line': 'typed in front\n'}, FRONT
    yield 'reads/until-end', reads_until_end, {'status': 0, 'lines': 'one\ntwo\n'}, ('bash',)
    yield 'reads/after-TSTP', reads_after_stop, {'status': 0, 'lines': 'one\ntwo\n', 'jobs': ['stopped']}, FRONT
    yield 'reads/script', reads_in_script, {'status': 0, 'line': 'typed for a script\n', 'after': 'after 0\n'}, FRONT
    yield 'reads/background', reads_in_background, None, FRONT
    yield 'reads/raw', raw_keys, {'status': 0, 'keys': 'a\x03\x1aq', 'same': True}, ('bash',)
    yield 'reads/TSTP-tidied', *tidies_up('\x1a'), FRONT
    yield 'reads/TSTP-by-own-key', *tidies_up('z'), FRONT
    yield 'reads/TSTP-own-key-to-group', *tidies_up('z', 'group'), FRONT
    yield 'reads/TSTP-ignored', deaf_to_stop, {'status': 0, 'lines': 'up\nstill read\n'}, FRONT
    yield 'reads/pager', pager, {'status': 0, 'same': True}, ('bash',)
    yield 'reads/by-name', asks_terminal, {'status': 0, 'answer': 'secret\n'}, ('bash',)
    for word in ('INT', 'TERM', 'HUP', 'QUIT'):
        yield (f'no-terminal/{word}-kills', *killed_alone(word), ('bash',))
    for word in ('INT', 'HUP', 'QUIT', 'USR1', 'WINCH'):
        yield (f'no-terminal/{word}-handled', *told_alone(word), ('bash',))
    yield ('no-terminal/TSTP', stopped_alone,
           {'states': ['T'] * 4, 'status': 3, 'heard': ['TSTP', 'CONT'] * 2 + ['end 3']}, ('bash',))
    yield 'no-terminal/TSTP-orphaned', nobody_to_wake, {'status': 3, 'heard': ['TSTP', 'end 3']}, ('bash',)


def own_cases():
    """(name, scene, shells): what gird alone must do."""
    yield 'backoff/INT', backoff_interrupted('\x03', 'INT'), FRONT
    yield 'backoff/QUIT', backoff_interrupted('\x1c', 'QUIT'), FRONT
    yield 'backoff/INT-in-loop', backoff_in_loop, ('bash', 'zsh')
    yield 'backoff/INT-in-script', backoff_in_script, FRONT
    yield 'backoff/TSTP', backoff_stopped, FRONT
    yield 'backoff/TSTP-time-passes', backoff_passes_while_stopped, ('bash',)
    yield 'backoff/HUP', backoff_hung_up, FRONT
    for word in ('INT', 'TERM', 'HUP', 'QUIT'):
        yield f'no-terminal/backoff-{word}', backoff_killed(word), ('bash',)
    yield 'no-terminal/group-hears-once', group_hears_once, ('bash',)
    yield 'timeout/tree', timeout_ends_tree, FRONT
    yield 'timeout/stopped', timeout_ends_stopped, ('bash',)
    yield 'timeout/reads-in-script', timeout_reads_in_script, ('bash',)
    yield 'timeout/INT-in-script', interrupt_at_once, FRONT
    yield 'reads/replay', replay_from_keys, ('bash',)
    yield 'words/one-line', one_line_for_a_retry, ('bash',)
    yield 'words/no-codes', words_without_codes, ('bash',)


def play_once(scene, shell, prefix, survives=False):
    with tempfile.TemporaryDirectory(prefix='gird-pty-') as folder:
        play = Play(shell, prefix, folder)
        play.settles_alive = survives
        return scene(play)


def compare(scene, wanted, shell):
    survives = bool(wanted) and 'end 0' in wanted.get('heard', ())
    bare = play_once(scene, shell, '', survives)
    with_gird = play_once(scene, shell, GIRD_RETRY, survives)
    if bare != with_gird:
        return f'{with_gird} with gird, {bare} without'
    if wanted is not None and with_gird != wanted:
        return f'{with_gird} instead of {wanted}'
    return ''


def judged(work):
    try:
        return work() or ''
    except Exception as error:  # whatever it is, the other cases go on
        where = traceback.extract_tb(error.__traceback__)
        mine = [frame for frame in where if frame.filename == __file__ and frame.name not in ('judged', 'play_once')]
        place = f' ({mine[-1].name}:{mine[-1].lineno})' if mine else ''
        return f'{type(error).__name__}: {error}{place}'


def main():
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGTSTP):
        signal.signal(number, signal.SIG_DFL)  # whoever started us may ignore them
    only = sys.argv[1] if len(sys.argv) > 1 else ''
    todo = []
    for name, scene, wanted, shells in cases():
        todo += [(f'{name}/{shell}', lambda s=scene, w=wanted, h=shell: compare(s, w, h)) for shell in shells]
    for name, scene, shells in own_cases():
        todo += [(f'{name}/{shell}', lambda s=scene, h=shell: play_once(s, h, GIRD_RETRY)) for shell in shells]
    todo = [(name, work) for name, work in todo if only in name and shutil.which(name.rpartition('/')[2])]
    failed = 0
    # Most of a case is waiting; a few at a time are done sooner.
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for (name, _), why in zip(todo, pool.map(judged, [work for _, work in todo])):
            failed += bool(why)
            print(f'FAILED {name}: {why}' if why else f'ok {name}', flush=True)
    print(f'{len(todo) - failed} passed, {failed} failed')
    return 1 if failed or not todo else 0


if __name__ == '__main__':
    sys.exit(main())
