// What a job has logged so far, as series of numbers. Pure, so that it can be tested without a browser.

/**
 * @typedef {Record<string, any> & {kind: string}} Event as the worker wrote it
 *
 * @typedef {Object} About what the job does now
 * @property {string} state
 * @property {boolean} ended
 * @property {string} stage
 * @property {number|null} place
 * @property {number|null} wait seconds
 * @property {number|null} left seconds
 * @property {number} done
 * @property {number} total
 *
 * @typedef {Object} Answer
 * @property {number} from events before these
 * @property {number} next
 * @property {boolean} more whether others are there already
 * @property {Event[]} events
 * @property {About} job
 *
 * @typedef {Object} Steps figures of stretches of steps, by the last step of each
 * @property {number[]} step
 * @property {(number|null)[]} loss
 * @property {(number|null)[]} accuracy
 * @property {(number|null)[]} norm
 * @property {(number|null)[]} rate tokens a second
 * @property {number[]} tokens read so far
 * @property {number[]} seconds
 *
 * @typedef {Object} Checks figures of checkpoints
 * @property {number[]} step
 * @property {(number|null)[]} loss of valid
 * @property {(number|null)[]} accuracy of valid
 *
 * @typedef {Object} Chances probabilities of the pinned reviews
 * @property {number[]} step
 * @property {(number|null)[][]} of one list for each moment
 *
 * @typedef {Object} Reaches how far back gradients reach
 * @property {number[]} step
 * @property {Reach[]} of
 *
 * @typedef {Object} Reach
 * @property {number[]} distances in tokens
 * @property {number[]} last log10 of the norm of a gradient of the last state at each distance
 *
 * @typedef {Object} Run one network
 * @property {string} name
 * @property {number} steps in all epochs
 * @property {number} stepsPerEpoch
 * @property {number|null} parameters
 * @property {Steps} train
 * @property {Checks} valid
 * @property {Chances} pins
 * @property {Reaches} reach
 * @property {number[]} frames steps at which the embedding was kept
 * @property {number|null} test accuracy
 * @property {number|null} failed the last step of a network that could not go on
 */

const WINDOW = 8; // rows over which the speed is measured

/** @returns {Run} */
function emptyRun() {
  return {
    name: "",
    steps: 0,
    stepsPerEpoch: 0,
    parameters: null,
    train: { step: [], loss: [], accuracy: [], norm: [], rate: [], tokens: [], seconds: [] },
    valid: { step: [], loss: [], accuracy: [] },
    pins: { step: [], of: [] },
    reach: { step: [], of: [] },
    frames: [],
    test: null,
    failed: null,
  };
}

/** The log of a job with one or two networks. */
export class Log {
  /** @param {number} networks */
  constructor(networks) {
    /** Events read. */
    this.next = 0;
    /** @type {Run[]} */
    this.runs = Array.from({ length: networks }, emptyRun);
    /** @type {About|null} */
    this.job = null;
    /** @type {number[][]} steps after which all became void by a kill, for those who hold more than the log */
    this.resumed = this.runs.map(() => []);
  }

  reset() {
    this.next = 0;
    this.runs = this.runs.map(emptyRun);
    this.resumed = this.runs.map(() => []);
  }

  /**
   * Take an answer of the server. Returns whether anything is new.
   * @param {Answer} answer
   */
  take({ from, next, events, job }) {
    if (from !== this.next) this.reset(); // it is another log than before
    const news = JSON.stringify(job) !== JSON.stringify(this.job) || events.length > 0;
    for (const event of events) this.add(event);
    this.next = next;
    this.job = job;
    return news;
  }

  /** @param {Event} event */
  add(event) {
    if (event.kind === "start") this.start(event);
    const run = this.runs[event.run];
    if (!run) return;
    if (event.kind === "resumed") this.drop(event.run, event.step);
    else if (event.kind === "steps") addSteps(run.train, event);
    else if (event.kind === "checkpoint")
      put(run.valid, event.step, { loss: finite(event.valid_loss), accuracy: finite(event.valid_accuracy) });
    else if (event.kind === "pins") put(run.pins, event.step, { of: event.probabilities });
    else if (event.kind === "reach") put(run.reach, event.step, { of: event });
    else if (event.kind === "frame") putStep(run.frames, event.step);
    else if (event.kind === "failed") run.failed = event.step;
    else if (event.kind === "test") run.test = finite(event.accuracy);
  }

  /** @param {Event} event */
  start({ runs }) {
    for (const [index, stated] of runs.entries()) {
      const run = this.runs[index];
      if (!run) continue;
      run.name = stated.name;
      run.steps = stated.steps;
      run.stepsPerEpoch = stated.steps_per_epoch;
      run.parameters = stated.parameters ?? null;
    }
  }

  /**
   * Forget what came after a step: the training was killed, and goes on from there.
   * @param {number} index of the network
   * @param {number} step
   */
  drop(index, step) {
    const run = this.runs[index];
    for (const series of [run.train, run.valid, run.pins, run.reach]) cut(series, step);
    while ((run.frames.at(-1) ?? -1) > step) run.frames.pop();
    run.test = null;
    run.failed = null;
    this.resumed[index].push(step);
  }

  /** The last step that any network has taken. */
  get reached() {
    return Math.max(
      0,
      ...this.runs.map(({ train, valid }) => Math.max(train.step.at(-1) ?? 0, valid.step.at(-1) ?? 0)),
    );
  }

  /** Steps of the longest training; 0 before it is known. */
  get steps() {
    return Math.max(0, ...this.runs.map(({ steps }) => steps));
  }

  /** The steps of all moments that can be looked at, ascending. */
  moments() {
    const steps = this.runs.flatMap(({ frames, pins, reach, valid }) => [
      ...frames,
      ...pins.step,
      ...reach.step,
      ...valid.step,
    ]);
    return [...new Set(steps)].sort((a, b) => a - b);
  }
}

/**
 * The index of the last step at or before `step`, or -1.
 * @param {number[]} steps ascending
 * @param {number} step
 */
export function lastBefore(steps, step) {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @param {Steps} train
 * @param {Event} event
 */
function addSteps(train, event) {
  cut(train, event.step - 1);
  const from = -Math.min(WINDOW, train.step.length);
  const [tokens, seconds] = [
    event.tokens - ((from ? train.tokens.at(from) : 0) ?? 0),
    event.seconds - ((from ? train.seconds.at(from) : 0) ?? 0),
  ];
  put(train, event.step, {
    loss: finite(event.loss),
    accuracy: finite(event.accuracy),
    norm: finite(event.gradient_norm),
    rate: seconds > 0 && tokens >= 0 ? tokens / seconds : null,
    tokens: event.tokens,
    seconds: event.seconds,
  });
}

/**
 * Add a row. One of the same or a later step, from before a kill, is replaced.
 * @param {{step: number[]}} series
 * @param {number} step
 * @param {Record<string, unknown>} values
 */
function put(series, step, values) {
  cut(series, step - 1);
  series.step.push(step);
  for (const [name, value] of Object.entries(values)) columns(series)[name].push(value);
}

/**
 * @param {number[]} steps
 * @param {number} step
 */
function putStep(steps, step) {
  while ((steps.at(-1) ?? -1) >= step) steps.pop();
  steps.push(step);
}

/**
 * @param {{step: number[]}} series
 * @param {number} step the last that stays
 */
function cut(series, step) {
  const kept = lastBefore(series.step, step) + 1;
  for (const column of Object.values(columns(series))) column.length = kept;
}

/** @param {object} series */
function columns(series) {
  return /** @type {Record<string, unknown[]>} */ (series);
}

/** @param {unknown} value */
function finite(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
