#!/usr/bin/env python3
"""Draws what a terminal shows as SVG: picture.py TITLE < text with colours > picture.svg"""
import html
import re
import sys

CELL, LINE, SIZE, MARGIN = 8.0, 19.0, 13.3, 18.0
COLOURS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#a5d6ff"}
PLAIN, DIM, GROUND = "#d6dde5", "#8b98a5", "#10161d"


def runs(line, style):
    """Splits a line into (text, style) where style is (bold, dim, colour); returns them and the style."""
    out = []
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b["):
            if part:
                out.append((part, style))
            continue
        bold, dim, colour = style
        for code in [int(c or 0) for c in part[2:-1].split(";")]:
            if code == 0:
                bold, dim, colour = False, False, None
            elif code == 1:
                bold = True
            elif code == 2:
                dim = True
            elif code in COLOURS:
                colour = COLOURS[code]
            elif code == 39:
                colour = None
        style = (bold, dim, colour)
    return out, style


def draw(title, lines):
    columns = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    width, height = 2 * MARGIN + columns * CELL, 2 * MARGIN + len(lines) * LINE
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
          f'width="{width:g}" height="{height:g}" role="img" aria-label="{html.escape(title)}">')
    print(f"<title>{html.escape(title)}</title>")
    print(f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>')
    print(f'<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" '
          f'font-size="{SIZE}" fill="{PLAIN}" xml:space="preserve">')
    style = (False, False, None)
    for number, line in enumerate(lines):
        column = 0
        parts, style = runs(line, style)
        for text, (bold, dim, colour) in parts:
            for word in re.finditer(r"\S+(?: \S+)*", text):  # blanks in a row would be one
                shown = word.group()
                x, y = MARGIN + (column + word.start()) * CELL, MARGIN + number * LINE + SIZE
                fill = colour or (DIM if dim else None)
                print(f'<text x="{x:g}" y="{y:g}" textLength="{len(shown) * CELL:g}"'
                      + (f' fill="{fill}"' if fill else "")
                      + (' font-weight="bold"' if bold else "")
                      + f">{html.escape(shown, quote=False)}</text>")
            column += len(text)
    print("</g>\n</svg>")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: picture.py TITLE < text > picture.svg")
    text = sys.stdin.read().expandtabs(8).rstrip("\n")
    if not text.strip():
        sys.exit("picture.py: there is nothing to draw")
    draw(sys.argv[1], text.split("\n"))
