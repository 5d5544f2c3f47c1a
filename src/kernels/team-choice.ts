/** The step that is taken alone, to know how long that takes: by then others have come, and the engine has compiled what is hot. */
const ALONE = 3;
/** A team that takes longer than one thread by this factor, this many steps in a row, is no help: others want the processors. */
const SLOWER = 1.1;
const LATE = 2;
/** Steps taken alone then, twice as many each time up to the most. */
const PAUSE = 8;
const LONGEST_PAUSE = 64;

/**
 * Chooses between a team and one thread, step by step, where both give the same bits. Threads that share fine work wait for
 * each other, so that a busy machine, on which one of them has no processor, makes a team slower than one thread.
 */
export class TeamChoice {
  #step = 0;
  #alone = Infinity;
  #late = 0;
  #left = 0;
  #pause = PAUSE;
  readonly #now: () => number;

  /** @param now a clock, in any unit */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes a step, with the team or without, whichever has been faster. */
  take(step: (withTeam: boolean) => void): void {
    const withTeam = ++this.#step !== ALONE && this.#left === 0;
    const started = this.#now();
    step(withTeam);
    this.#judge(withTeam, this.#now() - started);
  }

  #judge(withTeam: boolean, time: number): void {
    if (!withTeam) {
      this.#alone = Math.min(this.#alone, time);
      this.#left = Math.max(0, this.#left - 1);
      return;
    }
    this.#late = time > SLOWER * this.#alone ? this.#late + 1 : 0;
    if (this.#late < LATE) return;
    this.#late = 0;
    this.#left = this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, 2 * this.#pause);
    this.#alone = Infinity;
  }
}
