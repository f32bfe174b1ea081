"""The page of `report` in a real browser. usage: report.py PROGRAM"""
# needs: chromium chromedriver
import base64
import json
import os
import struct
import subprocess
import sys

from driver import run_tests

MODEL = "examples/models/fa-en"
SENTENCE = "علی هر روز به مدرسه می‌رود"
NOTE = "Head 1 follows the words."
HOSTILE = "علی </script><img src=x onerror=document.title=1> <b>"

# Text against what lies behind it, by the formula of WCAG 2; those that fall short.
FAINT = """
const rgb = (c) => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
const lum = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
const bad = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let seen = 0;
for (let t; (t = walker.nextNode());) {
  const e = t.parentElement, svg = e.closest("svg");
  if (!t.data.trim() || !e.checkVisibility() || e.closest("script,.hide")) continue;
  const style = getComputedStyle(e), a = lum(rgb(svg ? style.fill : style.color)), b = lum(behind(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  seen++;
  if (ratio < 4.5) bad.push(t.data + " " + ratio.toFixed(2));
}
return [seen, bad];
"""
GRID = """
return [...document.querySelectorAll("#grid td[data-row]")].map((td) => [Number(td.dataset.row), Number(td.dataset.column),
  getComputedStyle(td).backgroundColor.match(/\\d+/g).map(Number)]);
"""
STATIC = """
const map = [...document.querySelectorAll("figure")].find((f) => f.textContent.includes("dec.2.cross.pattern"));
return [...map.querySelectorAll("tbody tr")].map((tr) => [...tr.querySelectorAll("td")].map(
  (td) => getComputedStyle(td).backgroundColor.match(/\\d+/g).map(Number)));
"""

ROWS = """
return [...document.querySelectorAll('table[aria-label="' + arguments[0] + '"] tbody tr')].map((tr) => [...tr.cells].map((c) => c.textContent));
"""
# Every step has a table of candidates with rows that one sees.
FOLDS = """
const folds = [...document.querySelectorAll("#steps details")];
return [folds.length, folds.filter((d) => ![...d.querySelectorAll("tbody tr")].some((r) => r.getBoundingClientRect().height > 5 && r.checkVisibility()))
  .map((d) => d.textContent)];
"""
WIDE = """
const wide = [...document.querySelectorAll(".scroll, pre, svg, p, details")].filter((e) => e.checkVisibility() &&
  (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 || e.getBoundingClientRect().right > 718));
return wide.map((e) => e.outerHTML.slice(0, 120) + " " + e.scrollWidth + " " + e.clientWidth);
"""
# All that can be used with a pointer gets a number in the order of the page.
CONTROLS = """
const all = [...document.querySelectorAll("a[href], select, button, input, summary, #grid td[tabindex='0'], [tabindex='0']")];
return all.filter((e) => e.checkVisibility() && !e.disabled).map((e, i) => e.dataset.control = String(i));
"""


def rasad(program, *lines):
    """The data of the last command."""
    done = subprocess.run([program, "-q", "-n", "--json", "-m", MODEL], input="\n".join(lines) + "\n",
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def float32(v):
    """Both sides write a float32: one its shortest decimal, one nine digits."""
    return struct.pack("<f", v)


def lightness(c):
    return sum(w * (v / 255) ** 2.2 for w, v in zip((0.2126, 0.7152, 0.0722), c))


class Tests:
    def __init__(self, browser, folder, program):
        self.b, self.page, self.hostile = browser, folder + "/a.html", folder + "/b.html"
        self.long = folder + "/long.html" # more cells than tables take, with a name wider than any paper
        rasad(program, "input " + SENTENCE, "run --beam 3", "note " + NOTE, "report " + self.page)
        rasad(program, "input --ids " + ",".join(str(5 + i * 37 % 1000) for i in range(64)), "run --max 64",
              "note " + "W" * 1500, "report " + self.long)
        rasad(program, "input " + HOSTILE, "run", "report " + self.hostile)
        # all weights as the program itself prints them
        self.weights = {name: rasad(program, "input " + SENTENCE, "run --beam 3", "attn " + name)
                        for name in ("dec.2.cross", "dec.1.self", "enc.0.self")}

    def fresh(self, width=1280, theme="light"):
        self.b.look(width, theme)
        self.b.open(self.page)

    def select(self, kind, layer, head):
        for name, value in (("Attention", kind), ("Layer", layer), ("Head", head)):
            self.b.choose(self.b.find("combobox", name, "select"), value)

    def shown(self):
        return float(self.b.run("return document.querySelector('#weight output').textContent"))

    def status(self):
        return self.b.run("return document.querySelector('#weight').textContent")

    def test_choosing(self):
        self.fresh()
        self.select("cross-attention", "2", "1")
        self.b.find("grid", "dec.2.cross.pattern, head 1 rows: target (queries), columns: source (keys)", "table")
        self.select("decoder self-attention", "1", "3")
        caption = self.b.run("return document.querySelector('#grid caption').textContent")
        assert caption.startswith("dec.1.self.pattern, head 3"), caption

    def test_hovering(self):
        self.fresh()
        self.select("cross-attention", "2", "1")
        for row, column in ((5, 2), (4, 4), (0, 0)):
            cell = self.b.all('#grid td[data-row="%d"][data-column="%d"]' % (row, column))[0]
            self.b.hover(cell)
            weight = self.weights["dec.2.cross"]["data"][1][row][column]
            assert float32(self.shown()) == float32(weight), (self.shown(), weight)
            text = self.status()
            assert self.weights["dec.2.cross"]["rows"]["tokens"][row] in text, text
            assert self.weights["dec.2.cross"]["columns"]["tokens"][column] in text, text

    def test_keys(self):
        self.fresh()
        self.select("cross-attention", "2", "0")
        self.b.click(self.b.all('#grid td[data-row="0"][data-column="0"]')[0])
        where = "const d = document.activeElement.dataset; return [Number(d.row), Number(d.column)]"
        for key, place in (("right", [0, 1]), ("down", [1, 1]), ("down", [2, 1]), ("left", [2, 0]), ("left", [2, 0]),
                           ("up", [1, 0]), ("end", [1, 7]), ("home", [1, 0])):
            self.b.press(key)
            assert self.b.run(where) == place, (key, self.b.run(where), place)
        name = self.b.run("return document.activeElement.getAttribute('aria-label')")
        assert name.endswith("row 1 ▁Ali, column 0 ▁علی"), name
        weight = self.weights["dec.2.cross"]["data"][0][1][0]
        assert float32(self.shown()) == float32(weight), (self.shown(), weight)

    def test_right_to_left(self):
        self.fresh()
        self.select("cross-attention", "2", "0")
        self.b.click(self.b.find("checkbox", "Columns from right to left", "input"))
        self.b.click(self.b.all('#grid td[data-row="0"][data-column="0"]')[0])
        self.b.press("left")
        assert self.b.run("return document.activeElement.dataset.column") == "1"
        left = "return document.querySelector('#col%d').getBoundingClientRect().left"
        assert self.b.run(left % 0) > self.b.run(left % 1)

    def test_lines(self):
        self.fresh()
        self.select("cross-attention", "2", "1")
        widths = self.b.run("return [...document.querySelectorAll('#lines line')].map((l) => Number(l.getAttribute('stroke-width')))")
        data = self.weights["dec.2.cross"]["data"][1]
        expected = [0.5 + 4 * w for row in data for w in row if w >= 0.03]
        assert len(widths) == len(expected) and all(abs(a - b) < 1e-5 for a, b in zip(widths, expected))

    def test_colours(self):
        for width in (400, 1280):
            for theme in ("light", "dark"):
                self.fresh(width, theme)
                self.colours("cross-attention", "2", 1, self.weights["dec.2.cross"])
                self.colours("decoder self-attention", "1", 2, self.weights["dec.1.self"])
                self.select("cross-attention", "2", "mean of all")
                static = self.b.run(STATIC)
                for row, column, color in self.b.run(GRID):
                    drawn = static[row][column]
                    assert max(abs(a - b) for a, b in zip(color, drawn)) <= 3, (row, column, color, drawn)

    def colours(self, kind, layer, head, data):
        self.select(kind, layer, str(head))
        cells = self.b.run(GRID)
        rows = data["data"][head]
        assert len(cells) == len(rows) * len(rows[0])
        open_cells = []
        for row, column, color in cells:
            if kind.startswith("decoder") and column > row:
                assert color == [226, 230, 240], ("masked", row, column, color)
            else:
                open_cells.append((rows[row][column], lightness(color), color))
        open_cells.sort(key=lambda x: x[0])
        for a, b in zip(open_cells, open_cells[1:]):
            assert a[1] <= b[1] + 1e-3, ("darker for more", a, b)
        for weight, _, color in open_cells: # viridis: its ends and its middle
            for at, anchor in ((0, (68, 1, 84)), (0.5, (33, 144, 140)), (1, (253, 231, 37))):
                if abs(weight - at) < 0.002:
                    assert max(abs(x - y) for x, y in zip(color, anchor)) <= 4, (weight, color)

    def test_contrast(self):
        for theme in ("light", "dark"):
            self.fresh(1280, theme)
            self.b.run("for (const d of document.querySelectorAll('details')) d.open = true")
            seen, bad = self.b.run(FAINT)
            assert seen > 300 and not bad, (theme, seen, bad[:5])

    def test_width(self):
        for page in (self.page, self.long):
            for width in (400, 800, 1280, 1600):
                for theme in ("light", "dark"):
                    self.b.look(width, theme)
                    self.b.open(page)
                    self.b.run("for (const d of document.querySelectorAll('details')) d.open = true")
                    wide = self.b.run("return document.documentElement.scrollWidth")
                    assert wide <= width, "%d at %d" % (wide, width)

    def test_names(self):
        """What a screen reader is told of the parts: found by role and name, read in their order."""
        self.fresh()
        self.b.find("list", "Beams", "ul")
        leaves = self.b.run("return [...document.querySelectorAll('[aria-label=Beams] .best')].map((li) => li.textContent)")
        assert len(leaves) == 4 and all("</s> finished" in x for x in leaves), leaves
        self.b.find("table", "Tokens of the target", "table")
        self.b.find("table", "Shapes", "table")
        self.b.find("table", "Tokens of the source", "table")
        rows = self.b.run(ROWS, "Tokens of the source")
        assert rows[0][:3] == ["0", "1004", "0-2"] and rows[0][-1] == "▁علی" and len(rows) == 8, rows
        shapes = {row[0]: row[1] for row in self.b.run(ROWS, "Shapes")}
        assert shapes["dec.2.cross.pattern"] == "[B=1, H=4, T=9, S=8]", shapes
        for heading in ("Notes", "Attention", "Decoding step by step", "Beams", "Model"):
            self.b.find("heading", heading, "h2")
            self.b.find("region", heading, "section")

    def test_keyboard(self):
        """Tab comes to every control once, in the order of the page, and out again."""
        self.fresh()
        wanted = self.b.run(CONTROLS)
        assert len(wanted) > 30, wanted
        reached = []
        for _ in wanted:
            self.b.press("tab")
            reached.append(self.b.run("return document.activeElement.dataset.control"))
        assert reached == wanted, [x for x in zip(reached, wanted) if x[0] != x[1]][:3]

    def test_print(self):
        """Paper has no controls and no folds, is white, and nothing is wider than it."""
        for page in (self.page, self.long):
            self.fresh()
            self.b.open(page)
            self.select("cross-attention", "0", "1")
            self.b.look(718, "dark", "print") # A4 without its margins
            seen, bad = self.b.run(FAINT)
            assert seen > 300 and not bad, (seen, bad[:5])
            assert self.b.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            shown = self.b.run("return [...document.querySelectorAll('select, button, input, nav, output')].filter((e) => e.checkVisibility()).length")
            assert shown == 0, shown
            folded, empty = self.b.run(FOLDS)
            assert folded > 5 and not empty, (folded, empty)
            wide = self.b.run(WIDE)
            assert not wide, wide
            rows, columns, cut = self.b.run("""
const inside = (e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.left >= 0 && r.right <= 718; };
const grid = document.getElementById("grid"), body = [...grid.tBodies[0].rows];
return [body.length, body[0].cells.length - 1, body.filter((r) => ![...r.cells].every(inside)).length];
""")
            assert rows > 7 and columns == (8 if page == self.page else 64) and cut == 0, (rows, columns, cut)

    def test_paper(self):
        """The printer of the browser gets on with it, dark theme and folds included."""
        self.fresh(1280, "dark")
        pdf = base64.b64decode(self.b.devtools("Page.printToPDF")["data"])
        pages = pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ")
        assert pdf.startswith(b"%PDF") and 5 < pages < 30, pages

    def test_without_scripts(self):
        for page, notes in ((self.page, NOTE), (self.long, "W" * 1500)):
            self.b.scripts(False)
            try:
                self.b.look(1280, "light")
                self.b.open(page)
                self.unscripted(notes)
            finally:
                self.b.scripts(True)

    def unscripted(self, notes):
        maps, seen, masked = self.b.run("""
const all = JSON.parse(document.getElementById("data").textContent).report.maps;
const svgs = [...document.querySelectorAll("#maps figure svg")].filter((s) => s.checkVisibility());
const drawn = svgs.map((s) => [s.querySelector("title").textContent, s.querySelectorAll("image").length]);
const loaded = [...document.querySelectorAll("#maps image")].every((i) => i.getBoundingClientRect().width > 20);
return [all.map((m) => [m.site, m.heads + 1]), drawn, loaded];
""")
        assert maps == seen and masked, (maps, seen)
        assert self.b.run("return document.querySelector('#notes').textContent").endswith(notes + "\n")
        hidden = self.b.run("return [...document.querySelectorAll('[hidden], .hidden')].map((e) => e.textContent).join('')")
        assert hidden == "", hidden[:100]
        for x in self.b.all("#steps summary"):
            self.b.click(x)
        folded, empty = self.b.run(FOLDS)
        assert folded > 5 and not empty, (folded, empty)
        for name in ("Tokens of the source", "Tokens of the target", "Shapes"):
            assert len(self.b.run(ROWS, name)) > 7, name
        assert self.b.run("return document.documentElement.scrollWidth") <= 1280

    def test_steps(self):
        self.fresh()
        after = self.b.find("button", "Next step", "button")
        opened = "return [...document.querySelectorAll('#steps details')].map((d) => d.open).indexOf(true)"
        assert self.b.run(opened) == -1
        self.b.click(after)
        self.b.click(after)
        assert self.b.run(opened) == 1

    def test_headers(self):
        self.fresh()
        bare = self.b.run("return [...document.querySelectorAll('th')].filter((t) => !t.getAttribute('scope')).length")
        unnamed = self.b.run("return [...document.querySelectorAll('#grid td[data-row]')].filter((t) => !t.getAttribute('aria-label')).length")
        assert bare == 0 and unnamed == 0, (bare, unnamed)

    def test_hostile(self):
        self.b.open(self.hostile)
        assert self.b.run("return document.querySelectorAll('img').length") == 0
        assert self.b.run("return document.title") == "rasad: a session"
        assert "</script><img src=x onerror=document.title=1>" in self.b.run("return document.querySelector('.sentence').textContent")

    def test_hostile_tokens(self):
        """Tokens of the page's data as a hostile vocabulary would write them: JSON escaped by the program."""
        texts = ["</script><img src=x onerror=document.title=1>", "\"><img onerror=alert(1) src=x>", "\u202e\u2066x", "W" * 10000]
        page = open(self.page, encoding="utf-8").read()
        for piece, text in zip(("▁Ali", "▁go", "▁to", "▁school"), texts):
            written = json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")
            page = page.replace('"%s",' % piece, written + ",").replace('"%s"]' % piece, written + "]")
        with open(self.page + ".hostile.html", "w", encoding="utf-8") as f:
            f.write(page)
        self.b.look(400, "light")
        self.b.open(self.page + ".hostile.html")
        self.select("cross-attention", "2", "1")
        heads = self.b.run("return [...document.querySelectorAll('#grid tbody th bdi')].map((x) => x.textContent)")
        assert heads[1].startswith("</script><img src=x") and heads[2] == texts[1], heads[1:3]
        self.b.hover(self.b.all('#grid td[data-row="1"][data-column="1"]')[0])
        assert texts[0] in self.status(), self.status()
        assert self.b.run("return document.querySelectorAll('img').length") == 0
        assert self.b.run("return document.title") == "rasad: a session"
        assert self.b.run("return document.documentElement.scrollWidth") <= 400

    def test_silent(self):
        assert self.b.console() == []


if __name__ == "__main__":
    sys.exit(run_tests(Tests, os.path.abspath(sys.argv[1])))
