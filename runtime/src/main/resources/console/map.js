// Draws functions on the left, what they depend on at the right, and the lines between them.

import cytoscape from "./cytoscape.esm.min.mjs";

const GLYPH = { good: "●", impaired: "▲", bad: "✕", idle: "○" };

/** What a line is made of, by its width: dashes and gaps. Dots are dashes without length. */
const DASHES = {
  strong: () => [1, 0],
  weak: (width) => [6 + 1.2 * width, 5 + 0.6 * width],
  unknown: (width) => [0.1, 3 + 1.4 * width],
};

const PORT = 24; // between two lines at a node
const GAP = 18; // between two nodes
const LEAST_HEIGHT = 44;
const MARGIN = 12;
const NARROW = 600;
const WIDEST = 860;
const TALLEST = 12000; // what every browser can draw
const THINNEST = 2;
const THICKEST = { wide: 9, narrow: 5 };

export class DependencyMap {
  #container;
  #listener;
  #cy;
  #colours = {};
  #edges = [];
  #selected = null;
  #drawn = "";

  /**
   * @param container where to draw; it has to be focusable
   * @param listener told of the keys of edges: choose(key) or choose(null), open(key)
   */
  constructor(container, listener) {
    this.#container = container;
    this.#listener = listener;
    this.#cy = cytoscape({
      container,
      userZoomingEnabled: false,
      userPanningEnabled: false,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
    });
    this.#cy.on("tap", "edge", (event) => listener.choose(event.target.id()));
    container.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#redraw()).observe(container);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => this.#redraw());
    }
  }

  show(edges, selected) {
    this.#edges = edges;
    this.#selected = selected;
    this.#draw();
  }

  #redraw() {
    this.#drawn = "";
    this.#draw();
  }

  #draw() {
    const width = this.#container.clientWidth;
    if (width === 0 || this.#edges.length === 0) {
      return;
    }
    const isNarrow = width < NARROW;
    const layout = arrange(this.#edges, width);
    const structure = JSON.stringify([width, layout]);
    if (structure !== this.#drawn) {
      this.#drawn = structure;
      this.#rebuild(layout);
    }
    const most = Math.max(1, ...this.#edges.map((edge) => edge.calls));
    this.#cy.batch(() =>
      this.#edges.forEach((edge) => this.#cy.$id(edge.key).data(look(edge, most, isNarrow))),
    );
    this.#highlight();
  }

  #rebuild(layout) {
    this.#container.style.height = `${layout.height}px`;
    this.#cy.resize();
    this.#cy.elements().remove();
    this.#cy.style(style(this.#palette()));
    this.#cy.add([...layout.nodes, ...layout.edges]);
    this.#cy.viewport({ zoom: layout.zoom, pan: { x: 0, y: 0 } });
  }

  #highlight() {
    this.#cy.elements().removeClass("chosen faded");
    const chosen = this.#selected === null ? null : this.#cy.$id(this.#selected);
    if (chosen?.nonempty()) {
      const kept = chosen.union(chosen.connectedNodes());
      this.#cy.elements().difference(kept).addClass("faded");
      chosen.addClass("chosen");
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const keys = this.#edges.map((edge) => edge.key);
    if (step !== undefined && keys.length > 0) {
      const at = keys.indexOf(this.#selected);
      const next = at < 0 ? (step > 0 ? 0 : keys.length - 1) : at + step;
      this.#move(keys[Math.min(Math.max(next, 0), keys.length - 1)]);
    } else if (event.key === "Home" || event.key === "End") {
      this.#move(event.key === "Home" ? keys[0] : keys[keys.length - 1]);
    } else if (event.key === "Enter" && this.#selected !== null) {
      this.#listener.open(this.#selected);
    } else if (event.key === "Escape" && this.#selected !== null) {
      this.#listener.choose(this.#selected);
    } else {
      return;
    }
    event.preventDefault();
  }

  #move(edgeKey) {
    if (edgeKey !== undefined && edgeKey !== this.#selected) {
      this.#listener.choose(edgeKey);
    }
  }

  /** The page's colours as the browser resolves them, in either scheme and in forced colours. */
  #palette() {
    const probe = document.createElement("span");
    this.#container.parentElement.append(probe);
    for (const name of ["text", "muted", "surface", "tint", "line", "accent", "good", "impaired", "bad", "idle"]) {
      probe.style.color = `var(--${name})`;
      this.#colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return this.#colours;
  }
}

/** What changes from one look to the next. */
function look(edge, most, isNarrow) {
  const thickest = isNarrow ? THICKEST.narrow : THICKEST.wide;
  const glyph = GLYPH[edge.health] ?? "";
  const rate = edge.health === "good" || edge.health === "idle" ? edge.health : share(edge);
  return {
    verdict: edge.verdict,
    health: edge.health,
    width: THINNEST + (thickest - THINNEST) * Math.sqrt(edge.calls / most),
    note: isNarrow ? glyph : `${glyph} ${rate}`,
    warning: edge.mismatch ? (isNarrow ? "⚠" : `⚠ declared ${edge.declared}`) : "",
  };
}

function share(edge) {
  if (edge.breaker === "open") {
    return "breaker open";
  }
  return `${Number((edge.errorRate * 100).toFixed(edge.errorRate < 0.1 ? 1 : 0))} % errors`;
}

/** Where everything stands; the same for the same edges and width, so that nothing jumps. */
function arrange(edges, width) {
  const wide = Math.min(width, WIDEST);
  const nodeWidth = 2 * Math.round(Math.max(96, Math.min(200, wide * 0.29)) / 2);
  const left = Math.round((width - wide) / 2 + MARGIN + nodeWidth / 2);
  const right = Math.round((width + wide) / 2 - MARGIN - nodeWidth / 2);

  const functions = group(edges, (edge) => edge.function);
  const rank = new Map([...functions.keys()].map((name, index) => [name, index]));
  const targets = byMeanRank(group(edges, (edge) => edge.name), (edge) => rank.get(edge.function));
  const position = new Map([...targets.keys()].map((name, index) => [name, index]));
  for (const list of functions.values()) {
    list.sort((a, b) => position.get(a.name) - position.get(b.name));
  }

  const height = Math.max(tall(functions), tall(targets));
  const from = stack(functions, left, height);
  const to = stack(targets, right, height);
  return {
    height: Math.min(height, TALLEST),
    zoom: Math.min(1, TALLEST / height),
    nodes: [...nodes(from, "function", nodeWidth), ...nodes(to, "dependency", nodeWidth)],
    edges: edges.map((edge) => line(edge, from.get(edge.function), to.get(edge.name), nodeWidth)),
  };
}

function group(edges, by) {
  const groups = new Map();
  for (const edge of edges) {
    groups.set(by(edge), [...(groups.get(by(edge)) ?? []), edge]);
  }
  return groups;
}

/** Dependencies in the order of those who call them, so that lines cross little. */
function byMeanRank(groups, rank) {
  const mean = (list) => list.reduce((sum, edge) => sum + rank(edge), 0) / list.length;
  return new Map([...groups].sort(([, a], [, b]) => mean(a) - mean(b)));
}

const nodeHeight = (list) => Math.max(LEAST_HEIGHT, list.length * PORT + 14);

function tall(groups) {
  return [...groups.values()].reduce((sum, list) => sum + nodeHeight(list) + GAP, 2 * MARGIN - GAP);
}

/** Nodes one below the other, spread over the height. */
function stack(groups, x, height) {
  const spare = (height - tall(groups)) / groups.size;
  let top = MARGIN;
  const placed = new Map();
  for (const [name, list] of groups) {
    const own = nodeHeight(list);
    placed.set(name, { x, y: Math.round(top + spare / 2 + own / 2), height: own, list });
    top += own + GAP + spare;
  }
  return placed;
}

function nodes(placed, kind, width) {
  return [...placed].map(([name, { x, y, height }]) => ({
    group: "nodes",
    data: { id: `${kind}:${name}`, label: name, kind, width, height },
    position: { x, y },
  }));
}

/** A line from a place of its own at the function to one at the dependency, level at both ends. */
function line(edge, from, to, nodeWidth) {
  const startOffset = port(from.list, edge);
  const endOffset = port(to.list, edge);
  const start = { x: from.x + nodeWidth / 2, y: from.y + startOffset };
  const end = { x: to.x - nodeWidth / 2, y: to.y + endOffset };
  const bend = (end.x - start.x) * 0.45;
  const controls = [
    { x: start.x + bend, y: start.y },
    { x: end.x - bend, y: end.y },
  ].map((point) => relative(point, start, end));
  return {
    group: "edges",
    data: {
      id: edge.key,
      source: `function:${edge.function}`,
      target: `dependency:${edge.name}`,
      start: `50% ${startOffset}px`,
      end: `-50% ${endOffset}px`,
      weights: controls.map(([weight]) => weight),
      distances: controls.map(([, distance]) => distance),
    },
  };
}

function port(list, edge) {
  return (list.findIndex((each) => each.key === edge.key) - (list.length - 1) / 2) * PORT;
}

/** A point as share of the way from start to end, and distance from it. */
function relative(point, start, end) {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const [px, py] = [point.x - start.x, point.y - start.y];
  const length = Math.hypot(dx, dy);
  return [(px * dx + py * dy) / (length * length), (py * dx - px * dy) / length];
}

function style(colour) {
  const font = getComputedStyle(document.body).fontFamily;
  const label = {
    "font-family": font,
    "font-size": 12,
    "text-background-color": colour.surface,
    "text-background-opacity": 1,
    "text-background-padding": 3,
  };
  const health = ["good", "impaired", "bad", "idle"].map((name) => ({
    selector: `edge[health = "${name}"]`,
    style: {
      color: colour[name],
      "line-color": colour[name],
      "target-arrow-color": colour[name],
    },
  }));
  const verdict = Object.entries(DASHES).map(([name, dashes]) => ({
    selector: `edge[verdict = "${name}"]`,
    style: {
      "line-style": name === "strong" ? "solid" : "dashed",
      "line-dash-pattern": (edge) => dashes(edge.data("width") ?? THINNEST),
      "line-cap": name === "unknown" ? "round" : "butt",
    },
  }));
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: "data(height)",
        label: "data(label)",
        color: colour.text,
        "font-family": font,
        "font-size": 13,
        "text-valign": "center",
        "text-halign": "center",
        "text-wrap": "ellipsis",
        "text-max-width": (node) => `${node.data("width") - 16}px`,
        "background-color": colour.surface,
        "border-width": 1,
        "border-color": colour.line,
      },
    },
    { selector: 'node[kind = "function"]', style: { "background-color": colour.tint, "font-weight": 600 } },
    {
      selector: "edge",
      style: {
        ...label,
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "source-endpoint": "data(start)",
        "target-endpoint": "data(end)",
        "control-point-weights": "data(weights)",
        "control-point-distances": "data(distances)",
        width: (edge) => edge.data("width") ?? THINNEST,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        "target-label": (edge) => edge.data("note") ?? "",
        "target-text-offset": (edge) => 22 + (edge.data("note") ?? "").length * 3.4,
        "source-label": (edge) => edge.data("warning") ?? "",
        "source-text-offset": (edge) => 14 + (edge.data("warning") ?? "").length * 3.4,
      },
    },
    ...health,
    ...verdict,
    { selector: 'edge[verdict = "unknown"]', style: { "line-color": colour.idle } },
    { selector: ".faded", style: { opacity: 0.25 } },
    { selector: ".chosen", style: { "underlay-color": colour.accent, "underlay-opacity": 0.25, "underlay-padding": 5 } },
  ];
}
