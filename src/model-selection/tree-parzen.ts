import { OptionError } from '../core/errors.ts';
import { RandomState, type Seed } from '../core/random-state.ts';
import { choice, completeOptions, integer, seed, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { isFixed, parzenDimension, randomPoint, valueAt, type ParzenDimension } from './parzen-dimension.ts';
import { ParzenMixture, type Point } from './parzen-mixture.ts';
import { dimensionsOf, paramsOf, type Dimension, type Params } from './search-space.ts';

export interface TreeParzenOptions {
  /** Whether small or large values are sought. Default 'minimize'. */
  direction?: 'minimize' | 'maximize';
  /** Points tried at random before the densities are used. Default 10. */
  nStartup?: number;
  /** Points drawn from the good density, of which the most promising is tried. Default 24. */
  nCandidates?: number;
  /** Seed; null stands for 0. Default null. */
  randomState?: number | null;
}

export const treeParzenRules: Rules<TreeParzenOptions> = {
  direction: choice('minimize', ['minimize', 'maximize']),
  nStartup: integer(10, { min: 1 }),
  nCandidates: integer(24, { min: 1 }),
  randomState: seed(),
};

interface Trial {
  point: Point;
  /** undefined while it is worked out, NaN where that failed. */
  value: number | undefined;
}

/**
 * A tree-structured Parzen estimator: proposes what to try next, from what was tried before. The best tenth of the
 * points (25 at most) gives a density l of good points, the rest a density g of others; of points drawn from l the one
 * with the largest l/g is proposed. `ask` as often as there are workers, `tell` each value when it is known: points still
 * worked on count as not good, which keeps proposals apart.
 *
 * A space is as in a search: lists, `uniform`, `logUniform`, `randint`.
 *
 * Counterpart: optuna.samplers.TPESampler, of version 5 (multivariate); the same seed proposes the same points.
 * Source: Bergstra et al., NIPS 2011; Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components
 * and Their Roles for Better Empirical Performance", 2023.
 *
 * @throws OptionError for several spaces, or a distribution without known bounds
 * @example
 * const tpe = new TreeParzen({ x: uniform(-5, 5) }, { randomState: 1 });
 * for (let i = 0; i < 50; i++) { const { id, params } = tpe.ask(); tpe.tell(id, (params.x - 2) ** 2); }
 */
export class TreeParzen {
  readonly options: Readonly<Required<TreeParzenOptions>>;
  readonly #dimensions: readonly Dimension[];
  readonly #parzen: readonly ParzenDimension[];
  readonly #trials: Trial[] = [];
  readonly #random: RandomState;
  readonly #startup: RandomState;

  constructor(space: object, options: TreeParzenOptions = {}, owner = 'TreeParzen') {
    this.options = completeOptions<TreeParzenOptions>(owner, options, treeParzenRules);
    const spaces = dimensionsOf(owner, space);
    if (spaces.length > 1) throw new OptionError(`${owner}: searchSpace must be one space, got ${spaces.length}. Search them one after the other.`);
    [this.#dimensions] = spaces;
    this.#parzen = this.#dimensions.map(({ path, choices }) => parzenDimension(owner, path.join('.'), choices));
    const { randomState } = this.options as { randomState: Seed };
    this.#random = new RandomState(randomState);
    this.#startup = new RandomState(randomState);
  }

  /** What to try next, and the number under which to tell its value. */
  ask(): { id: number; params: Params } {
    const told = this.#trials.filter(({ value }) => value !== undefined).length;
    const point = told < this.options.nStartup ? this.#parzen.map((dimension) => randomPoint(dimension, this.#startup)) : this.#propose(told);
    this.#trials.push({ point, value: undefined });
    return { id: this.#trials.length - 1, params: paramsOf(this.#dimensions, point.map((place, d) => valueAt(this.#parzen[d], place))) };
  }

  /** The value of what was asked for; NaN where it failed, which counts as the worst. */
  tell(id: number, value: number): void {
    const trial = this.#trials[id];
    if (trial === undefined || trial.value !== undefined) throw new OptionError(`TreeParzen: tell must name a point that was asked for and not told, got ${show(id)}.`);
    trial.value = value;
  }

  #propose(told: number): Point {
    const free = this.#parzen.flatMap((dimension, d) => (isFixed(dimension) ? [] : [d]));
    if (free.length === 0) return this.#parzen.map((dimension) => randomPoint(dimension, this.#random));
    const good = new Set(this.#ranked().slice(0, Math.min(Math.ceil(0.1 * told), 25)));
    const pointsOf = (isGood: boolean): Point[] => this.#trials.filter((trial) => good.has(trial) === isGood).map(({ point }) => free.map((d) => point[d]));
    const dimensions = free.map((d) => this.#parzen[d]);
    const below = new ParzenMixture(pointsOf(true), dimensions);
    const above = new ParzenMixture(pointsOf(false), dimensions);
    let best: Point = [];
    let most = -Infinity;
    for (const point of below.sample(this.#random, this.options.nCandidates)) {
      const promise = below.logDensity(point) - above.logDensity(point);
      if (best.length === 0 || promise > most) [best, most] = [point, promise];
    }
    return this.#parzen.map((dimension, d) => (isFixed(dimension) ? randomPoint(dimension, this.#random) : best[free.indexOf(d)]));
  }

  /** What has been told, best first, in the order of trials where equal. */
  #ranked(): Trial[] {
    const sign = this.options.direction === 'minimize' ? 1 : -1;
    const loss = ({ value }: Trial): number => (Number.isNaN(value) ? Infinity : sign * (value as number));
    return this.#trials.filter(({ value }) => value !== undefined).sort((a, b) => (loss(a) === loss(b) ? 0 : loss(a) - loss(b)));
  }
}
