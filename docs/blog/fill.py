#!/usr/bin/env python3
"""Fills the article's template with the lab's code and numbers: fill.py TEMPLATE >ARTICLE, from the top of the checkout.

In the template, {{= expression }} is replaced by what the expression gives:

	code("c", "lab/samples/c/checkout.c", "error")       a region between [error] and [/error], as a code block
	code("c", …, "baggage", 2)                           the second one of that name
	lines("yaml", FILE, "first", "last")                 from the first line with a text to the next one with another, or the end
	pick("text", FILE, "one", "another")                 the first line with a text, the next one with another
	cell("spans per checkout", "over")                   a cell of docs/lab-numbers.md, by its row and column
	num(…)                                               the first number in such a cell
	find(FILE, "regular expression")                     what its group matches, somewhere in a file

{{! expression }} is something that a sentence rests on: it leaves nothing behind, and when it is not true
any more, there is no article. Each error names the template's line.
"""
import re
import sys

NUMBERS = "docs/lab-numbers.md"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def block(language, text):
    rows = [row.rstrip() for row in text.split("\n")]
    while rows and not rows[0]:
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    inner = [row for row in rows if row]
    indent = re.match(r"[\t ]*", min(inner, key=lambda row: len(row) - len(row.lstrip())))[0]
    rows = [row[len(indent):] for row in rows]
    return "```" + language + "\n" + "\n".join(rows) + "\n```"


def code(language, path, region, which=1):
    """Marks of other regions go; what a comment says beside its mark stays."""
    text = read(path)
    found = re.findall(r"^[^\n]*\[%s\][^\n]*\n.*?(?=^[^\n]*\[/%s\])" % (region, region), text, re.M | re.S)
    if len(found) < which:
        raise LookupError(f"{path} has no region [{region}] number {which}")
    rows = []
    for row in found[which - 1].split("\n"):
        if re.search(r"\[/[a-z-]+\]", row):
            continue
        rows.append(re.sub(r"\[[a-z]+(-[a-z]+)*\] (?=\S)", "", row, count=1) if re.search(r"(/\*|//|#) \[", row) else row)
    return block(language, "\n".join(rows))


def lines(language, path, first, last):
    rows = read(path).split("\n")
    begin = next((i for i, row in enumerate(rows) if first in row), None)
    if begin is None:
        raise LookupError(f"{path} has no line with '{first}'")
    end = next((i for i in range(begin, len(rows)) if last in rows[i]), None) if last else len(rows) - 1
    if end is None:
        raise LookupError(f"{path} has no line with '{last}' after '{first}'")
    return block(language, "\n".join(rows[begin:end + 1]))


def pick(language, path, *texts):
    rows, found = iter(read(path).split("\n")), []
    for text in texts:
        row = next((row for row in rows if text in row), None)
        if row is None:
            raise LookupError(f"{path} has no line with '{text}'" + (f" after '{found[-1]}'" if found else ""))
        found.append(row)
    return block(language, "\n".join(found))


def cell(row, column):
    table = [[word.strip() for word in line.strip("|\n ").split("|")]
             for line in re.findall(r"^\|.*$", read(NUMBERS), re.M)]
    if column not in table[0]:
        raise LookupError(f"{NUMBERS} has no column '{column}'")
    place = table[0].index(column) - len(table[0])
    for cells in table[2:]:
        if cells[0].startswith(row):
            return cells[place]
    raise LookupError(f"{NUMBERS} has no row '{row}'")


def num(row, column):
    text = cell(row, column)
    found = re.search(r"-?\d+(\.\d+)?", text)
    if not found:
        raise LookupError(f"{NUMBERS}: no number in '{text}'")
    return float(found[0])


def find(path, pattern):
    found = re.search(pattern, read(path), re.M)
    if not found:
        raise LookupError(f"{path} has nothing like '{pattern}'")
    return found[1]


NAMES = {"code": code, "lines": lines, "pick": pick, "cell": cell, "num": num, "find": find, "round": round, "int": int,
         "sum": sum, "re": re, "read": read, "float": float}


def fill(path):
    text = read(path)

    def put(match):
        line = text.count("\n", 0, match.start()) + 1
        try:
            value = eval(match[2], {"__builtins__": {}}, NAMES)
        except Exception as error:
            sys.exit(f"{path}:{line}: {error}; next: mend the expression, or the sentence that needs it")
        if match[1] == "=":
            return str(value)
        if not value:
            sys.exit(f"{path}:{line}: not true any more: {match[2].strip()}; next: read the numbers, write the sentence anew")
        return ""

    # A claim alone on its line takes the line with it.
    return re.sub(r"\{\{([=!])(.*?)\}\}(\n?)", lambda m: put(m) + (m[3] if m[1] == "=" else ""), text)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("fill.py TEMPLATE >ARTICLE")
    sys.stdout.write(fill(sys.argv[1]))
