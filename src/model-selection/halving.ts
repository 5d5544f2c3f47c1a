import { OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { custom, flag, number, seed, type Rule, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Search, searchRules, type ScoresSoFar, type SearchableModel, type SearchOptions } from './search.ts';
import type { Candidate } from './search-results.ts';
import { dimensionsOf, type Params } from './search-space.ts';
import type { SearchStudy } from './search-study.ts';
import type { Split } from './splitter.ts';

export interface HalvingOptions<M> extends SearchOptions<M> {
  /** One candidate in `factor` goes on to the next round, with `factor` times the resources. Above 1; default 3. */
  factor?: number;
  /** What candidates are given more of in each round: 'nSamples' for training rows, or the name of an option that holds a whole number, by `step.option` in a pipeline. Default 'nSamples'. */
  resource?: string;
  /** The most that a candidate can be given; 'auto' is all rows, and goes with 'nSamples' only. Default 'auto'. */
  maxResources?: number | 'auto';
  /** What each candidate of the first round is given; 'smallest' is two rows per fold and class, or 1; 'exhaust' is as much as lets the last round use up maxResources. */
  minResources?: number | 'smallest' | 'exhaust';
  /** Whether to repeat the first round's resources until so few candidates are left that the last round leaves `factor` or fewer. Default false. */
  aggressiveElimination?: boolean;
  /** Seed of the rows and candidates drawn; null stands for 0. Default null. */
  randomState?: number | null;
}

const resourcesRule = (defaultValue: number | string, words: readonly string[]): Rule<any> =>
  custom<unknown>(defaultValue, `a whole number of at least 1, ${words.map((word) => `'${word}'`).join(' or ')}`, (v) => words.includes(v as string) || (Number.isInteger(v) && (v as number) >= 1), 0);

export const halvingRules = (minResources: 'smallest' | 'exhaust'): Rules<HalvingOptions<unknown>> => ({
  ...searchRules,
  factor: number(3, { min: 1, openMin: true }),
  resource: custom('nSamples', "'nSamples' or the name of an option", (v) => typeof v === 'string' && v !== '', 0),
  maxResources: resourcesRule('auto', ['auto']),
  minResources: resourcesRule(minResources, ['smallest', 'exhaust']),
  aggressiveElimination: flag(false),
  randomState: seed(),
});

/** How much there is to give out. */
export interface Resources {
  min: number;
  max: number;
}

/**
 * Successive halving: many candidates on few resources, then the best third of them on three times as many, and so on.
 * What HalvingGridSearch and HalvingRandomSearch share.
 */
export abstract class Halving<M extends SearchableModel, Options extends HalvingOptions<M>> extends Search<M, Options> {
  /** The candidates of the first round. */
  protected abstract firstRound(resources: Resources): Params[];

  protected candidates(): Params[] {
    return [];
  }

  protected override async explore(study: SearchStudy, { scoreOf, better }: ScoresSoFar): Promise<void> {
    const { factor, aggressiveElimination, resource, minResources } = this.options as unknown as Required<HalvingOptions<M>>;
    const { splits, y, judged } = study.options;
    const resources = this.#resources(splits.length, judged.classes?.length ?? 1, y.length);
    let params = this.firstRound(resources);
    this.#checkResource(study.options.estimator as SearchableModel);
    const required = 1 + wholeLog(params.length, factor);
    if (minResources === 'exhaust') resources.min = Math.max(resources.min, Math.floor(resources.max / factor ** (required - 1)));
    const possible = 1 + wholeLog(Math.floor(resources.max / resources.min), factor);
    const rounds = aggressiveElimination ? required : Math.min(possible, required);
    for (let iteration = 0; iteration < rounds; iteration++) {
      const power = aggressiveElimination ? Math.max(0, iteration - required + possible) : iteration;
      const given = Math.min(Math.floor(factor ** power * resources.min), resources.max);
      const first = study.params.length;
      if (resource === 'nSamples') await study.evaluate(params, { splits: this.#subsamples(splits, given / y.length), round: { iteration, resources: given } });
      else {
        params = params.map((changes) => withResource(changes, resource, given));
        await study.evaluate(params, { round: { iteration, resources: given } });
      }
      params = bestOf(params, (c) => scoreOf(first + c), better, Math.ceil(params.length / factor));
    }
  }

  /** The best of the last round: the scores of earlier ones come from fewer resources. */
  protected override bestOf(results: readonly Candidate[], scorerName: string): number {
    const last = Math.max(...results.map(({ iteration }) => iteration ?? 0));
    const candidates = results.flatMap(({ iteration }, c) => (iteration === last ? [c] : []));
    const rank = (c: number): number => results[c].scores[scorerName].rank;
    return candidates.reduce((best, c) => (rank(c) < rank(best) ? c : best));
  }

  #resources(nSplits: number, classes: number, rows: number): Resources {
    const { resource, maxResources, minResources } = this.options as unknown as Required<HalvingOptions<M>>;
    const givesRows = resource === 'nSamples';
    if (maxResources === 'auto' && !givesRows) throw new OptionError(`${this.owner}: maxResources must be a number with resource '${resource}', got 'auto'.`);
    const max = maxResources === 'auto' ? rows : maxResources;
    const min = typeof minResources === 'number' ? minResources : givesRows ? 2 * nSplits * classes : 1;
    if (min > max) throw new OptionError(`${this.owner}: minResources must be at most maxResources (${max}), got ${min}.`);
    return { min, max };
  }

  #checkResource(estimator: SearchableModel): void {
    const { resource, searchSpace } = this.options as unknown as Required<HalvingOptions<M>>;
    if (resource === 'nSamples') return;
    if (dimensionsOf(this.owner, searchSpace as object).flat().some(({ path }) => path.join('.') === resource)) {
      throw new OptionError(`${this.owner}: resource must not be searched too, got ${show(resource)}. Take it out of searchSpace.`);
    }
    // `with` refuses an option that the estimator does not have.
    estimator.with(withResource({}, resource, 1));
  }

  /** Each split with a share of its rows, drawn alike in every round. */
  #subsamples(splits: readonly Split[], share: number): Split[] {
    const draw = (rows: Int32Array): Int32Array => {
      const order = new RandomState(this.options.randomState ?? null).permutation(rows.length);
      return order.subarray(0, Math.floor(share * rows.length)).map((at) => rows[at]);
    };
    return splits.map(({ train, test }) => ({ train: draw(train), test: draw(test) }));
  }
}

/** ⌊log of n to a base⌋; a power of the base is not lost to rounding. */
function wholeLog(n: number, base: number): number {
  let log = Math.floor(Math.log(n) / Math.log(base));
  if (base ** (log + 1) <= n) log++;
  return log;
}

/** Changes with an option, named by `step.option`, set besides. */
function withResource(changes: Params, name: string, value: number): Params {
  const [step, ...rest] = name.split('.');
  if (rest.length === 0) return { ...changes, [step]: value };
  return { ...changes, [step]: withResource((changes[step] ?? {}) as Params, rest.join('.'), value) };
}

/** The `count` best, worst first; what failed counts as the worst. */
function bestOf(params: readonly Params[], scoreOf: (candidate: number) => number, better: 'higher' | 'lower', count: number): Params[] {
  const sign = better === 'higher' ? 1 : -1;
  const worth = params.map((_, c) => (Number.isNaN(scoreOf(c)) ? -Infinity : sign * scoreOf(c)));
  const order = [...params.keys()].sort((a, b) => (worth[a] === worth[b] ? a - b : worth[a] - worth[b]));
  return order.slice(-count).map((c) => params[c]);
}
