#!/usr/bin/python3
"""gird sanitize --to: what is written is read by what it was written for, and is the same text then.

GIRD_LONG=1 tries a million texts for each context instead of some thousands."""

import ast
import csv
import email.header
import email.policy
import html.parser
import io
import json
import os
import random
import re
import sqlite3
import subprocess
import tomllib
import urllib.parse
import xml.etree.ElementTree as etree

from harness import GIRD, case, check, main, need, run, same

COUNT = 1_000_000 if os.environ.get("GIRD_LONG") else 4000
CORPUS = os.path.join(os.path.dirname(__file__), "../../../shared/data/sanitize/dev.ndjson")

PIECES = [
    b"'", b'"', b"\\", b"`", b"$", b"$(id)", b"${x}", b"%", b"%s", b"%n", b"&", b"&amp;", b"<", b">", b"<!--",
    b"]]>", b"</script>", b"\n", b"\r", b"\r\n", b"\t", b" ", b"  ", b"-", b"--", b"..", b"/", b"=", b"*", b"?", b"[", b"]",
    b"[a-z]", b"{a,b}", b"!", b"!!", b"~", b"#", b";", b"|", b"(", b")", b"{", b"}", b"^", b"@", b"@{", b",", b":", b"+",
    b".", b".lock", b"a", b"Z9", b"_", b"\\n", b"\\x41", b"\\u0041", b"\\0", b"\x1b[31m", b"\x07", b"\x7f", b"\x01",
    b"\xff", b"\xc3", b"\xc3\xa9", b"\xe2\x82\xac", b"\xe2\x80\xa8", b"\xe2\x80\x99", b"\xf0\x9f\x98\x80",
    b"\xef\xbb\xbf", b"\xc2\x85", b"\xc2\xa0", b"E'", b"=1+1", b"-5", b"GO", b"EOF", b"q", b"0",
]


def corpus():
    if not os.path.exists(CORPUS):
        return []
    texts = []
    with open(CORPUS, encoding="utf-8") as file:
        for number, line in enumerate(file):
            if COUNT > 10000 or number % 16 == 0:
                row = json.loads(line)
                if "b64" not in row and "\0" not in row["input"]:
                    texts.append(row["input"].encode("utf-8", "surrogatepass"))
    return texts


def texts(valid=False, without=b""):
    """Texts of signs that mean something somewhere; the same ones each time."""
    chance = random.Random(20261121)
    made = [b""] + [b"".join(chance.choices(PIECES, k=chance.randrange(1, 9))) for _ in range(COUNT)]
    kept = []
    for text in made + corpus():
        if any(byte in without for byte in text):
            continue
        if valid:
            try:
                text.decode("utf-8")
            except UnicodeDecodeError:
                continue
        kept.append(text)
    return kept


def encoded(context, all_texts, *options):
    """What gird writes for each."""
    done = run([GIRD, "sanitize", "-0", "--to", context, *options],
               stdin=b"".join(text + b"\0" for text in all_texts), env={"PATH": os.environ["PATH"]})
    same(done.err, b"", context)
    out = done.out.split(b"\0")
    same(out.pop(), b"", context)
    same(len(out), len(all_texts), context)
    return out


def compare(context, read, all_texts):
    same(len(read), len(all_texts), context)
    for seen, text in zip(read, all_texts):
        same(seen, text, context)


def read_by(argv, script):
    done = subprocess.run(argv, input=script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          env={"PATH": os.environ["PATH"], "HOME": os.getcwd(), "LC_ALL": "C.UTF-8"})
    same(done.stderr[:2000], b"", argv)
    same(done.returncode, 0, argv)
    parts = done.stdout.split(b"\0")
    parts.pop()
    return parts


SHELLS = {
    "dash": ["dash"],
    "bash": ["bash", "--norc"],
    "bash --posix": ["bash", "--posix", "--norc"],
    "busybox": ["busybox", "ash"],
    "zsh": ["zsh", "-f"],
    "zsh, rc_quotes": ["zsh", "-f", "-o", "rc_quotes"],
}


def shell_case(context, name, argv):
    @case(f"{context} is read by {name}")
    def _():
        need(argv[0])
        all_texts = texts()
        words = encoded(context, all_texts)
        script = b"".join(b"printf '%s\\0' " + word + b"\n" for word in words)
        compare(context, read_by(argv, script), all_texts)


for shell, command in SHELLS.items():
    shell_case("sh", shell, command)
for shell in ["bash", "busybox", "zsh"]:
    shell_case("bash-ansi", shell, SHELLS[shell])


@case("fish is read by fish")
def _():
    need("fish")
    # Fish keeps bytes that are no UTF-8 in characters of its own, so it is given UTF-8.
    all_texts = texts(valid=True)
    words = encoded("fish", all_texts)
    script = b"".join(b"printf '%s\\0' " + word + b"\n" for word in words)
    compare("fish", read_by(["fish", "--no-config"], script), all_texts)


@case("an interactive bash takes no history and no key from bash-ansi")
def _():
    need("bash")
    all_texts = texts()[:300]
    words = encoded("bash-ansi", all_texts)
    for word in words:
        check(re.fullmatch(rb"\$'[ -~]*'", word), word)
        check(b"!" not in word, word)


@case("printf is read by three printf")
def _():
    need("dash", "bash", "busybox")
    all_texts = texts()
    words = encoded("sh", encoded("printf", all_texts))
    script = b"".join(b"printf " + word + b"; printf '\\0'\n" for word in words)
    for shell in ["dash", "bash", "busybox"]:
        compare(shell, read_by(SHELLS[shell], script), all_texts)


@case("glob matches the text alone, in case of four shells")
def _():
    need("dash", "bash", "busybox", "zsh")
    all_texts = texts(valid=True)
    patterns = encoded("glob", all_texts)
    words = encoded("sh", all_texts)
    script = b"".join(
        b"case " + word + b" in " + encoded_pattern(pattern) + b") printf y ;; *) printf n ;; esac; printf '\\0'\n"
        for word, pattern in zip(words, patterns))
    for shell in ["dash", "bash", "busybox", "zsh"]:
        read = read_by(SHELLS[shell], script)
        wrong = [text for text, answer in zip(all_texts, read) if answer != b"y"]
        same(wrong, [], shell)


def encoded_pattern(pattern):
    """A pattern as a word of the shell's case: what is no sign of a pattern is quoted."""
    out = b""
    at = 0
    while at < len(pattern):
        if pattern[at:at + 1] == b"\\":
            out += pattern[at:at + 2]
            at += 2
        else:
            byte = pattern[at:at + 1]
            out += b"'" + byte + b"'" if byte != b"'" else b"\\'"
            at += 1
    return out or b"''"


@case("regular expressions match the text alone, in grep, sed and Python")
def _():
    all_texts = [text for text in texts(valid=True, without=b"\n") if text]
    for context, option in [("regex:basic", "-G"), ("regex:extended", "-E")]:
        for text, pattern in list(zip(all_texts, encoded(context, all_texts)))[:400]:
            found = run(["grep", "-x", "-a", option, "-e", pattern], stdin=text + b"\nx" + text + b"\n",
                        env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]})
            same(found.out, text + b"\n", (context, pattern, found.err))
    all_texts = texts(valid=True)
    for text, pattern in zip(all_texts, encoded("regex:perl", all_texts)):
        for flags in [0, re.VERBOSE]:
            check(re.fullmatch(pattern.decode(), text.decode(), flags), pattern, text)


@case("sed-replacement is what sed puts in")
def _():
    all_texts = texts(valid=True)[:800]
    for text, replacement in zip(all_texts, encoded("sed-replacement", all_texts)):
        done = run(["sed", "s/x/" + os.fsdecode(replacement) + "/"], stdin=b"x\n")
        same(done.out, text + b"\n", replacement)


@case("make hands a recipe's line on as it was")
def _():
    need("make")
    all_texts = texts(without=b"\n")[:1500]
    words = encoded("make", encoded("sh", all_texts))
    with open("Makefile", "wb") as file:
        file.write(b"all:\n" + b"".join(b"\t@printf '%s\\0' " + word + b"\n" for word in words))
    compare("make", read_by(["make", "-s"], b""), all_texts)


def by_cron(command):
    """As cron reads the command of a line (crontab(5)): what stands before the first % that has no
    backslash."""
    out = b""
    at = 0
    while at < len(command):
        byte = command[at:at + 1]
        if byte == b"\\" and at + 1 < len(command):
            out += b"%" if command[at + 1:at + 2] == b"%" else command[at:at + 2]
            at += 2
        elif byte == b"%":
            break
        else:
            out += byte
            at += 1
    return out


@case("crontab is read as cron reads it")
def _():
    all_texts = [text for text in texts(without=b"\n") if not re.search(rb"(?<!\\)(\\\\)*\\%", text)]
    compare("crontab", [by_cron(line) for line in encoded("crontab", all_texts)], all_texts)


@case("sql:sqlite and sql:ansi are read by SQLite")
def _():
    all_texts = texts(valid=True)
    with sqlite3.connect(":memory:") as base:
        for context in ["sql:sqlite", "sql:ansi"]:
            read = [base.execute("select " + literal.decode()).fetchone()[0].encode()
                    for literal in encoded(context, all_texts)]
            compare(context, read, all_texts)


@case("sql-ident is a name in SQLite")
def _():
    all_texts = [text for text in texts(valid=True) if text]
    with sqlite3.connect(":memory:") as base:
        read = [base.execute("select 1 as " + name.decode()).description[0][0].encode()
                for name in encoded("sql-ident", all_texts)]
    compare("sql-ident", read, all_texts)


@case("sql-like matches the text alone")
def _():
    all_texts = texts(valid=True)
    with sqlite3.connect(":memory:") as base:
        for text, pattern in zip(all_texts, encoded("sql-like", all_texts)):
            row = base.execute("select ? like ? escape '\\', ? like ? escape '\\'",
                               (text.decode(), pattern.decode(), "x" + text.decode(), pattern.decode()))
            same(row.fetchone(), (1, 0), pattern)


@case("json, json-ascii, js-string and yaml are read by Python's json, toml by tomllib")
def _():
    all_texts = texts(valid=True)
    for context in ["json", "json-ascii", "js-string", "yaml"]:
        compare(context, [json.loads(text).encode() for text in encoded(context, all_texts)], all_texts)
    compare("toml", [tomllib.loads("a = " + text.decode())["a"].encode() for text in encoded("toml", all_texts)],
            all_texts)


@case("c-string is read by Python, whose octal escapes are C's")
def _():
    all_texts = texts()
    compare("c-string", [ast.literal_eval("b" + text.decode()) for text in encoded("c-string", all_texts)], all_texts)


class Page(html.parser.HTMLParser):
    """The text of the one element, and the value of its attribute."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.value = None
        self.tags = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags += 1
        self.value = dict(attrs).get("v")

    def handle_data(self, data):
        self.text += data


@case("html and html-attr are read by Python's parser")
def _():
    all_texts = texts(valid=True)
    for text, out in zip(all_texts, encoded("html", all_texts)):
        page = Page(f'<p v="{out.decode()}">{out.decode()}</p>')
        same((page.tags, page.text, page.value), (1, text.decode(), text.decode()))
    for text, out in zip(all_texts, encoded("html-attr", all_texts)):
        page = Page(f"<p v={out.decode()}>")
        # An attribute without a value has none. (What Python takes for a blank, and HTML does not.)
        if not re.search(b"\xc2\x85|[\x0b\x1c-\x1f]", text):
            same((page.tags, page.value or ""), (1, text.decode()))


@case("xml, xml-attr and cdata are read by expat")
def _():
    all_texts = [text for text in texts(valid=True)
                 if not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text.decode())]
    for context, form in [("xml", "<a>{}</a>"), ("cdata", "<a>{}</a>"), ("xml-attr", '<a v="{}"/>')]:
        for text, out in zip(all_texts, encoded(context, all_texts)):
            element = etree.fromstring(form.format(out.decode()))
            seen = element.get("v") if context == "xml-attr" else element.text or ""
            same(seen, text.decode(), context)


@case("csv-raw and csv are read by Python's csv, and csv is no formula")
def _():
    all_texts = texts(valid=True)
    fields = encoded("csv-raw", all_texts)
    rows = list(csv.reader(io.StringIO("".join(f.decode() + "\r\n" for f in fields), newline="")))
    compare("csv-raw", [row[0].encode() for row in rows], all_texts)
    for text, field in zip(all_texts, encoded("csv", all_texts)):
        seen = next(csv.reader(io.StringIO(field.decode(), newline="")))[0]
        check(seen.encode() in (text, b"'" + text), field)
        check(not re.match(r"[=@\t\r\n|]|[-+](?!\d*\.?\d*$)", seen), field)


@case("tsv is read as COPY of PostgreSQL reads it")
def _():
    all_texts = texts(valid=True)
    signs = {b"\\\\": b"\\", b"\\t": b"\t", b"\\n": b"\n", b"\\r": b"\r"}
    read = [re.sub(rb"\\.", lambda found: signs[found[0]], out) for out in encoded("tsv", all_texts)]
    compare("tsv", read, all_texts)


@case("url-component is read by urllib")
def _():
    all_texts = texts()
    compare("url-component", [urllib.parse.unquote_to_bytes(out) for out in encoded("url-component", all_texts)],
            all_texts)


@case("ldap-filter and ldap-dn are read by their grammars")
def _():
    all_texts = texts()
    for context in ["ldap-filter", "ldap-dn"]:
        read = [re.sub(rb"\\([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), out)
                for out in encoded(context, all_texts)]
        compare(context, read, all_texts)


@case("xpath is read by libxml2")
def _():
    need("xmllint")
    all_texts = [text for text in texts(valid=True) if text.strip() and not re.search(rb"[\x00-\x1f\x7f]", text)]
    for text, out in list(zip(all_texts, encoded("xpath", all_texts)))[:300]:
        done = run(["xmllint", "--xpath", b"string(" + out + b")", "-"], stdin=b"<a/>")
        same(done.out.removesuffix(b"\n"), text, out)


@case("mail-header is read by Python's email")
def _():
    all_texts = texts(valid=True, without=bytes(range(32)) + b"\x7f")
    for text, out in zip(all_texts, encoded("mail-header", all_texts)):
        check(all(len(line) <= 900 for line in out.split(b"\r\n")), out)
        parts = email.header.decode_header(out.decode())
        seen = b"".join(part if isinstance(part, bytes) else part.encode() for part, _ in parts)
        same(seen, text, out)


@case("git-ref is what git takes for one")
def _():
    need("git")
    all_texts = [text for text in texts(without=b"\n") if text][:600]

    def taken(name):
        return name[:1] != b"-" and name != b"HEAD" and run(
            ["git", "check-ref-format", b"refs/heads/" + name]).status == 0 and not name.startswith(b"/")

    for text, out in zip(all_texts, encoded("git-ref", all_texts, "--on-unsafe", "replace")):
        check(taken(out), out)
        if taken(text) and text != b"@":
            same(out, text)


@case("systemd is what systemd-escape writes")
def _():
    need("systemd-escape")
    all_texts = [text for text in texts(valid=True) if text][:1500]
    for start in range(0, len(all_texts), 100):
        some = all_texts[start:start + 100]
        done = run(["systemd-escape", "--", *some])
        for out, wanted in zip(encoded("systemd", some), done.out.rstrip(b"\n").split(b" ")):
            same(out, wanted)


@case("filename is a name that can be made, and only there")
def _():
    all_texts = texts()[:1500]
    os.mkdir("names")
    for context in ["filename", "filename:windows"]:
        for name in encoded(context, all_texts, "--on-unsafe", "replace"):
            path = b"names/" + name
            with open(path, "wb"):
                pass
            same(os.listdir(b"names"), [name])
            os.unlink(path)


@case("log and terminal leave nothing that moves a cursor")
def _():
    all_texts = texts()
    for context, kept in [("log", ""), ("terminal", "\n\t")]:
        for out in encoded(context, all_texts):
            for character in out.decode():
                code = ord(character)
                check(character in kept or not (code < 32 or 127 <= code < 160 or 0x2028 <= code <= 0x202e),
                      context, out)


@case("gha-output is read as the runner reads it")
def _():
    all_texts = [text for text in texts(valid=True) if not text.endswith(b"\r")]
    for text, out in zip(all_texts, encoded("gha-output", all_texts)):
        lines = re.split(r"(\r\n|\n|\r)", "name" + out.decode() + "\n")
        name, delimiter = lines[0].split("<<", 1)
        same(name, "name")
        end = lines[2::2].index(delimiter) + 1
        same("".join(lines[2:2 * end - 1]).encode(), text)
        same("".join(lines[2 * end + 1:]), "\n")


if __name__ == "__main__":
    main()
