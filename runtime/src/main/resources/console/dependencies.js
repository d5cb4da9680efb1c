// The page of dependencies: its map, its table, and what is declared weak and behaves strong.

import { age, announce, count, element, fill, number, percent, poll, time } from "./console.js";
import { DependencyMap } from "./map.js";

const HEALTH = { good: "● good", impaired: "▲ impaired", bad: "✕ bad", idle: "○ idle" };

const place = (id) => document.getElementById(id);
const name = (edge) => `${edge.function} → ${edge.name}`;
const keyOf = (functionName, dependency) => JSON.stringify([functionName, dependency]);

/** One row of the table for each dependency of a function; kept, so that focus stays where it is. */
class Table {
  #rows = new Map();
  #body = place("evidence");
  #select;

  constructor(select) {
    this.#select = select;
  }

  show(edges, selected) {
    const keys = new Set(edges.map((edge) => edge.key));
    for (const [gone, row] of this.#rows) {
      if (!keys.has(gone)) {
        row.line.remove();
        this.#rows.delete(gone);
      }
    }
    edges.forEach((edge, index) => this.#row(edge, index).show(edge, edge.key === selected));
  }

  focus(edgeKey) {
    this.#rows.get(edgeKey)?.button.focus();
  }

  #row(edge, index) {
    let row = this.#rows.get(edge.key);
    if (!row) {
      row = new Row(edge, () => this.#select(edge.key));
      this.#rows.set(edge.key, row);
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
    this.#cell("Latency", [
      `p50 ${time(edge.p50Millis)}`,
      [`p99 ${time(edge.p99Millis)}`, null],
      `${percent(edge.shareOfTime)} of its time`,
    ]);
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
  const sure = edge.verdict === "unknown" ? null : confidence(edge);
  const declared = edge.declared === "undeclared" ? "not declared" : `declared ${edge.declared}`;
  return [
    [edge.verdict, `verdict ${edge.verdict}`],
    edge.mismatch ? [`⚠ ${declared}`, "warning"] : declared,
    sure,
  ];
}

/** Nothing measured is wholly sure. */
function confidence(edge) {
  return `${percent(Math.min(edge.confidence, 0.999))} sure`;
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
    edge.reason ? `Unknown: ${edge.reason}` : null,
    range(edge.difference),
    [seen, edge.drilled ? "with a drill" : null].filter((part) => part !== null).join(", ") || null,
  ];
}

function range(difference) {
  if (!difference) {
    return null;
  }
  return `Difference between ${percent(difference.low)} and ${percent(difference.high)}`;
}

/** The whole page. */
class Page {
  #edges = [];
  #mismatched = new Set();
  #selected = null;
  #only = "";
  #table = new Table((key) => this.#choose(key));
  #map = new DependencyMap(place("map"), {
    choose: (key) => this.#choose(key),
    open: (key) => this.#table.focus(key),
  });

  constructor() {
    place("function").addEventListener("change", (event) => {
      this.#only = event.target.value;
      this.#draw();
    });
  }

  show(report) {
    this.#edges = report.functions.flatMap((each) =>
      each.dependencies.map((edge) => ({
        ...edge,
        function: each.name,
        key: keyOf(each.name, edge.name),
      })),
    );
    this.#mismatched = new Set(
      report.declaredWeakBehavesStrong.map((each) => keyOf(each.function, each.dependency)),
    );
    this.#draw();
  }

  #draw() {
    this.#filter([...new Set(this.#edges.map((edge) => edge.function))]);
    const shown = this.#edges.filter((edge) => this.#only === "" || edge.function === this.#only);
    const selected = shown.find((edge) => edge.key === this.#selected);
    this.#selected = selected?.key ?? null;
    place("empty").hidden = shown.length > 0;
    place("map").hidden = shown.length === 0;
    place("selected").hidden = !selected;
    place("selected").textContent = selected ? sentence(selected) : "";
    this.#mismatches();
    this.#table.show(shown, this.#selected);
    this.#map.show(shown, this.#selected);
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
    const found = this.#edges.filter((edge) => this.#mismatched.has(edge.key));
    place("mismatches").dataset.found = found.length > 0;
    fill(
      place("mismatch-list"),
      found.map((edge) => [edge.key, edge.evidence]),
      () =>
        found.length === 0
          ? element("p", { class: "calm" }, "None.")
          : element("ul", {}, found.map((edge) => this.#mismatch(edge))),
    );
  }

  #mismatch(edge) {
    const button = element("button", { type: "button", class: "name" }, name(edge));
    button.addEventListener("click", () => {
      this.#only = "";
      this.#selected = null;
      this.#choose(edge.key);
      this.#table.focus(edge.key);
    });
    return element("li", {}, button, element("span", { class: "said" }, edge.evidence));
  }

  /** Chooses a line; one that is chosen already is let go. */
  #choose(key) {
    this.#selected = key === this.#selected ? null : key;
    this.#draw();
    const edge = this.#edges.find((each) => each.key === this.#selected);
    announce(edge ? sentence(edge) : "Nothing selected");
  }
}

function sentence(edge) {
  const behaves =
    edge.verdict === "unknown" ? "unknown" : `${edge.verdict}, ${confidence(edge)}`;
  const said = edge.evidence || edge.reason || "No evidence yet.";
  return `${name(edge)}: ${behaves}. ${said}`;
}

const page = new Page();
poll("../dependencies", (report) => page.show(report));
