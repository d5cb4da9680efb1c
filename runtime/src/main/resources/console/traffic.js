// The page of traffic: for each function what the host carries, what is asked, and the curve.

import { age, element, fill, number, percent, poll, time } from "./console.js";

const place = (id) => document.getElementById(id);

const WIDTH = 560;
const HEIGHT = 250;
const LEFT = 58;
const RIGHT = 58;
const TOP = 14;
const BOTTOM = 40;
const LAW_POINTS = 60;

/** An element of a drawing. */
function draw(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Round ends and steps for an axis from 0 that reaches a value. */
function axis(most) {
  const rough = Math.max(most, 1e-9) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * [1, 2, 2.5, 5, 10].find((factor) => factor * size >= rough * (1 - 1e-9));
  const steps = Math.ceil(most / step - 1e-9) || 1;
  return { end: steps * step, ticks: Array.from({ length: steps + 1 }, (_, i) => i * step) };
}

/** Throughput at a concurrency by the Universal Scalability Law. */
function law(fit, concurrency) {
  const others = concurrency - 1;
  return (
    (fit.lambda * concurrency) / (1 + fit.sigma * others + fit.kappa * concurrency * others)
  );
}

/** Throughput and latency over concurrency, with the safe point and today's demand. */
class Curve {
  #function;
  #points;
  #x;
  #throughput;
  #latency;

  constructor(traffic) {
    this.#function = traffic;
    this.#points = traffic.curve;
    const safe = traffic.safeConcurrency;
    const rate = traffic.safeThroughput;
    const most = (values) => Math.max(...values, 0);
    this.#x = axis(
      most([...this.#points.map((p) => p.concurrency), safe?.high ?? 0, traffic.demand.offeredConcurrency]),
    );
    this.#throughput = axis(
      most([...this.#points.map((p) => p.perSecond), rate?.high ?? 0, traffic.demand.offeredPerSecond]),
    );
    this.#latency = axis(
      most([...this.#points.map((p) => p.latencyMillis), traffic.latencyAtSafeMillis?.value ?? 0]),
    );
  }

  /** The drawing, which tells nothing that the words beside it do not. */
  picture() {
    const svg = draw("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: "curve",
      role: "img",
      "aria-label": this.#said(),
    });
    svg.append(...this.#axes(), ...this.#safe(), ...this.#lines(), ...this.#demand());
    return svg;
  }

  #said() {
    const rate = this.#function.safeThroughput;
    const knee = rate
      ? ` The safe point is at ${number(this.#function.safeConcurrency.value)} in flight, ${number(rate.value)} per second.`
      : " The safe point is not known.";
    return `Throughput and latency of ${this.#function.name} by requests in flight.${knee}`;
  }

  #left(concurrency) {
    return LEFT + (Math.min(concurrency, this.#x.end) / this.#x.end) * (WIDTH - LEFT - RIGHT);
  }

  #top(value, scale) {
    return HEIGHT - BOTTOM - (Math.min(value, scale.end) / scale.end) * (HEIGHT - TOP - BOTTOM);
  }

  #axes() {
    const bottom = HEIGHT - BOTTOM;
    const label = (x, y, anchor, style, text) =>
      draw("text", { x, y, "text-anchor": anchor, class: style }, text);
    return [
      ...this.#throughput.ticks.map((tick) => {
        const y = this.#top(tick, this.#throughput);
        return draw("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "grid" });
      }),
      ...this.#throughput.ticks.map((tick) =>
        label(LEFT - 6, this.#top(tick, this.#throughput) + 4, "end", "throughput", number(tick)),
      ),
      ...this.#latency.ticks.map((tick) =>
        label(WIDTH - RIGHT + 6, this.#top(tick, this.#latency) + 4, "start", "latency", number(tick)),
      ),
      ...this.#x.ticks.map((tick) =>
        label(this.#left(tick), bottom + 16, "middle", "", number(tick)),
      ),
      label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", "", "requests in flight"),
    ];
  }

  /** A band for the interval of the safe concurrency, and a line at its value. */
  #safe() {
    const safe = this.#function.safeConcurrency;
    if (!safe) {
      return [];
    }
    const low = this.#left(safe.low);
    const x = this.#left(safe.value);
    const height = HEIGHT - TOP - BOTTOM;
    return [
      draw("rect", {
        x: low,
        y: TOP,
        width: Math.max(1, this.#left(safe.high) - low),
        height,
        class: "safe-band",
      }),
      draw("line", { x1: x, x2: x, y1: TOP, y2: TOP + height, class: "safe-line" }),
      draw("circle", {
        cx: x,
        cy: this.#top(this.#function.safeThroughput.value, this.#throughput),
        r: 5,
        class: "knee",
      }),
    ];
  }

  #lines() {
    const path = (points, style) =>
      draw("polyline", { points: points.map((p) => p.join(",")).join(" "), class: style });
    const at = (point, value, scale) => [this.#left(point.concurrency), this.#top(value, scale)];
    const drawn = [
      path(
        this.#points.map((p) => at(p, p.latencyMillis, this.#latency)),
        "line latency",
      ),
      ...this.#points.map((p) => {
        const [cx, cy] = at(p, p.perSecond, this.#throughput);
        return draw("circle", { cx, cy, r: 2.5, class: "seen" });
      }),
    ];
    const fit = this.#function.fit;
    const throughput =
      fit.kind === "usl"
        ? Array.from({ length: LAW_POINTS + 1 }, (_, i) => {
            const concurrency = (this.#x.end * i) / LAW_POINTS;
            return [this.#left(concurrency), this.#top(law(fit, concurrency), this.#throughput)];
          })
        : this.#points.map((p) => at(p, p.perSecond, this.#throughput));
    return [...drawn, path(throughput, "line throughput")];
  }

  #demand() {
    const offered = this.#function.demand.offeredPerSecond;
    const y = this.#top(offered, this.#throughput);
    return [draw("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "demand-line" })];
  }
}

const BOTTLENECKS = {
  processors: "the host's processors: more hosts help",
  dependency: "a dependency: more hosts need not help",
  hidden: "something inside the function, such as a pool",
  unknown: "not known",
};

/** A number with its interval and its age. */
function estimate(it, show) {
  return it === null
    ? ["not known"]
    : [
        show(it.value),
        `${show(it.low)} to ${show(it.high)}, ${it.source} ${age(it.ageSeconds)} ago`,
      ];
}

function state(utilization) {
  if (utilization === null) {
    return ["idle", "○ not known"];
  }
  if (utilization > 1) {
    return ["bad", "✕ more than it carries"];
  }
  return utilization > 0.8 ? ["impaired", "▲ less than a fifth left"] : ["good", "● room left"];
}

/** A bar for a share; beyond 1 it is full, and the words tell how much. */
function meter(share, label) {
  const bar = element("div", { class: "meter", role: "img", "aria-label": `${label}: ${percent(share)}` });
  const filled = element("div", { class: `filled ${state(share)[0]}` });
  filled.style.width = `${Math.min(1, share ?? 0) * 100}%`;
  bar.append(filled);
  return bar;
}

function facts(traffic) {
  const perSecond = (value) => `${number(value)}/s`;
  const demand = traffic.demand;
  const levels = Object.entries(demand.byCriticality)
    .filter(([, value]) => value > 0)
    .map(([level, value]) => `${level} ${perSecond(value)}`);
  const soon = traffic.forecast.map(
    (it) => `${perSecond(it.perSecond)} in ${age(it.inSeconds)} (${number(it.low)} to ${number(it.high)})`,
  );
  const [style, words] = state(traffic.utilization);
  return [
    ["Safe throughput", estimate(traffic.safeThroughput, perSecond)],
    ["in flight there", estimate(traffic.safeConcurrency, number)],
    ["latency there", estimate(traffic.latencyAtSafeMillis, time)],
    ["Demand", [perSecond(demand.offeredPerSecond), ...levels]],
    ["refused", [perSecond(demand.refusedPerSecond)]],
    ["Expected", soon.length > 0 ? soon : ["not known"]],
    ["Utilization", [percent(traffic.utilization), [words, style]]],
    ["Head-room", [percent(traffic.headroom)]],
    ["What ends it", [BOTTLENECKS[traffic.bottleneck] ?? traffic.bottleneck]],
  ];
}

function list(traffic) {
  return element(
    "dl",
    { class: "facts" },
    facts(traffic).flatMap(([term, lines]) => [
      element("dt", {}, term),
      element(
        "dd",
        {},
        lines.map((line, index) => {
          const [text, style] = Array.isArray(line) ? line : [line, index === 0 ? null : "minor"];
          return element("span", { class: style }, text);
        }),
      ),
    ]),
  );
}

function drawing(traffic) {
  if (traffic.curve.length === 0) {
    return element("p", { class: "note" }, "No curve yet: too little has been seen.");
  }
  return element(
    "figure",
    {},
    new Curve(traffic).picture(),
    element(
      "figcaption",
      { class: "keys" },
      element("span", { class: "key throughput" }, "throughput, per second"),
      element("span", { class: "key latency" }, "latency, ms"),
      element("span", { class: "key safe" }, "safe concurrency"),
      element("span", { class: "key demand" }, "today's demand"),
    ),
  );
}

function card(traffic) {
  const title = `traffic-${traffic.name}`;
  return element(
    "section",
    { class: "card", "aria-labelledby": title, "data-function": traffic.name },
    element("h2", { id: title }, traffic.name),
    traffic.unknownBecause === null
      ? null
      : element("p", { class: "unknown-because" }, `Not known: ${traffic.unknownBecause}.`),
    element("div", { class: "curve-and-facts" }, drawing(traffic), list(traffic)),
  );
}

/** Cards by the functions' names, each made anew only when what it shows has changed. */
const cards = new Map();

function showFunctions(functions) {
  const names = new Set(functions.map((it) => it.name));
  for (const [name, holder] of cards) {
    if (!names.has(name)) {
      holder.remove();
      cards.delete(name);
    }
  }
  for (const traffic of functions) {
    if (!cards.has(traffic.name)) {
      const holder = element("div");
      cards.set(traffic.name, holder);
      place("functions").append(holder);
    }
    fill(cards.get(traffic.name), traffic, () => card(traffic));
  }
  place("empty").hidden = functions.length > 0;
}

function showHost(host) {
  const [style, words] = state(host.utilization);
  const said = place("host-said");
  fill(said, host, () => [
    element("span", { class: style }, words),
    element(
      "span",
      { class: "minor" },
      host.utilization === null
        ? "The cost of some function that is asked for is not known."
        : `All functions together ask for ${percent(host.utilization)} of what it carries.`,
    ),
  ]);
  fill(place("host-meter"), host, () => meter(host.utilization, "Asked of this host"));
}

poll("../traffic", (answer) => {
  showHost(answer.host);
  showFunctions(answer.functions);
});
