"""The guide's figures, drawn from measured numbers as SVG. Same numbers, same bytes."""

SANS = "Inter"
MONO = "JetBrains Mono"
INK, SOFT, RULE, PAPER = "#1b2430", "#5d6b7c", "#d5dce4", "#ffffff"
COLOURS = {"under": "#c98a1b", "right": "#1f7a6d", "over": "#b8433a"}
BLUE, PALE = "#2b5c8a", "#eef3f7"
WIDTH = 680


def esc(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Svg:
    def __init__(self, height, title):
        self.height, self.title, self.parts = height, title, []

    def text(self, x, y, text, size=13, fill=INK, anchor="start", weight=400, family=SANS):
        self.parts.append(f'<text x="{x:g}" y="{y:g}" font-family="{family}" font-size="{size:g}" fill="{fill}" '
                          f'text-anchor="{anchor}" font-weight="{weight}">{esc(text)}</text>')

    def box(self, x, y, w, h, fill, stroke="none", radius=2):
        self.parts.append(f'<rect x="{x:g}" y="{y:g}" width="{max(w, 0):g}" height="{h:g}" rx="{radius}" '
                          f'fill="{fill}" stroke="{stroke}"/>')

    def line(self, x1, y1, x2, y2, stroke=RULE, width=1.0, dash=""):
        self.parts.append(f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" '
                          f'stroke-width="{width:g}"' + (f' stroke-dasharray="{dash}"' if dash else "") + "/>")

    def arrow(self, x1, y1, x2, y2, stroke=SOFT):
        self.line(x1, y1, x2, y2, stroke, 1.4)
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        points = [(x2, y2), (x2 - 7 * dx - 4 * dy, y2 - 7 * dy - 4 * dx), (x2 - 7 * dx + 4 * dy, y2 - 7 * dy + 4 * dx)]
        self.parts.append(f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" fill="{stroke}"/>')

    def done(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" width="{WIDTH}" '
                f'height="{self.height}" role="img">\n<title>{esc(self.title)}</title>\n' + "\n".join(self.parts) + "\n</svg>\n")


def bars(title, data, value, label, note):
    """Three bars from a common left edge, each with its number; the longest is the width."""
    svg = Svg(148, title)
    left, room = 64, 470
    most = max(value(data[kind]) for kind in COLOURS)
    for i, (kind, colour) in enumerate(COLOURS.items()):
        y = 14 + 36 * i
        width = room * value(data[kind]) / most
        svg.text(left - 10, y + 17, kind, 13, INK, "end", 600)
        svg.box(left, y, max(width, 1.5), 24, colour)
        svg.text(left + max(width, 1.5) + 8, y + 17, label(data[kind]), 13, INK)
    svg.text(left, 138, note, 11, SOFT)
    return svg.done()


def survives(data):
    """What sampling keeps, by class: each class as its whole, what is kept of it filled."""
    svg = Svg(200, "What survives sampling")
    columns = [("errors", "with errors"), ("slow", "slow"), ("routine", "routine")]
    left, width, gap = 64, 190, 16
    for c, (what, name) in enumerate(columns):
        x = left + c * (width + gap)
        svg.text(x, 14, name, 12, SOFT, weight=600)
        for i, (kind, colour) in enumerate(COLOURS.items()):
            y = 26 + 48 * i
            kept, whole = data[kind][what]
            svg.box(x, y, width, 20, PALE, RULE)
            svg.box(x, y, width * kept / whole, 20, colour)
            svg.text(x, y + 34, f"{kept} of {whole}", 11, INK)
    for i, kind in enumerate(COLOURS):
        svg.text(left - 10, 26 + 48 * i + 15, kind, 13, INK, "end", 600)
    svg.text(left, 192, "Traces kept. " + ", ".join(f"{k}: {data[k]['sampling']}" for k in COLOURS)
             + ". One order is one trace; under/ tears some apart.", 11, SOFT)
    return svg.done()


def spans(data):
    """One small square for each span of a checkout."""
    per_row, size, step = 44, 9, 11.6
    rows = {kind: -(-round(data[kind]["spans"]) // per_row) for kind in COLOURS}
    svg = Svg(round(sum(rows.values()) * step + 3 * 16 + 26), "Spans of one checkout")
    left, y = 64, 8
    for kind, colour in COLOURS.items():
        count = round(data[kind]["spans"])
        svg.text(left - 10, y + 10, kind, 13, INK, "end", 600)
        for i in range(count):
            svg.box(left + i % per_row * step, y + i // per_row * step, size, size, colour, radius=1)
        svg.text(left + min(count, per_row) * step + 6, y + 9, f"{data[kind]['spans']:g}", 13, INK, weight=600)
        y += rows[kind] * step + 16
    svg.text(left, svg.height - 6, "One square is one span of one checkout, on average over the day.", 11, SOFT)
    return svg.done()


def node(svg, x, y, w, title, sub="", fill=PALE, stroke=BLUE):
    svg.box(x, y, w, 46, fill, stroke, 5)
    svg.text(x + w / 2, y + (20 if sub else 28), title, 12, INK, "middle", 600)
    if sub:
        svg.text(x + w / 2, y + 36, sub, 10.5, SOFT, "middle")


def pipeline(_data):
    """From the services to the backends: metrics before anything is thrown away."""
    svg = Svg(300, "The pipeline")
    svg.box(150, 10, 518, 218, "#fafbfc", RULE, 8)
    svg.text(164, 30, "OpenTelemetry Collector", 12, SOFT, weight=600)
    node(svg, 8, 62, 110, "services", "SDK: always_on", PAPER, INK)
    svg.arrow(118, 85, 164, 85)
    svg.text(141, 76, "OTLP", 10, SOFT, "middle")
    node(svg, 166, 62, 120, "memory_limiter", "first: refuses early")
    svg.arrow(286, 85, 334, 85)
    node(svg, 336, 44, 130, "span_metrics", "counts every span", "#e6f1ef", COLOURS["right"])
    node(svg, 336, 104, 130, "service_graph", "who calls whom", "#e6f1ef", COLOURS["right"])
    node(svg, 336, 164, 130, "forward", "nothing lost so far", PAPER, SOFT)
    svg.line(310, 85, 310, 187, SOFT, 1.4)
    svg.arrow(310, 127, 334, 127)
    svg.arrow(310, 187, 334, 187)
    svg.arrow(466, 187, 514, 187)
    node(svg, 516, 164, 140, "tail_sampling", "errors, slow, 5 %", "#f8ecea", COLOURS["over"])
    svg.arrow(586, 210, 586, 246)
    node(svg, 516, 248, 140, "traces", "X-Ray, a file, a UI", PAPER, INK)
    svg.line(466, 67, 490, 67, SOFT, 1.4)
    svg.line(466, 127, 490, 127, SOFT, 1.4)
    svg.line(490, 67, 490, 271, SOFT, 1.4)
    svg.arrow(490, 271, 468, 271)
    node(svg, 336, 248, 130, "metrics", "Prometheus, AMP", PAPER, INK)
    svg.text(8, 262, "Green sees every span.", 11, SOFT)
    svg.text(8, 280, "Red throws traces away, and is last.", 11, SOFT)
    return svg.done()


def tiers(_data):
    """AWS: sidecars, balancers, gateways."""
    svg = Svg(222, "On AWS, when one Collector is outgrown")
    for i in range(3):
        node(svg, 8, 12 + 66 * i, 128, "task", "service + sidecar", PAPER, INK)
        for j in range(2):
            y1, y2 = 35 + 66 * i, 68 + 66 * j
            svg.line(136, y1, 222, y2, RULE, 1.2)
    for j in range(2):
        node(svg, 224, 45 + 66 * j, 128, "balancer", "load_balancing")
        for k in range(2):
            svg.line(352, 68 + 66 * j, 438, 68 + 66 * k, BLUE if j == k else RULE, 1.4)
    for k in range(2):
        node(svg, 440, 45 + 66 * k, 128, "gateway", "tail_sampling", "#f8ecea", COLOURS["over"])
        svg.arrow(568, 68 + 66 * k, 606, 68 + 66 * k)
    svg.box(608, 45, 64, 112, PAPER, INK, 5)
    svg.text(640, 98, "X-Ray", 12, INK, "middle", 600)
    svg.text(640, 114, "OTLP", 10.5, SOFT, "middle")
    svg.text(224, 188, "Every span of a trace to the same gateway, by its trace id.", 11, SOFT)
    svg.text(224, 204, "span_metrics in the balancers, where each span passes once.", 11, SOFT)
    return svg.done()


def line(data):
    """The fine line: from too little to too much."""
    svg = Svg(150, "The fine line")
    y = 62
    svg.line(20, y, 660, y, RULE, 10)
    svg.line(250, y, 430, y, COLOURS["right"], 10)
    marks = [("under", 90, "protocols only", f"answer: {data['under']['answer']}"),
             ("right", 340, "critical paths, with attributes", f"answer: {data['right']['answer']}"),
             ("over", 590, "every function", f"answer: {data['over']['answer']}")]
    for kind, x, what, answer in marks:
        svg.parts.append(f'<circle cx="{x}" cy="{y}" r="11" fill="{COLOURS[kind]}"/>')
        svg.text(x, y - 34, f"{data[kind]['spans']:g} spans", 15, COLOURS[kind], "middle", 700)
        svg.text(x, y - 18, f"a checkout, {kind}/", 11, SOFT, "middle")
        svg.text(x, y + 34, what, 12, INK, "middle", 600)
        svg.text(x, y + 52, answer, 11, SOFT, "middle")
    svg.text(340, 142, "“Which tenants did the failed payments hit, under which flag?”", 12, SOFT, "middle")
    return svg.done()


def draw(data):
    """Name of the file -> its text."""
    month = f"a month at {data['rate']} requests a second"
    return {
        "line.svg": line(data),
        "spans.svg": spans(data),
        "bytes.svg": bars("Bytes of one checkout", data, lambda d: d["bytes"],
                          lambda d: f"{d['bytes'] / 1000:.1f} kB", "Bytes exported for one checkout, as OTLP JSON, not compressed."),
        "volume.svg": bars("Volume of a month", data, lambda d: d["kept_gb"],
                           lambda d: f"{d['kept_gb']:,.0f} GB of {d['sent_gb']:,.0f}",
                           f"Kept after sampling, {month}; behind it, what was exported."),
        "cost.svg": bars("Cost of a month", data, lambda d: d["usd"], lambda d: f"${d['usd']:,.0f}",
                         f"Traces kept, {month}, at ${data['usd_per_million']:g} per million traces recorded "
                         f"(X-Ray, {data['as_of']})."),
        "survives.svg": survives(data),
        "pipeline.svg": pipeline(data),
        "tiers.svg": tiers(data),
    }
