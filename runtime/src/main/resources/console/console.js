// What all pages of the console share.

const PERIOD_MILLIS = 2000;
const PATIENCE_MILLIS = 10000;

/**
 * Makes an element. Text is text, whatever it contains: nothing here is ever parsed as HTML.
 *
 * @param tag its name
 * @param attributes its attributes; those that are null or false are left out
 * @param children elements and texts; those that are null are left out
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null));
  return made;
}

/** Puts children into a place, unless they were made of the same facts before. */
export function fill(place, facts, make) {
  const key = JSON.stringify(facts);
  if (place.dataset.facts !== key) {
    place.dataset.facts = key;
    place.replaceChildren(...[make()].flat().filter((child) => child !== null));
  }
}

/** Tells something to those who hear the page. */
export function announce(text) {
  document.getElementById("announcement").textContent = text;
}

/**
 * Fetches JSON again and again while the page is seen and not paused, and says so in the frame.
 *
 * @param url of the JSON, relative to the page
 * @param show takes what was fetched
 */
export function poll(url, show) {
  const poller = new Poller(url, show);
  poller.start();
}

class Poller {
  #url;
  #show;
  #status = document.getElementById("live");
  #button = document.getElementById("pause");
  #paused = false;
  #lost = false;
  #timer = null;

  constructor(url, show) {
    this.#url = url;
    this.#show = show;
  }

  start() {
    this.#button.addEventListener("click", () => this.#toggle());
    document.addEventListener("visibilitychange", () => this.#next(0));
    this.#next(0);
  }

  #toggle() {
    this.#paused = !this.#paused;
    this.#button.setAttribute("aria-pressed", String(this.#paused));
    if (this.#paused) {
      this.#say("paused", "Paused");
    }
    this.#next(0);
  }

  #next(delayMillis) {
    clearTimeout(this.#timer);
    if (!this.#paused && !document.hidden) {
      this.#timer = setTimeout(() => this.#turn(), delayMillis);
    }
  }

  async #turn() {
    try {
      this.#show(await this.#fetch());
      this.#found();
    } catch (failure) {
      this.#miss(failure);
    }
    this.#next(PERIOD_MILLIS);
  }

  async #fetch() {
    const response = await fetch(this.#url, {
      headers: { accept: "application/json" },
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    if (!response.ok) {
      throw new Error(`the host answered ${response.status}`);
    }
    return response.json();
  }

  #found() {
    if (this.#lost) {
      this.#lost = false;
      announce("The host answers again.");
    }
    if (!this.#paused) {
      this.#say("live", `Live, ${new Date().toLocaleTimeString()}`);
    }
  }

  #miss(failure) {
    if (!this.#lost) {
      this.#lost = true;
      announce("The host does not answer; the page shows what was last known.");
    }
    this.#say("lost", `No answer; this is what was last known (${failure.message})`);
  }

  #say(state, text) {
    this.#status.dataset.state = state;
    this.#status.textContent = text;
  }
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** A whole number: 12,345. */
export function count(value) {
  return whole.format(value);
}

/** A number to three digits: 0.0123, −12.3, 12,300. */
export function number(value) {
  return precise.format(value).replace("-", "−");
}

/** A share as a percentage: 0.0123 is 1.23 %. */
export function percent(share) {
  return share === null || share === undefined ? "–" : `${number(share * 100)} %`;
}

/** A time in the unit that fits: 0.4 ms, 85 ms, 1.2 s. */
export function time(millis) {
  if (millis === null || millis === undefined) {
    return "–";
  }
  return millis < 1000 ? `${precise.format(millis)} ms` : `${precise.format(millis / 1000)} s`;
}

/** How long ago: now, 12 s, 3 min, 5 h, 2 d. */
export function age(seconds) {
  if (seconds === null || seconds === undefined) {
    return "–";
  }
  const units = [
    [86400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ];
  const [size, unit] = units.find(([least]) => seconds >= least) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}
