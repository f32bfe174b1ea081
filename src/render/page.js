// The maps of a page as things to choose and to walk over. Texts go in as text, never as markup.
"use strict";
(function () {
  const all = JSON.parse(document.getElementById("data").textContent);
  const maps = all.report.maps, axes = all.report.axes;
  const WINDOW = 96; // rows and columns drawn at once
  const byId = (id) => document.getElementById(id);
  const svg = (name, attributes) => set(document.createElementNS("http://www.w3.org/2000/svg", name), attributes);

  function set(element, attributes) {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  }
  function make(name, attributes, ...inner) {
    const element = set(document.createElement(name), attributes);
    element.append(...inner);
    return element;
  }
  const bdi = (text) => make("bdi", {}, text);
  const cut = (text, most) => [...text].length > most ? [...text].slice(0, most - 1).join("") + "…" : text;

  // ---- numbers ----

  // float32, little-endian, in base64: [heads][rows][columns]
  function weightsOf(map) {
    if (!map.values) {
      const bytes = Uint8Array.from(atob(map.weights), (c) => c.charCodeAt(0));
      const view = new DataView(bytes.buffer);
      map.values = new Float32Array(bytes.length / 4);
      for (let i = 0; i < map.values.length; i++) map.values[i] = view.getFloat32(4 * i, true);
    }
    return map.values;
  }
  // Made when it is first asked for.
  function meanOf(map) {
    if (!map.mean) {
      const values = weightsOf(map), cells = map.rows * map.columns;
      map.mean = new Float64Array(cells);
      for (let i = 0; i < values.length; i++) map.mean[i % cells] += values[i] / map.heads;
    }
    return map.mean;
  }
  function weight(map, head, r, c) {
    const at = r * map.columns + c;
    return head < 0 ? meanOf(map)[at] : weightsOf(map)[head * map.rows * map.columns + at];
  }
  // The shortest decimal that is this float32 again.
  function exact(v) {
    for (let digits = 6; digits < 9; digits++) {
      const text = v.toPrecision(digits);
      if (Math.fround(Number(text)) === Math.fround(v)) return String(Number(text));
    }
    return String(Number(v.toPrecision(9)));
  }

  // ---- choosing ----

  const state = { map: maps[0], head: -1, row: 0, column: 0, top: 0, left: 0, rtl: all.rtl, largest: false };
  const kinds = [...new Set(maps.map((m) => m.kind))];
  const layersOf = (kind) => maps.filter((m) => m.kind === kind);
  const masked = (r, c) => state.map.causal && c > r;
  const rowAxis = () => axes[state.map.row_axis], columnAxis = () => axes[state.map.column_axis];

  function choice(id, label, change) {
    const select = make("select", { id: id });
    select.addEventListener("change", () => change(select.value));
    return make("label", {}, label + " ", select);
  }
  function fill(id, options, value) {
    byId(id).replaceChildren(...options.map(([v, text]) => make("option", { value: v }, text)));
    byId(id).value = String(value);
  }
  function number(id, label, change) {
    const input = make("input", { id: id, type: "number", min: "0", step: "16", value: "0" });
    input.addEventListener("change", () => change(Math.max(0, Number(input.value) || 0)));
    return make("label", { id: id + "-label" }, label + " ", input);
  }
  function check(id, label, value, change) {
    const box = make("input", { id: id, type: "checkbox" });
    box.checked = value;
    box.addEventListener("change", () => change(box.checked));
    return make("label", { id: id + "-label" }, box, label);
  }
  function controls() {
    return make("div", { class: "choices", role: "group", "aria-label": "Which map" },
      choice("kind", "Attention", (kind) => open(layersOf(kind).find((m) => m.layer === state.map.layer) || layersOf(kind)[0])),
      choice("layer", "Layer", (layer) => open(layersOf(state.map.kind).find((m) => m.layer === Number(layer)))),
      choice("head", "Head", (head) => { state.head = Number(head); draw(); }),
      check("largest", "Colours up to the largest weight", false, (on) => { state.largest = on; draw(); }),
      check("rtl", "Columns from right to left", state.rtl, (on) => { state.rtl = on; draw(); }),
      number("top", "First row", (n) => { state.top = n; draw(); }),
      number("left", "First column", (n) => { state.left = n; draw(); }));
  }
  function open(map) {
    state.map = map;
    state.head = Math.min(state.head, map.heads - 1);
    state.top = state.left = state.row = state.column = 0;
    fill("kind", kinds.map((k) => [k, k]), map.kind);
    fill("layer", layersOf(map.kind).map((m) => [m.layer, String(m.layer)]), map.layer);
    fill("head", [[-1, "mean of all"], ...Array.from({ length: map.heads }, (_, h) => [h, String(h)])], state.head);
    byId("rtl-label").hidden = !columnAxis().rtl;
    byId("top-label").hidden = map.rows <= WINDOW;
    byId("left-label").hidden = map.columns <= WINDOW;
    draw();
  }

  // ---- the map ----

  function range(first, size) {
    const from = Math.min(first, Math.max(0, size - WINDOW));
    return Array.from({ length: Math.min(WINDOW, size) }, (_, i) => from + i);
  }
  const shownRows = () => range(state.top, state.map.rows);
  const shownColumns = () => range(state.left, state.map.columns);

  function largestWeight() {
    let most = 0;
    for (let r = 0; r < state.map.rows; r++)
      for (let c = 0; c < state.map.columns; c++)
        if (!masked(r, c)) most = Math.max(most, weight(state.map, state.head, r, c));
    return most || 1;
  }
  function color(r, c, most) {
    if (masked(r, c)) return all.masked;
    const unit = weight(state.map, state.head, r, c) / most;
    return all.colors[Math.round(255 * Math.min(1, Math.max(0, unit)))];
  }
  function cellName(r, c) {
    const what = masked(r, c) ? "masked" : exact(weight(state.map, state.head, r, c));
    return what + ", row " + r + " " + rowAxis().tokens[r] + ", column " + c + " " + columnAxis().tokens[c];
  }
  function header(axis, i, scope) {
    const index = make("span", { class: "dim" }, String(i)), text = cut(axis.tokens[i], 40);
    return make("th", { scope: scope, id: scope + i }, bdi(text), scope === "row" ? " " : make("br", {}), index);
  }
  function cell(r, c, most) {
    const td = make("td", { role: "gridcell", tabindex: "-1", "aria-label": cellName(r, c) });
    td.style.background = color(r, c, most);
    td.dataset.row = r;
    td.dataset.column = c;
    return td;
  }
  function legend(most) {
    const ramp = make("i", {}), masks = make("i", { class: "sign" });
    ramp.style.background = "linear-gradient(90deg," + all.colors.filter((_, i) => i % 15 === 0).join() + ")";
    masks.style.background = all.masked;
    return make("p", { class: "legend", id: "scale" }, "0", ramp, String(Number(most.toPrecision(3))),
      ...(state.map.causal ? [make("span", {}, masks, " masked")] : []));
  }
  function drawGrid() {
    const rows = shownRows(), columns = shownColumns(), most = state.largest ? largestWeight() : 1;
    const head = make("tr", {}, make("td", {}), ...columns.map((c) => header(columnAxis(), c, "col")));
    const body = rows.map((r) => make("tr", {}, header(rowAxis(), r, "row"), ...columns.map((c) => cell(r, c, most))));
    const table = make("table", {
      id: "grid", role: "grid", class: "map" + (columns.length > 6 ? " tall" : "") + (columns.length > 24 ? " dense" : " large"),
      dir: state.rtl && columnAxis().rtl ? "rtl" : "ltr", "aria-describedby": "weight", style: "--columns:" + columns.length,
    }, make("caption", {}, mapName(), " ", make("span", { class: "dim" }, "rows: " + state.map.row_axis + " (queries), columns: " + state.map.column_axis + " (keys)")),
      make("thead", {}, head), make("tbody", {}, ...body));
    byId("table").replaceChildren(table, legend(most));
  }
  const mapName = () => state.map.site + (state.head < 0 ? ", mean of all heads" : ", head " + state.head);
  const cellAt = (r, c) => byId("grid").querySelector('td[data-row="' + r + '"][data-column="' + c + '"]');

  function show(r, c) {
    const old = cellAt(state.row, state.column), now = cellAt(r, c);
    for (const on of document.querySelectorAll("#grid .on, #lines .on")) on.classList.remove("on");
    if (old) old.tabIndex = -1;
    state.row = r;
    state.column = c;
    if (now) now.tabIndex = 0;
    for (const on of [now, byId("row" + r), byId("col" + c), byId("query" + r), byId("key" + c)]) if (on) on.classList.add("on");
    for (const line of document.querySelectorAll("#lines line")) line.classList.toggle("off", Number(line.dataset.row) !== r);
    const value = masked(r, c) ? "masked" : exact(weight(state.map, state.head, r, c));
    byId("weight").replaceChildren(make("output", {}, value), make("br", {}),
      "query " + r + " ", bdi(cut(rowAxis().tokens[r], 200)), " looks at key " + c + " ", bdi(cut(columnAxis().tokens[c], 200)),
      ...(next(r) ? [", before the choice of ", bdi(cut(next(r), 200))] : []));
  }
  const next = (r) => state.map.row_axis === "target" && axes.target.next[r];

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  function key(event) {
    const rows = shownRows(), columns = shownColumns(), rtl = byId("grid").dir === "rtl";
    let r = state.row, c = state.column;
    if (event.key in steps) {
      r += steps[event.key][0];
      c += steps[event.key][1] * (rtl ? -1 : 1);
    } else if (event.key === "Home") c = columns[0];
    else if (event.key === "End") c = columns[columns.length - 1];
    else return;
    event.preventDefault();
    r = Math.min(rows[rows.length - 1], Math.max(rows[0], r));
    c = Math.min(columns[columns.length - 1], Math.max(columns[0], c));
    show(r, c);
    cellAt(r, c).focus();
  }

  // ---- lines from queries to keys ----

  function label(axis, i, y, x, id, anchor) {
    const text = svg("text", { x: x, y: y + 5, id: id + i, "text-anchor": anchor });
    text.append(cut(axis.tokens[i], 16));
    text.style.unicodeBidi = "plaintext";
    text.style.direction = "ltr";
    return text;
  }
  function drawLines() {
    const rows = shownRows(), columns = shownColumns(), GAP = 24, WIDE = 420;
    const high = GAP * Math.max(rows.length, columns.length) + GAP;
    const picture = svg("svg", {
      viewBox: "0 0 " + WIDE + " " + (high + GAP), role: "img",
      "aria-label": "Lines from each query on the left to the keys it looks at on the right, thicker for more weight",
    });
    const heading = (x, text, anchor) => { const t = svg("text", { x: x, y: 16, "text-anchor": anchor }); t.append(text); return t; };
    picture.append(heading(140, state.map.row_axis, "end"), heading(280, state.map.column_axis, "start"));
    const y = (i) => GAP * (i + 1.5);
    rows.forEach((r, i) => {
      picture.append(label(rowAxis(), r, y(i), 140, "query", "end"));
      columns.forEach((c, k) => {
        const w = masked(r, c) ? 0 : weight(state.map, state.head, r, c);
        if (w < 0.03) return;
        const line = svg("line", { x1: 148, y1: y(i), x2: 272, y2: y(k), "stroke-width": 0.5 + 4 * w, "stroke-opacity": Math.min(1, 0.15 + w) });
        line.dataset.row = r;
        picture.append(line);
      });
    });
    columns.forEach((c, k) => picture.append(label(columnAxis(), c, y(k), 280, "key", "start")));
    byId("lines").replaceChildren(picture);
  }
  function draw() {
    drawGrid();
    drawLines();
    show(Math.max(shownRows()[0], state.row), Math.max(shownColumns()[0], state.column));
  }

  // ---- steps of decoding, one after the other ----

  function walkable(section) {
    const folds = [...section.querySelectorAll("details")];
    if (folds.length < 2) return;
    let at = -1;
    const go = (by) => {
      at = Math.min(folds.length - 1, Math.max(0, at + by));
      folds.forEach((fold, i) => { fold.open = i === at; });
      folds[at].scrollIntoView({ block: "nearest" });
    };
    const button = (text, by) => {
      const b = make("button", { type: "button" }, text);
      b.addEventListener("click", () => go(by));
      return b;
    };
    section.querySelector("h2").after(make("div", { class: "choices", role: "group", "aria-label": "Steps" },
      button("Previous step", -1), button("Next step", 1)));
  }

  const explorer = byId("explorer");
  if (explorer && maps.length) {
    explorer.append(controls(), make("p", { id: "weight", role: "status", "aria-live": "polite" }),
      make("div", { class: "stage" }, make("div", { id: "table", class: "scroll" }), make("div", { id: "lines" })));
    explorer.hidden = false;
    const cellOf = (event) => event.target.closest("#grid td[data-row]");
    const point = (event) => { const td = cellOf(event); if (td) show(Number(td.dataset.row), Number(td.dataset.column)); };
    byId("table").addEventListener("mouseover", point);
    byId("table").addEventListener("focusin", point);
    byId("table").addEventListener("click", (event) => { const td = cellOf(event); if (td) td.focus(); });
    byId("table").addEventListener("keydown", key);
    open(maps[0]);
  }
  if (byId("steps")) walkable(byId("steps"));
})();
