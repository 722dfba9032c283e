#!/usr/bin/env python3
"""Writes JSON files to measure with, the same bytes for the same arguments.

    make_json.py FOLDER [MIB]     default 100

valid.json    one array of records, one a line; every tenth is indented
broken.json   the same, one record in twenty with a mistake of the usual kinds, the end cut off
valid.ndjson, broken.ndjson     one record a line
"""
import json
import random
import sys
from pathlib import Path

WORDS = (
    "account address amount batch branch cache client commit config currency customer delivery device "
    "discount driver error event export filter gateway handler header import invoice item job label "
    "limit market member message metric node offer order owner package partner payment policy price "
    "profile queue region release report request result route sample schedule service session shipment"
).split()
BEYOND_ASCII = ["Köln", "Señor", "Łódź", "東京都", "Привет", "🚚", "5 €", "“so”", "naïve"]
ESCAPED = ['a "quoted" word', "C:\\data\\in", "first\nsecond\tthird", "https://example.org/?q=a&r=[b]", "a/b"]
POOL = 2500


def sentence(chance, least, most):
    words = chance.choices(WORDS, k=chance.randint(least, most))
    roll = chance.random()
    if roll < 0.12:
        words.insert(chance.randint(0, len(words)), chance.choice(BEYOND_ASCII))
    elif roll < 0.22:
        words.insert(chance.randint(0, len(words)), chance.choice(ESCAPED))
    return " ".join(words)


def number(chance):
    return chance.choice(
        [
            chance.randint(0, 9),
            chance.randint(-5000, 5_000_000),
            round(chance.uniform(0, 2000), 2),
            round(chance.uniform(-180, 180), chance.randint(3, 9)),
            chance.choice([0, -0.5, 6.02e23, 1.5e-9, 1_700_000_000_000]),
        ]
    )


def order(chance):
    lines = [
        {"sku": f"{chance.choice(WORDS)}-{chance.randint(1, 9999)}", "count": chance.randint(1, 20), "price": number(chance)}
        for _ in range(chance.randint(1, 5))
    ]
    return {
        "kind": "order",
        "customer": {"name": sentence(chance, 2, 3), "email": f"{chance.choice(WORDS)}@example.org", "vip": chance.random() < 0.1},
        "lines": lines,
        "total": number(chance),
        "coupon": None,
        "paid": chance.random() < 0.8,
        "comment": sentence(chance, 0, 25),
    }


def event(chance):
    return {
        "kind": "event",
        "time": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00Z",
        "level": chance.choice(["debug", "info", "warning", "error"]),
        "message": sentence(chance, 4, 40),
        "labels": {chance.choice(WORDS): sentence(chance, 1, 2) for _ in range(chance.randint(0, 4))},
        "trace": [f"{chance.getrandbits(64):016x}" for _ in range(chance.randint(0, 2))],
    }


def series(chance):
    return {
        "kind": "series",
        "sensor": f"{chance.choice(WORDS)}/{chance.randint(1, 300)}",
        "place": [round(chance.uniform(-90, 90), 6), round(chance.uniform(-180, 180), 6)],
        "values": [number(chance) for _ in range(chance.randint(3, 40))],
        "flags": [chance.choice([True, False, None]) for _ in range(chance.randint(0, 6))],
        "state": {"last": {"ok": True, "seen": [], "notes": {}, "grid": [[1, 2], [3, [4]]]}},
    }


MISTAKES = [
    lambda text: text[:-1] + ",}",
    lambda text: text.replace('"kind": ', "kind: ", 1),
    lambda text: text.replace('"kind"', "'kind'", 1),
    lambda text: text.replace("true", "True", 1).replace("null", "None", 1).replace("false", "False", 1),
    lambda text: text.replace(", ", " ", 1),
    lambda text: text.replace(", ", ", /* checked */ ", 1),
    lambda text: text.replace('\\"', '"'),
    lambda text: text.replace("null", "NaN", 1),
    lambda text: text.replace(": ", " ", 1),
    lambda text: text.replace(", ", ",, ", 1),
]


def broken(chance, text):
    """`text` with one mistake."""
    while True:
        wrong = chance.choice(MISTAKES)(text)
        if wrong != text:
            return wrong


def main():
    folder = Path(sys.argv[1])
    size = int(sys.argv[2] if len(sys.argv) > 2 else 100) << 20
    chance = random.Random(size)
    pool = [chance.choice([order, order, event, event, series])(chance) for _ in range(POOL)]
    flat = [json.dumps(record, ensure_ascii=False)[1:] for record in pool]
    indented = [json.dumps(record, ensure_ascii=False, indent=2)[1:] for record in pool]
    names = ["valid.json", "broken.json", "valid.ndjson", "broken.ndjson"]
    files = [(folder / name).open("w", encoding="utf-8") for name in names]
    good, bad, lines, bad_lines = files
    good.write("[\n")
    bad.write("[\n")
    written = count = 0
    while written < size:
        count += 1
        at = chance.randrange(POOL)
        head = f'{{"id": {count}, '
        line = head + flat[at]
        record = head + indented[at].lstrip() if count % 10 == 0 else line
        wrong = broken(chance, line) if chance.random() < 0.05 else None
        good.write(record + ",\n")
        bad.write((wrong or record) + ",\n")
        lines.write(line + "\n")
        bad_lines.write((wrong or line) + "\n")
        written += len(record.encode()) + 2
    good.write(f'{{"id": {count + 1}}}\n]\n')
    bad.write(f'{{"id": {count + 1}, "kind": "cut o')
    for file in files:
        file.close()


if __name__ == "__main__":
    main()
