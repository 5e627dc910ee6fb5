// Asks a server again and again: about once a second, not in a hidden tab, and ever more rarely while it does not answer.

/**
 * @typedef {Object} Reply
 * @property {number} [wait] milliseconds until the next question
 * @property {boolean} [end] whether nothing more will come
 */

const EVERY = 1000; // milliseconds between two questions
const LONGEST = 5000; // between two tries: a class does not wait longer for a server that is back

/**
 * Milliseconds until the next try after failures in a row.
 * @param {number} failures
 */
export function patience(failures) {
  return Math.min(EVERY * 2 ** (failures - 1), LONGEST);
}

/** Asks until it is stopped. */
export class Poller {
  #stopped = false;
  #ended = false;
  #asking = false;
  #again = false;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {() => Promise<Reply>} ask throws where the server did not answer
   * @param {(failures: number) => void} tell failures in a row, 0 after an answer
   * @param {() => void} [drop] gives up the question under way; it is asked anew. For questions that wait for an answer
   *   longer than a person would: a device that wakes up may wait for one whose connection is dead.
   */
  constructor(ask, tell, drop) {
    this.ask = ask;
    this.tell = tell;
    this.drop = drop;
    this.wake = () => {
      if (document.visibilityState === "hidden") clearTimeout(this.#timer);
      else if (this.#asking && this.drop) {
        this.#again = true;
        this.drop();
      } else this.now();
    };
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    window.addEventListener("pageshow", this.wake);
    this.now();
  }

  /** Ask now. */
  now() {
    if (this.#stopped || this.#ended || this.#asking) return;
    clearTimeout(this.#timer);
    this.#ask();
  }

  async #ask() {
    this.#asking = true;
    let wait = EVERY;
    try {
      const reply = await this.ask();
      if (this.#failures) this.tell(0);
      this.#failures = 0;
      wait = reply.wait ?? EVERY;
      this.#ended = Boolean(reply.end);
    } catch (error) {
      if (this.#stopped) return;
      if (this.#again) wait = 0;
      else {
        if (!(error instanceof TypeError) && !(error instanceof DOMException)) console.error(error);
        this.#failures += 1;
        this.tell(this.#failures);
        wait = patience(this.#failures);
      }
    } finally {
      this.#asking = false;
    }
    if (this.#again) wait = 0;
    this.#again = false;
    if (this.#stopped || this.#ended || document.visibilityState === "hidden") return; // `wake` goes on
    this.#timer = setTimeout(() => this.now(), wait);
  }

  /** Ask again although nothing more was to come. */
  revive() {
    this.#ended = false;
    this.now();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    window.removeEventListener("pageshow", this.wake);
  }
}
