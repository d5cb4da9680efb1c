// The page of dependencies: its map, its table, and what is declared weak and behaves strong.

import { age, announce, count, element, fill, number, percent, poll, time } from "./console.js";
import { DependencyMap } from "./map.js";

const HEALTH = { good: "● good", impaired: "▲ impaired", bad: "✕ bad", idle: "○ idle" };

const place = (id) => document.getElementById(id);
const name = (edge) => `${edge.function} → ${edge.name}`;
const key = (edge) => JSON.stringify([edge.function, edge.name]);

/** One row of the table for each dependency of a function; kept, so that focus stays where it is. */
class Table {
  #rows = new Map();
  #body = place("evidence");
  #select;

  constructor(select) {
    this.#select = select;
  }

  show(edges, selected) {
    const keys = new Set(edges.map(key));
    for (const [gone, row] of this.#rows) {
      if (!keys.has(gone)) {
        row.line.remove();
        this.#rows.delete(gone);
      }
    }
    edges.forEach((edge, index) => this.#row(edge, index).show(edge, key(edge) === selected));
  }

  focus(edgeKey) {
    this.#rows.get(edgeKey)?.button.focus();
  }

  #row(edge, index) {
    const edgeKey = key(edge);
    let row = this.#rows.get(edgeKey);
    if (!row) {
      row = new Row(edge, () => this.#select(edgeKey));
      this.#rows.set(edgeKey, row);
    }
    if (this.#body.children[index] !== row.line) {
      this.#body.insertBefore(row.line, this.#body.children[index] ?? null);
    }
    return row;
  }
}

class Row {
  #cells = {};

  constructor(edge, select) {
    this.button = element("button", { type: "button", class: "name" }, name(edge));
    this.button.addEventListener("click", select);
    this.line = element("tr", { role: "row" });
    this.line.append(element("th", { role: "rowheader", scope: "row" }, this.button));
    for (const [label, isFigure] of [
      ["Behaves", false],
      ["Health", false],
      ["Calls", true],
      ["Errors", true],
      ["Latency", true],
      ["Share of time", true],
      ["Evidence", false],
    ]) {
      this.#cells[label] = element("td", {
        role: "cell",
        "data-label": label,
        class: isFigure ? "figure" : null,
      });
      this.line.append(this.#cells[label]);
    }
  }

  show(edge, selected) {
    this.line.dataset.selected = selected;
    this.button.setAttribute("aria-pressed", String(selected));
    this.#cell("Behaves", behaviour(edge));
    this.#cell("Health", health(edge));
    this.#cell("Calls", [`${number(edge.callsPerSecond)}/s`, `${count(edge.calls)} in all`]);
    this.#cell("Errors", errors(edge));
    this.#cell("Latency", [`p50 ${time(edge.p50Millis)}`, `p99 ${time(edge.p99Millis)}`]);
    this.#cell("Share of time", [percent(edge.shareOfTime)]);
    this.#cell("Evidence", evidence(edge));
  }

  /** The first line stands out; a line is a text, or a text with a class. */
  #cell(label, lines) {
    const shown = lines.filter((line) => line !== null);
    fill(this.#cells[label], shown, () =>
      shown.map((line, index) => {
        const [text, style] = Array.isArray(line) ? line : [line, index === 0 ? null : "minor"];
        return element("span", { class: style }, text);
      }),
    );
  }
}

function behaviour(edge) {
  const sure = edge.verdict === "unknown" ? null : `${percent(edge.confidence)} sure`;
  const declared = edge.declared === "undeclared" ? "not declared" : `declared ${edge.declared}`;
  return [
    [edge.verdict, `verdict ${edge.verdict}`],
    edge.mismatch ? [`⚠ ${declared}`, "warning"] : declared,
    sure,
  ];
}

function health(edge) {
  const breaker = edge.breaker === "closed" ? null : `breaker ${edge.breaker}`;
  return [[HEALTH[edge.health] ?? edge.health, edge.health], breaker];
}

function errors(edge) {
  const some = (value, what) => (value > 0 ? `${count(value)} ${what}` : null);
  return [
    percent(edge.errorRate),
    some(edge.failures, "failed"),
    some(edge.refused, "refused"),
    some(edge.fallbacks, "fell back"),
    some(edge.retries, "retried"),
  ];
}

function evidence(edge) {
  const seen =
    edge.oldestSeconds === null
      ? null
      : `seen from ${age(edge.oldestSeconds)} to ${age(edge.newestSeconds)} ago`;
  return [
    [edge.evidence || "None yet.", null],
    edge.reason ? `Unknown because ${edge.reason}` : null,
    range(edge.difference),
    [seen, edge.drilled ? "with a drill" : null].filter((part) => part !== null).join(", ") || null,
  ];
}

function range(difference) {
  if (!difference) {
    return null;
  }
  return `Its failure makes the function fail ${percent(difference.low)} to ${percent(difference.high)} more often.`;
}

/** The whole page. */
class Page {
  #edges = [];
  #report = { functions: [], declaredWeakBehavesStrong: [] };
  #selected = null;
  #only = "";
  #table = new Table((edgeKey) => this.#choose(edgeKey));
  #map = new DependencyMap(place("map"), {
    choose: (edgeKey) => this.#choose(edgeKey),
    open: (edgeKey) => this.#table.focus(edgeKey),
  });

  constructor() {
    place("function").addEventListener("change", (event) => {
      this.#only = event.target.value;
      this.#draw();
    });
  }

  show(report) {
    this.#report = report;
    this.#draw();
  }

  #draw() {
    const functions = this.#report.functions.filter((each) => each.dependencies.length > 0);
    this.#filter(functions.map((each) => each.name));
    this.#edges = functions
      .filter((each) => this.#only === "" || each.name === this.#only)
      .flatMap((each) => each.dependencies.map((edge) => ({ ...edge, function: each.name })));
    if (!this.#edges.some((edge) => key(edge) === this.#selected)) {
      this.#selected = null;
    }
    place("empty").hidden = this.#edges.length > 0;
    place("map").hidden = this.#edges.length === 0;
    this.#mismatches();
    this.#table.show(this.#edges, this.#selected);
    this.#map.show(
      this.#edges.map((edge) => ({ ...edge, key: key(edge) })),
      this.#selected,
    );
    this.#sentence();
  }

  #filter(names) {
    if (!names.includes(this.#only)) {
      this.#only = "";
    }
    place("map-filter").hidden = names.length < 2;
    fill(place("function"), names, () => [
      element("option", { value: "" }, "all"),
      ...names.map((each) => element("option", { value: each }, each)),
    ]);
    place("function").value = this.#only;
  }

  #mismatches() {
    const found = this.#report.declaredWeakBehavesStrong;
    place("mismatches").dataset.found = found.length > 0;
    fill(place("mismatch-list"), found, () =>
      found.length === 0
        ? element("p", { class: "calm" }, "None.")
        : element("ul", {}, found.map((each) => this.#mismatch(each))),
    );
  }

  #mismatch(found) {
    const edgeKey = JSON.stringify([found.function, found.dependency]);
    const button = element(
      "button",
      { type: "button", class: "name" },
      `${found.function} → ${found.dependency}`,
    );
    button.addEventListener("click", () => {
      this.#only = "";
      this.#choose(edgeKey);
      this.#table.focus(edgeKey);
    });
    return element("li", {}, button);
  }

  #choose(edgeKey) {
    this.#selected = edgeKey === this.#selected ? null : edgeKey;
    this.#draw();
    const edge = this.#edges.find((each) => key(each) === this.#selected);
    announce(edge ? sentence(edge) : "Nothing selected");
  }

  #sentence() {
    const edge = this.#edges.find((each) => key(each) === this.#selected);
    place("selected").hidden = !edge;
    place("selected").textContent = edge ? sentence(edge) : "";
  }
}

function sentence(edge) {
  const behaves =
    edge.verdict === "unknown" ? "unknown" : `${edge.verdict}, ${percent(edge.confidence)} sure`;
  const said = edge.evidence || edge.reason || "No evidence yet.";
  return `${name(edge)}: ${behaves}. ${said}`;
}

const page = new Page();
poll("../dependencies", (report) => page.show(report));
