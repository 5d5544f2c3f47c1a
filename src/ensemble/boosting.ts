import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { integer, positive, seed, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { MetaEstimator, modelOrNullRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { predictorOf } from '../model-selection/model.ts';

export interface BoostingOptions<M extends Member | null = Member | null> {
  /** What is fitted in every round. Default null: see the class. */
  estimator?: M;
  /** Most rounds. Default 50. */
  nEstimators?: number;
  /** Factor on every model's weight: smaller steps want more rounds. Default 1. */
  learningRate?: number;
  /** Seed of the models' own randomness and of rows drawn; null stands for 0. Default null. */
  randomState?: number | null;
}

/** What boosting has learned. */
export interface BoostingFitted {
  /** The fitted models, in the order of the rounds. */
  estimators: readonly Member[];
  /** How much each model counts. */
  estimatorWeights: Float64Array;
  /** Each model's weighted error on the training rows. */
  estimatorErrors: Float64Array;
  /** Weighted mean of the models' importances; where they have some. */
  featureImportances?: Float64Array;
}

export const boostingRules: Rules<BoostingOptions> = {
  estimator: modelOrNullRule('a model with fit, predict, clone and with'),
  nEstimators: integer(50, { min: 1 }),
  learningRate: positive(1),
  randomState: seed(),
};

/** What a round leaves: the model with its weight and error, and whether to go on with the row weights, changed in place. */
export interface Round {
  /** null where the model is not kept. */
  model: Member | null;
  weight: number;
  error: number;
  goesOn: boolean;
}

/** Models fitted one after the other, each on rows weighted by how the ones before it failed. */
export abstract class Boosting<Options extends BoostingOptions, Fitted extends BoostingFitted> extends MetaEstimator<Options, Fitted> {
  protected abstract defaultEstimator(): Member;

  protected get model(): Member {
    return this.options.estimator ?? this.defaultEstimator();
  }

  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.model]];
  }

  /**
   * Runs the rounds.
   * @param boost does one round and changes the row weights, which sum to 1
   */
  protected async runRounds(
    X: unknown,
    y: ArrayLike<unknown>,
    { sampleWeight }: FitOptions,
    boost: (weights: Float64Array, random: RandomState, round: number, isLast: boolean) => Promise<Round>,
  ): Promise<BoostingFitted> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label or number per row.`);
    checkSameRows(this.owner, { X, y });
    const { nEstimators, randomState } = this.options as unknown as Required<BoostingOptions>;
    const weights = checkSampleWeight(this.owner, sampleWeight, y.length) ?? new Float64Array(y.length).fill(1);
    normalise(weights);
    const isZero = weights.map((w) => Number(w === 0));
    const random = new RandomState(randomState);
    const kept: { model: Member; weight: number; error: number }[] = [];
    for (let round = 0; round < nEstimators; round++) {
      // A weight that has all but vanished would make its logarithm overflow; rows left out stay out.
      for (let i = 0; i < weights.length; i++) if (isZero[i] === 0) weights[i] = Math.max(weights[i], Number.EPSILON);
      const { model, weight, error, goesOn } = await boost(weights, random, round, round === nEstimators - 1);
      if (model !== null) kept.push({ model, weight, error });
      if (!goesOn || !normalise(weights)) break;
    }
    return {
      estimators: kept.map(({ model }) => model),
      estimatorWeights: Float64Array.from(kept, ({ weight }) => weight),
      estimatorErrors: Float64Array.from(kept, ({ error }) => error),
      ...importancesOf(kept),
    };
  }
}

/** Divides weights by their sum. @returns whether that was possible */
function normalise(weights: Float64Array): boolean {
  const sum = weights.reduce((total, w) => total + w, 0);
  if (!(sum > 0 && sum < Infinity)) return false;
  for (let i = 0; i < weights.length; i++) weights[i] /= sum;
  return true;
}

function importancesOf(kept: readonly { model: Member; weight: number }[]): { featureImportances?: Float64Array } {
  const parts = kept.map(({ model }) => (predictorOf(model) as { fitted?: { featureImportances?: Float64Array } }).fitted?.featureImportances);
  if (parts.length === 0 || parts.includes(undefined)) return {};
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Float64Array((parts[0] as Float64Array).length);
  kept.forEach(({ weight }, m) => (parts[m] as Float64Array).forEach((value, j) => (sums[j] += (weight * value) / total)));
  return { featureImportances: sums };
}
