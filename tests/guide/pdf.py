"""The guide as a book: pages, size, fonts, links, bookmarks, nothing outside of its page, the same bytes twice.

    python3 -B tests/guide/pdf.py build/guide/guide.pdf
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
pdf = Path(sys.argv[1]).resolve()
page_html = pdf.with_suffix(".html").read_text()
passed, failed = 0, 0
A4 = (595.28, 841.89)
EDGE = 18  # points: nothing comes nearer to the edge of the paper; the cover is a picture


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def check(name, is_right, output=""):
    global passed, failed
    if is_right:
        passed += 1
    else:
        failed += 1
        print(f"FAIL guide-test {name} | again: python3 -B tests/guide/pdf.py {pdf}\n  {output}")


info = dict(line.split(":", 1) for line in run("pdfinfo", str(pdf)).splitlines() if ":" in line)
pages = int(info["Pages"])
check("has 30 to 45 pages", 30 <= pages <= 45, f"{pages} pages")
check("is A4", "A4" in info["Page size"], info["Page size"])
check("has a title and an author", info["Title"].strip() == "OTel Instrumentation Guide" and info["Author"].strip(), str(info))
check("has no date", "CreationDate" not in info, str(info))

fonts = [line.split() for line in run("pdffonts", str(pdf)).splitlines()[2:]]
check("has its fonts", {"Inter", "JetBrains", "Charis"} <= {f for line in fonts for f in ("Inter", "JetBrains", "Charis")
                                                         if f in line[0].replace("-", "")}, str(fonts))
# … emb sub uni object ID: counted from the end
check("embeds every font", fonts and all(line[-5] == "yes" for line in fonts), str(fonts))

words, outside, by_page = 0, [], []
text = run("pdftotext", "-bbox", str(pdf), "-")
text = text[text.index("<body>"):text.index("</body>") + len("</body>")]
for number, page in enumerate(xml.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)).iter("page"), 1):
    found = []
    for word in page.iter("word"):
        box = [float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax")]
        found.append((word.text or "", box))
        if box[0] < EDGE or box[1] < EDGE or box[2] > A4[0] - EDGE or box[3] > A4[1] - EDGE:
            outside.append((number, word.text, box))
    by_page.append(found)
    words += len(found)
check("has text", words > 8000, f"{words} words")
check("has nothing outside of its pages", not outside, str(outside[:5]))
empty = [number for number, found in enumerate(by_page, 1) if len(found) < 60]
check("has no page that is nearly empty", not empty, f"pages {empty}")

# The column of text ends 20 mm from the edge (12 mm on the cheat sheet): a line of code that went on would cross it.
right = A4[0] - 20 / 25.4 * 72 + 1
wide = [(number, word, box) for number, found in enumerate(by_page[:-1], 1) for word, box in found if box[2] > right]
check("has no line longer than its column", not wide, str(wide[:5]))
numbered = [number for number, found in enumerate(by_page, 1) if number > 1 and str(number) not in [w for w, _ in found[-3:] + found[:14]]]
check("has page numbers", not numbered, f"not on pages {numbered}")

outline = xml.fromstring(re.sub(r"<(page|/page|fontspec|text|image)\b.*", "", run("pdftohtml", "-xml", "-i", "-stdout", str(pdf)))
                         .split("?>", 1)[1].split(">", 1)[1].strip() or "<none/>")
marks = [(item.text, int(item.get("page"))) for item in outline.iter("item")]
chapters = sorted((ROOT / "docs/guide").glob("[0-9][0-9]-*.md"))
titles = [re.search(r"^# (.*)", c.read_text(), re.M).group(1) for c in chapters]
for title in titles:
    check(f"has a bookmark '{title}'", any(text.endswith(title) for text, _ in marks), str([m for m, _ in marks][:20]))
check("has bookmarks of sections", len(marks) > 60, f"{len(marks)} bookmarks")
last = [page for text, page in marks if text == "Cheat sheet"]
check("ends with a cheat sheet of one page", last == [pages], f"{last} of {pages}")

ids = set(re.findall(r' id="([^"]+)"', page_html))
inner = re.findall(r'href="#([^"]+)"', page_html)
check("has links inside that lead somewhere", inner and set(inner) <= ids, str(sorted(set(inner) - ids)))
in_pdf = {match.replace("&amp;", "&") for match in re.findall(r"https?://\S+", run("pdfinfo", "-url", str(pdf)))}
outer = {match.replace("&amp;", "&") for match in re.findall(r'<a href="(https?://[^"]+)"', page_html)}
check("has its links out", outer and outer <= in_pdf, str(sorted(outer - in_pdf)[:5]))
check("links by https alone", all(url.startswith("https://") for url in outer), str(outer))
known = ("opentelemetry.io", "github.com", "www.w3.org", "docs.aws.amazon.com", "aws.amazon.com", "eur-lex.europa.eu",
         "cheatsheetseries.owasp.org")
strange = sorted(url for url in outer if url.split("/")[2] not in known)
check("links to standards, vendors and its own repository", not strange, str(strange))
for chapter in chapters[1:-1]:
    sources = chapter.read_text().partition("\n## Sources\n")[2]
    check(f"{chapter.name} names its sources", sources.count("](http") >= 1, sources)

again = pdf.with_name("again.pdf")
subprocess.run([sys.executable, "-B", str(ROOT / "docs/guide/tools/book.py"), str(again)], check=True)
check("comes out the same twice", again.read_bytes() == pdf.read_bytes())
again.unlink()
print(f"guide-test: {pages} pages, {words} words, {len(outer)} links out; {passed} passed, {failed} failed")
sys.exit(bool(failed))
