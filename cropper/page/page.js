// SPDX-License-Identifier: Apache-2.0
// Draws the size page from the JSON in #data. Names come from models and may hold anything: they only ever become text, never markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const state = { key: data.keys[0].key, measure: "bytes", colour: "change", inside: null, filter: "", sort: null };
  const before = data.before;

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined) continue;
      if (name === "text") node.textContent = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }
  const number = (n) => Math.abs(n).toLocaleString("en-US");
  const signed = (n) => (n === 0 ? "0" : (n > 0 ? "+" : "\u2212") + number(n));
  const percent = (part, whole) => (whole === 0 ? "0 %" : (100 * part / whole).toFixed(1) + " %");
  // A long name may break behind these.
  const breakable = (text) => text.split(/(?<=[_/])/).flatMap((piece, i) => (i === 0 ? [piece] : [document.createElement("wbr"), piece]));
  const direction = (n) => (n > 0 ? "up" : n < 0 ? "down" : "");
  const current = () => data.keys.find((k) => k.key === state.key);
  const total = () => (state.measure === "bytes" ? data.library.alloc : data.library.file);
  const measureName = () => (state.measure === "bytes" ? "loaded" : "in the file");

  // Entries of the chosen key, those that left included; `old` is what each had before.
  function entries() {
    const list = current().entries.map((e) => ({ ...e, old: { bytes: 0, file: 0 }, isNew: before !== null }));
    if (before === null) return list;
    const byName = new Map(list.map((e) => [e.name, e]));
    for (const e of before.keys.find((k) => k.key === state.key).entries) {
      const here = byName.get(e.name);
      if (here) {
        here.old = e;
        here.isNew = false;
      } else {
        list.push({ name: e.name, bytes: 0, file: 0, old: e, isNew: false, parts: [] });
      }
    }
    return list;
  }
  const change = (e) => e[state.measure] - e.old[state.measure];

  // --- colour schemes

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  function applyScheme() {
    const wanted = byId("scheme").value;
    document.documentElement.dataset.scheme = wanted === "auto" ? (systemIsDark.matches ? "dark" : "light") : wanted;
  }
  // A page opened from a file may be refused storage.
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem("adze-scheme");
      localStorage.setItem("adze-scheme", value);
    } catch (e) { /* the choice lasts as long as the page */ }
    return null;
  }

  // --- totals

  function drawTotals() {
    const rows = [["Loaded (ALLOC sections)", "alloc"], ["Stripped file", "file"], ["Compressed", "compressed"], ["Memory of all models", "ram"]];
    byId("totals").replaceChildren(...rows.map(([label, field]) => {
      const value = make("dd", {}, number(data.library[field]), make("small", { text: " B" }));
      if (before !== null) {
        const d = data.library[field] - before.library[field];
        value.append(make("small", { class: "change " + direction(d), text: d === 0 ? "no change" : signed(d) + " B" }));
      }
      return make("div", {}, make("dt", { text: label }), value);
    }));
    const l = data.library;
    byId("what").textContent = [l.path, l.arch, "profile " + l.profile, l.kind + " " + l.crop_id.slice(0, 12)].join(" \u00b7 ") +
      (before === null ? "" : " \u2014 compared with " + before.library.kind + " " + before.library.crop_id.slice(0, 12));
    byId("made").textContent = "Made by cropper " + l.cropper + " for a library built with " + l.toolchain.compiler + ", " + l.toolchain.linker + ", " +
      l.toolchain.c_library + " (toolchain " + l.toolchain.id + ")" +
      (before !== null && before.library.toolchain.id !== l.toolchain.id
        ? "; the earlier one was built with another toolchain (" + before.library.toolchain.id + "), so not every change is the crop's." : ".");
  }

  // --- the map

  let mapItems = [];  // what can be focused, in the order of the page
  const LABEL_HEIGHT = 18, SMALLEST = 3;

  function hierarchyOf(list) {
    const shown = state.inside === null ? list : list.filter((e) => e.name === state.inside);
    const groups = shown.filter((e) => e[state.measure] > 0).map((e) => ({
      name: e.name, entry: e,
      children: e.parts.map(([name, bytes, file]) => ({ name: data.names[name], bytes, file, entry: e })).filter((p) => p[state.measure] > 0),
    }));
    const root = state.inside === null || groups.length === 0 ? { children: groups } : { children: groups[0].children };
    // What has parts is their sum; the root of an empty report is nothing.
    const own = (d) => (d.children && d.children.length > 0 || !d.entry ? 0 : (d.bytes === undefined ? d.entry : d)[state.measure]);
    return d3.hierarchy(root).sum(own)
      .sort((a, b) => b.value - a.value || (a.data.name < b.data.name ? -1 : 1));
  }

  function groundOf(entry) {
    if (before !== null && state.colour === "change") {
      if (entry.isNew) return "fresh";
      const d = change(entry);
      return d > 0 ? "up" : d < 0 ? "down" : "neutral";
    }
    if (entry.name.startsWith("(")) return "neutral";
    return "c" + current().entries.filter((e) => !e.name.startsWith("(")).findIndex((e) => e.name === entry.name) % 8;
  }

  function describe(node) {
    const e = node.data.entry;
    let text = node.data.name + ": " + number(node.value) + " bytes " + measureName() + ", " + percent(node.value, total());
    if (node.data.bytes !== undefined) text += "; part of " + e.name;
    else if (before !== null) text += e.isNew ? "; new" : "; change " + signed(change(e)) + " bytes";
    if (e.models && node.data.bytes === undefined) text += e.models.length === 0 ? "; every crop has it" : "; needed by " + e.models.join(", ");
    return text;
  }

  // Change must not be told by colour alone.
  function mark(entry) {
    if (before === null || state.colour !== "change") return "";
    return entry.isNew ? " (new)" : change(entry) === 0 ? "" : " " + signed(change(entry));
  }

  const hasHeading = (n) => n.depth === 1 && n.children && n.x1 - n.x0 > 34 && n.y1 - n.y0 > 2 * LABEL_HEIGHT;

  function mapItem(node, parent, kind) {
    const w = node.x1 - node.x0, h = node.y1 - node.y0;
    const item = make("div", {
      class: kind, role: "treeitem", tabindex: "-1", "aria-label": describe(node),
      "aria-level": kind === "part" ? "1" : "2", "data-name": node.data.entry.name,
    });
    item.style.cssText = `left:${node.x0 - parent.x0}px;top:${node.y0 - parent.y0}px;width:${w}px;height:${h}px`;
    if (kind === "part" || state.inside !== null) item.style.backgroundColor = "var(--" + groundOf(node.data.entry) + ")";
    // A part without room for a heading is named in its largest leaf; a leaf that is alone under a heading by the part.
    const inPart = kind === "leaf" && state.inside === null;
    const borrows = inPart && !hasHeading(node.parent);
    const inLeaf = borrows ? node === node.parent.children[0] : !inPart || node.parent.children.length > 1;
    const named = kind === "part" ? hasHeading(node) : inLeaf;
    const label = (text) => item.append(make("span", { text, "aria-hidden": "true" }));
    const name = shortName(borrows ? node.data.entry.name : node.data.name);
    if (named && w > 34 && h > LABEL_HEIGHT - 1) label(kind === "part" ? name + mark(node.data.entry) : name);
    const roomForBytes = w > 46 && h > (named ? 2 : 1) * LABEL_HEIGHT;
    if (kind === "leaf" && roomForBytes && (named || !borrows)) label(number(node.value));
    item.bytes = { node, kind };
    return item;
  }
  // Of a path the file says most.
  const shortName = (name) => (name.startsWith("src/") ? name.slice(name.lastIndexOf("/") + 1) : name);

  function drawMap() {
    const map = byId("map");
    const size = { w: map.clientWidth, h: map.clientHeight };
    const root = hierarchyOf(entries());
    d3.treemap().size([size.w, size.h]).paddingInner(2).paddingTop((n) => (hasHeading(n) ? LABEL_HEIGHT : 1)).paddingLeft((n) => (n.depth === 1 ? 1 : 0))
      .paddingRight((n) => (n.depth === 1 ? 1 : 0)).paddingBottom((n) => (n.depth === 1 ? 1 : 0))(root);
    mapItems = [];
    let small = 0;
    const big = (n) => n.x1 - n.x0 >= SMALLEST && n.y1 - n.y0 >= SMALLEST || (small++, false);
    const parts = [];
    for (const n of root.children || []) {
      if (!big(n)) continue;
      const leaf = state.inside !== null;
      const item = mapItem(n, { x0: 0, y0: 0 }, leaf ? "leaf" : "part");
      mapItems.push(item);
      const leaves = (n.children || []).filter(big).map((c) => mapItem(c, { x0: n.x0 + 1, y0: n.y0 + 1 }, "leaf"));
      if (leaves.length > 0) {
        item.setAttribute("aria-expanded", "true");
        item.append(...leaves);
        mapItems.push(...leaves);
      }
      parts.push(item);
    }
    map.classList.toggle("inside", state.inside !== null);
    map.replaceChildren(...parts);
    if (mapItems.length > 0) mapItems[0].tabIndex = 0;
    drawPath(small);
  }

  function drawPath(small) {
    const path = byId("path");
    const rest = small > 0 ? ` (${small} too small to draw)` : "";
    if (state.inside === null) {
      path.replaceChildren(`by ${current().title}, ${number(total())} bytes ${measureName()}${rest}`);
    } else {
      path.replaceChildren(make("button", { type: "button", text: "all", onclick: () => enter(null) }), " \u203a " + state.inside + rest);
    }
    byId("legend").hidden = before === null || state.colour !== "change";
  }

  function enter(name) {
    const left = state.inside;
    state.inside = name;
    drawMap();
    const target = name === null ? mapItems.find((i) => i.bytes.kind === "part" && i.dataset.name === left) : mapItems[0];
    focusItem(target || mapItems[0]);
  }

  function focusItem(item) {
    if (!item) return;
    for (const i of mapItems) i.tabIndex = -1;
    item.tabIndex = 0;
    item.focus();
  }

  function onMapKey(event) {
    const at = mapItems.indexOf(document.activeElement);
    if (at < 0) return;
    const item = mapItems[at];
    const parent = item.parentElement.closest(".part");
    let next = null;
    if (event.key === "ArrowDown") next = mapItems[at + 1];
    else if (event.key === "ArrowUp") next = mapItems[at - 1];
    else if (event.key === "ArrowRight") next = item.querySelector(".leaf") || mapItems[at + 1];
    else if (event.key === "ArrowLeft") next = parent || mapItems[at - 1];
    else if (event.key === "Home") next = mapItems[0];
    else if (event.key === "End") next = mapItems[mapItems.length - 1];
    else if ((event.key === "Enter" || event.key === " ") && state.inside === null) enter(item.dataset.name);
    else if (event.key === "Escape" && state.inside !== null) enter(null);
    else return;
    event.preventDefault();
    focusItem(next);
  }

  function setUpMap() {
    const map = byId("map");
    const itemOf = (event) => event.target.closest(".part, .leaf");
    const say = (event) => {
      const item = itemOf(event);
      if (item) byId("detail").textContent = item.getAttribute("aria-label");
    };
    map.addEventListener("keydown", onMapKey);
    map.addEventListener("focusin", say);
    map.addEventListener("mouseover", say);
    map.addEventListener("click", (event) => {
      const item = itemOf(event);
      if (item && state.inside === null) enter(item.dataset.name);
    });
    new ResizeObserver(() => { if (map.clientWidth !== map.drawnWidth) { map.drawnWidth = map.clientWidth; drawMap(); } }).observe(map);
  }

  // --- tables

  // columns: {title, text(row), value(row), class(row)}; the first is a name, the others are numbers.
  function drawTable(table, columns, rows, foot, sort, onSort) {
    const c = columns[sort.column];
    const sorted = [...rows].sort((a, b) => {
      const x = c.value(a), y = c.value(b);
      return (x < y ? -1 : x > y ? 1 : 0) * (sort.down ? -1 : 1);
    });
    const head = columns.map((column, i) => make("th", {
      scope: "col", "aria-sort": i === sort.column ? (sort.down ? "descending" : "ascending") : "none",
    }, make("button", { type: "button", text: column.title, onclick: () => onSort(i) })));
    const cell = (column, row, i) => {
      const node = make(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: column.class ? column.class(row) : null },
        ...(i === 0 ? breakable(column.text(row)) : [column.text(row)]));
      if (column.share) node.append(make("span", { class: "share", "aria-hidden": "true" }, make("i", { style: "width:" + column.share(row) + "%" })));
      return node;
    };
    const body = sorted.map((row) => make("tr", { "data-name": columns[0].value(row) }, ...columns.map((column, i) => cell(column, row, i))));
    const last = columns.map((column, i) => make(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: column.class ? column.class(foot) : null,
      text: column.text(foot) }));
    const focused = table.contains(document.activeElement) ? [...table.querySelectorAll("thead button")].indexOf(document.activeElement) : -1;
    table.replaceChildren(make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body), make("tfoot", {}, make("tr", {}, ...last)));
    if (focused >= 0) table.querySelectorAll("thead button")[focused].focus();
  }

  const nextSort = (sort, column) => (sort.column === column ? { column, down: !sort.down } : { column, down: column > 0 });

  function sum(rows, name) {
    const foot = { name, bytes: 0, file: 0, old: { bytes: 0, file: 0 } };
    for (const r of rows) {
      foot.bytes += r.bytes;
      foot.file += r.file;
      foot.old.bytes += r.old.bytes;
      foot.old.file += r.old.file;
    }
    return foot;
  }

  function drawBytes() {
    const all = entries();
    const words = state.filter.toLowerCase();
    const rows = all.filter((e) => e.name.toLowerCase().includes(words));
    const columns = [
      { title: current().title, text: (e) => e.name, value: (e) => e.name },
      { title: "loaded", text: (e) => number(e.bytes), value: (e) => e.bytes },
      { title: "in the file", text: (e) => number(e.file), value: (e) => e.file },
      { title: "share", text: (e) => percent(e[state.measure], total()), value: (e) => e[state.measure], share: (e) => 100 * e[state.measure] / total() },
    ];
    if (before !== null) {
      columns.push({ title: "before", text: (e) => number(e.old[state.measure]), value: (e) => e.old[state.measure] },
        { title: "change", text: (e) => (e.isNew ? "new " : "") + signed(change(e)), value: change, class: (e) => direction(change(e)) });
    }
    if (state.sort === null) state.sort = { column: before === null ? 1 : 5, down: true };
    const foot = sum(rows, rows.length === all.length ? "sum" : `sum of ${rows.length} of ${all.length}`);
    drawTable(byId("table"), columns, rows, foot, state.sort, (i) => {
      state.sort = nextSort(state.sort, i);
      drawBytes();
    });
  }

  const modelFields = [["file", "file"], ["constants", "constants"], ["graph", "graph"], ["arena", "arena"], ["private weights", "private_weights"],
    ["bookkeeping", "bookkeeping"]];
  let modelSort = { column: 1, down: true };
  function drawModels() {
    if (data.models.length === 0) return;
    byId("models-section").hidden = false;
    const columns = [{ title: "model", text: (m) => m.name + (m.source ? " (from " + m.source + ")" : ""), value: (m) => m.name }];
    const foot = { name: "sum" };
    for (const [title, field] of modelFields) {
      columns.push({ title, text: (m) => number(m[field]), value: (m) => m[field] });
      foot[field] = data.models.reduce((n, m) => n + m[field], 0);
    }
    // The savings of two models do not add up: what both need goes with the second.
    if (data.marginal !== null) {
      for (const [title, field] of [["dropping it saves, loaded", "saves"], ["in the file", "saves_file"]])
        columns.push({ title, text: (m) => (m[field] === undefined ? "" : (m[field] < 0 ? "\u2212" : "") + number(m[field])), value: (m) => m[field] });
      byId("models-note").textContent = ["Dropping one model, the others planned anew.", ...data.marginal].join(" ");
      byId("models-note").hidden = false;
    }
    drawTable(byId("models"), columns, data.models, foot, modelSort, (i) => {
      modelSort = nextSort(modelSort, i);
      drawModels();
    });
  }

  // --- choices

  function readHash() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (data.keys.some((k) => k.key === wanted.get("by"))) state.key = wanted.get("by");
    if (wanted.get("count") === "file") state.measure = "file";
  }

  function setUpChoices() {
    byId("keys").replaceChildren(...data.keys.map((k) => make("label", {},
      make("input", { type: "radio", name: "key", value: k.key }), make("span", { text: k.title }))));
    byId("colouring").hidden = before === null;
    byId("legend").replaceChildren(...[["up", "grew"], ["down", "shrank"], ["fresh", "new"], ["neutral", "as before"]].map(([ground, text]) =>
      make("span", {}, make("i", { style: "background:var(--" + ground + ")" }), text)));
    const form = byId("choices");
    form.elements.key.value = state.key;
    form.elements.measure.value = state.measure;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      const key = form.elements.key.value;
      if (key !== state.key) state.inside = null;
      Object.assign(state, { key, measure: form.elements.measure.value, colour: form.elements.colour.value });
      history.replaceState(null, "", "#by=" + state.key + (state.measure === "file" ? "&count=file" : ""));
      drawMap();
      drawBytes();
    });
    byId("filter").addEventListener("input", (event) => {
      state.filter = event.target.value;
      drawBytes();
    });
    byId("table").addEventListener("mouseover", (event) => {
      const row = event.target.closest("tbody tr");
      for (const i of mapItems) i.classList.toggle("on", row !== null && i.bytes.kind === "part" && i.dataset.name === row.dataset.name);
    });
    byId("table").addEventListener("mouseleave", () => mapItems.forEach((i) => i.classList.remove("on")));
    const scheme = byId("scheme");
    if (["light", "dark"].includes(stored())) scheme.value = stored();
    scheme.addEventListener("change", () => {
      stored(scheme.value);
      applyScheme();
    });
    systemIsDark.addEventListener("change", applyScheme);
  }

  readHash();
  setUpChoices();
  applyScheme();
  document.title = "Where the bytes went: " + data.library.path;
  drawTotals();
  setUpMap();
  drawMap();
  drawBytes();
  drawModels();
  document.documentElement.dataset.ready = "yes";
})();
