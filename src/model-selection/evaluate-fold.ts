import { RefitError } from '../core/errors.ts';
import { fitsTogether } from '../core/fits-together.ts';
import type { Label, Labels } from '../core/labels.ts';
import { takeRows } from '../core/rows.ts';
import { show, showList } from '../core/show.ts';
import { takeTrainingRows, type TrainingRows } from '../core/training-rows.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { fitAtOnce } from '../pipeline/fit-at-once.ts';
import { fitStage } from '../pipeline/fit-stage.ts';
import { stageError } from '../pipeline/in-stage.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { copyFitted } from './copy-fitted.ts';
import { learnedNumbers } from './learned-numbers.ts';
import { learnedBy, ownerOf, stagesOf, type Model, type PredictionMethod } from './model.ts';
import { predictRows } from './predict-rows.ts';
import type { Split } from './splitter.ts';
import { lineFrom, stageTrees, type Branch, type Leaf } from './stage-tree.ts';

/** A model to be judged, and what to ask it. */
export interface Variant {
  /** Never fitted itself. */
  model: Model;
  /** All rows, after the model's stateless work. */
  X: unknown;
  /** Further rows for every fold's model to predict, after the same work; undefined for none. */
  also: unknown;
  /** All classes, ascending; null for regression. */
  classes: readonly Label[] | null;
  methods: readonly PredictionMethod[];
}

/** All that is needed to work on any fold of any variant, here or in another thread. */
export interface Evaluation {
  variants: readonly Variant[];
  y: Labels;
  sampleWeight: Float64Array | undefined;
  splits: readonly Split[];
  keepEstimators: boolean;
  /** Whether a failure ends everything; otherwise the other variants and folds go on. */
  stopAtFailure: boolean;
}

/** What came of one variant in one fold. */
export type Outcome = Answer | Failure;

export interface Answer {
  variant: number;
  /** Of all stages; a stage shared with other variants counts for each of them. */
  fitSeconds: number;
  /** Of prediction, likewise. */
  scoreSeconds: number;
  /** How many numbers all stages have learned. */
  learnedNumbers: number;
  notes: string[];
  prediction: Prediction;
  also?: Prediction;
  estimator?: Model;
}

export interface Failure {
  variant: number;
  error: unknown;
}

/**
 * Fits copies of some variants on a fold's training rows and predicts its test rows, one after the other.
 *
 * Variants form trees by their equal first stages (stage-tree.ts), which are gone through depth first: a shared stage is
 * fitted once, and transforms training and test rows once. Kept is what the stages on the way to the current variant
 * have produced, nothing of other branches: at most as many matrices for training and test rows as the longest
 * pipeline has stages. The numbers are those of fitting each variant by itself.
 */
export async function* evaluateFold(evaluation: Evaluation, fold: number, which: readonly number[]): AsyncGenerator<Outcome> {
  const variants = which.map((index) => evaluation.variants[index]);
  const work = new FoldWork(evaluation, variants, fold);
  for (const { X, next } of stageTrees(variants)) {
    for await (const outcome of work.visit(next, Rows.of({ ...evaluation, X }, evaluation.splits[fold]))) {
      yield { ...outcome, variant: which[outcome.variant] };
    }
  }
}

/** What a stage before the last threw, for each variant to name it as its own. */
class StageFailure {
  readonly position: number;
  readonly error: unknown;

  constructor(position: number, error: unknown) {
    this.position = position;
    this.error = error;
  }
}

interface Timed {
  X: unknown;
  seconds: number;
}

/** A fold's rows after some stages: training rows at once, others when they are first asked for. */
class Rows {
  readonly stages: readonly any[];
  readonly train: TrainingRows;
  readonly fitSeconds: number;
  readonly #test: () => Promise<Timed>;

  constructor(stages: readonly any[], train: TrainingRows, fitSeconds: number, test: () => Promise<Timed>) {
    this.stages = stages;
    this.train = train;
    this.fitSeconds = fitSeconds;
    let asked: Promise<Timed> | undefined;
    this.#test = () => (asked ??= test());
  }

  static of({ X, y, sampleWeight }: TrainingRows, { train, test }: Split): Rows {
    return new Rows([], takeTrainingRows({ X, y, sampleWeight }, train), 0, async () => ({ X: takeRows(X, test), seconds: 0 }));
  }

  test(): Promise<Timed> {
    return this.#test();
  }

  /** Fits copies of a branch's stage and of those after it that go together with it. @throws StageFailure */
  async after(branch: Branch): Promise<Reached> {
    const { branches, leaf } = lineFrom(branch);
    const copies = [...branches, ...(leaf ? [leaf.chain.last] : [])].map(({ stage }) => stage.clone());
    const started = performance.now();
    const failureOf = (i: number, error: unknown): unknown => (i < branches.length ? new StageFailure(branches[i].position, error) : stageError(leaf!.chain.last.name!, error));
    const { sampleWeight } = this.train;
    const together = fitAtOnce(copies, leaf !== undefined, this.train, failureOf, sampleWeight && { sampleWeight });
    const train = together ? together.rows : await inPosition(branch.position, () => fitStage(copies[0], this.train));
    const passed = branches.slice(0, together?.fitted ?? 1);
    const seconds = this.fitSeconds + since(started);
    const rows = passed.reduce<Rows>((before, { position }, i) => before.#with(copies[i], position, train, seconds), this);
    return { rows, passed, ...(together && together.fitted > branches.length && { end: { leaf: leaf!, fitted: { last: copies[branches.length], seconds: 0 } } }) };
  }

  /** The rows after one more stage. @param train after it and those that were fitted together with it */
  #with(fitted: any, position: number, train: TrainingRows, fitSeconds: number): Rows {
    return new Rows([...this.stages, fitted], train, fitSeconds, async () => {
      const { X, seconds } = await this.#test();
      const asked = performance.now();
      const transformed = await inPosition(position, () => fitted.transform(X));
      return { X: transformed, seconds: seconds + since(asked) };
    });
  }
}

/** How far some stages have brought the rows. */
interface Reached {
  rows: Rows;
  /** The branches behind them. */
  passed: readonly Branch[];
  /** The leaf behind these, if it is fitted too. */
  end?: { leaf: Leaf; fitted: FittedStage };
}

interface FittedStage {
  last: any;
  seconds: number;
}

/** The last stages of leaves on the same rows: those that can are fitted with their like, the others by themselves. */
class FittedTogether {
  readonly #leaves: readonly Leaf[];
  readonly #rows: Rows;
  readonly #ready = new Map<Leaf, FittedStage>();

  constructor(leaves: readonly Leaf[], rows: Rows) {
    this.#leaves = leaves;
    this.#rows = rows;
  }

  async stageOf(leaf: Leaf): Promise<FittedStage> {
    const { stage } = leaf.chain.last;
    const alike = fitsTogether(stage) ? this.#leaves.filter(({ chain }) => chain.last.stage.constructor === stage.constructor) : [];
    if (alike.length > 1 && alike[0] === leaf) await this.#fitAll(alike);
    return this.#ready.get(leaf) ?? (await this.#fitOne(stage));
  }

  async #fitAll(alike: readonly Leaf[]): Promise<void> {
    const stages = alike.map(({ chain }) => chain.last.stage.clone());
    const started = performance.now();
    try {
      const { X, y, sampleWeight } = this.#rows.train;
      await stages[0].fitTogether(stages, X, y, sampleWeight && { sampleWeight });
    } catch {
      // Fitted by itself, the one that failed says why, and the others are as they should be.
      return;
    }
    const seconds = since(started) / alike.length;
    for (const [i, leaf] of alike.entries()) this.#ready.set(leaf, { last: stages[i], seconds });
  }

  async #fitOne(stage: any): Promise<FittedStage> {
    const last = stage.clone();
    const started = performance.now();
    const { X, y, sampleWeight } = this.#rows.train;
    await last.fit(X, y, sampleWeight && { sampleWeight });
    return { last, seconds: since(started) };
  }
}

class FoldWork {
  readonly #variants: readonly Variant[];
  readonly #fold: number;
  readonly #ytrain: Labels;
  readonly #keepEstimators: boolean;

  constructor({ y, splits, keepEstimators }: Evaluation, variants: readonly Variant[], fold: number) {
    const { train } = splits[fold];
    this.#variants = variants;
    this.#fold = fold;
    this.#ytrain = takeRows(y, train);
    this.#keepEstimators = keepEstimators;
  }

  async *visit(next: readonly (Branch | Leaf)[], rows: Rows, shared: readonly boolean[] = []): AsyncGenerator<Outcome> {
    const fitted = new FittedTogether(next.filter((one) => 'index' in one), rows);
    for (const one of next) {
      if ('index' in one) {
        yield await this.#judge(one, rows, shared, () => fitted.stageOf(one));
        continue;
      }
      let reached: Reached;
      try {
        reached = await rows.after(one);
      } catch (error) {
        for (const leaf of leavesOf(one)) yield this.#failure(leaf, error);
        continue;
      }
      const { rows: after, passed, end } = reached;
      const sharedAfter = [...shared, ...passed.map(({ models }) => models > 1)];
      if (end) yield await this.#judge(end.leaf, after, sharedAfter, async () => end.fitted);
      else yield* this.visit(passed[passed.length - 1].next, after, sharedAfter);
    }
  }

  async #judge(leaf: Leaf, rows: Rows, shared: readonly boolean[], fitted: () => Promise<FittedStage>): Promise<Outcome> {
    const { model, methods, classes, also } = this.#variants[leaf.index];
    const { name } = leaf.chain.last;
    try {
      const { last, seconds } = await fitted().catch((error: unknown) => {
        throw name === null ? error : stageError(name, error);
      });
      const fitSeconds = rows.fitSeconds + seconds;
      const test = await rows.test();
      const asked = performance.now();
      const prediction = await predictRows(last, test.X, methods, classes, ownerOf(model));
      const scoreSeconds = test.seconds + since(asked);
      const notes = [...rows.stages, last].flatMap(stagesOf).flatMap(stageNotes);
      return {
        variant: leaf.index,
        fitSeconds,
        scoreSeconds,
        learnedNumbers: learnedNumbers([...rows.stages, last]),
        notes: [...notes, ...missingClasses(this.#fold, this.#ytrain, classes)],
        prediction,
        ...(also !== undefined && { also: await predictRows(last, await transformAll(rows.stages, also), methods, classes, ownerOf(model)) }),
        ...(this.#keepEstimators && { estimator: fittedModel(leaf, rows.stages, last, shared) }),
      };
    } catch (error) {
      return this.#failure(leaf, error);
    }
  }

  /** The error as this variant would have met it by itself. */
  #failure({ index, chain }: Leaf, error: unknown): Failure {
    let own = error;
    if (error instanceof StageFailure) own = stageError(chain.before[error.position].name, copyOf(error.error));
    if (own instanceof RefitError) own.message = `fold ${this.#fold + 1}: ${own.message}`;
    return { variant: index, error: own };
  }
}

const since = (started: number): number => (performance.now() - started) / 1000;

async function inPosition<T>(position: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StageFailure(position, error);
  }
}

function leavesOf(branch: Branch): Leaf[] {
  return branch.next.flatMap((one) => ('index' in one ? [one] : leavesOf(one)));
}

/** An error of one's own, so that a message can be completed for each variant. */
function copyOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return Object.create(Object.getPrototypeOf(error) as object, Object.getOwnPropertyDescriptors(error));
}

async function transformAll(stages: readonly any[], X: unknown): Promise<unknown> {
  let current = X;
  for (const [position, stage] of stages.entries()) current = await inPosition(position, () => stage.transform(current));
  return current;
}

/** The variant as if it had been fitted by itself; stages that others use too are copied. */
function fittedModel({ chain }: Leaf, stages: readonly any[], last: any, shared: readonly boolean[]): Model {
  if (chain.last.name === null) return last as Model;
  const before = chain.before.map(({ name }, i) => [name, shared[i] ? copyFitted(stages[i]) : stages[i]]);
  return new Pipeline([...before, [chain.last.name, last]] as never) as unknown as Model;
}

/** What a stage says of itself: notes it took, and a solver that gave up. */
function stageNotes(stage: object): string[] {
  const { notes, converged, iterations } = learnedBy(stage);
  const own = Array.isArray(notes) ? (notes as string[]) : [];
  if (converged !== false) return own;
  const after = typeof iterations === 'number' ? ` in ${iterations} iterations` : '';
  return [...own, `${ownerOf(stage)}: did not converge${after}. Raise maxIter or scale X.`];
}

function missingClasses(fold: number, ytrain: Labels, classes: readonly Label[] | null): string[] {
  if (classes === null) return [];
  const unseen = new Set(classes);
  for (let i = 0; i < ytrain.length && unseen.size > 0; i++) unseen.delete(ytrain[i]);
  if (unseen.size === 0) return [];
  const missing = [...unseen];
  return [`Fold ${fold + 1} has no training row of ${showList(missing.map(show))}. Use fewer folds, or stratified ones where rows have no order in time.`];
}
