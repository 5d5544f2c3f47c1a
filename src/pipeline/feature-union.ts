import { OptionError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { hoistFor } from '../core/hoisting.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { HoistedParts } from './hoisted-parts.ts';
import { byName, changeSteps, checkSteps } from './named-stages.ts';
import type { FittedOf, InOf, NamedSteps, Stage, StepChanges } from './stage.ts';

interface MatrixStage extends Stage {
  transform(X: any): Promise<Matrix>;
  fitTransform(X: any, y?: any, options?: FitOptions): Promise<Matrix>;
  featureNamesOut(inputNames?: readonly string[]): string[];
}

type UnionStep = readonly [name: string, stage: MatrixStage];

/** What all stages accept: the intersection of their inputs. */
type UnionIn<Steps extends readonly UnionStep[]> = (
  { [I in keyof Steps]: (X: InOf<Steps[I][1]>) => void }[number]
) extends (X: infer X) => void ? X : never;

/**
 * Several transformers over the same X, their columns side by side; sparse as soon as one part is.
 *
 * Counterpart: scikit-learn's FeatureUnion. Column names are `part__column`.
 *
 * @example
 * new FeatureUnion([['words', new TfidfVectorizer()], ['letters', new TfidfVectorizer({ analyzer: 'char', ngramRange: [2, 4] })]]);
 */
export class FeatureUnion<const Steps extends readonly UnionStep[]> {
  readonly steps: Steps;

  /** @throws OptionError for names that are missing, double or dotted, or parts that do not transform. */
  constructor(steps: Steps) {
    checkSteps('FeatureUnion', steps);
    for (const [name, stage] of steps) {
      if (typeof stage.transform !== 'function') throw new OptionError(`FeatureUnion: part "${name}" must have transform.`);
    }
    this.steps = steps;
  }

  get namedSteps(): NamedSteps<Steps> {
    return Object.fromEntries(this.steps) as unknown as NamedSteps<Steps>;
  }

  get options(): { readonly [S in Steps[number] as S[0]]: S[1]['options'] } {
    return byName(this.steps, (stage) => stage.options) as never;
  }

  /** What the parts want X to be. */
  get takes(): Takes {
    return this.steps[0][1].takes ?? 'matrix';
  }

  get isFitted(): boolean {
    return this.steps.every(([, stage]) => stage.isFitted);
  }

  /** What each part has learned, by name. @throws NotFittedError before fit. */
  get fitted(): { readonly [S in Steps[number] as S[0]]: FittedOf<S[1]> } {
    return byName(this.steps, (stage) => stage.fitted) as never;
  }

  clone(): this {
    return this.with({});
  }

  with(changes: StepChanges<Steps>): this {
    return new FeatureUnion(changeSteps('FeatureUnion', this.steps, changes as Record<string, unknown>) as never) as unknown as this;
  }

  /** X after every part's own stateless work; see Pipeline. Parts whose work is the same share one result. */
  hoist(X: UnionIn<Steps>, done: unknown[] = []): unknown {
    const parts = this.steps.map(([, stage]) => hoistFor(stage, X, done));
    if (parts.every((part) => part === X)) return X;
    const same = done.find((one) => one instanceof HoistedParts && one.parts.length === parts.length && one.parts.every((part, i) => part === parts[i]));
    if (same !== undefined) return same;
    const hoisted = new HoistedParts(parts);
    done.push(hoisted);
    return hoisted;
  }

  async fit(X: UnionIn<Steps>, y?: ArrayLike<unknown>, options?: FitOptions): Promise<this> {
    for (const [i, [, stage]] of this.steps.entries()) await stage.fit(partOf(X, i), y, options);
    return this;
  }

  async transform(X: UnionIn<Steps>): Promise<Matrix> {
    const parts: Matrix[] = [];
    for (const [i, [, stage]] of this.steps.entries()) parts.push(await stage.transform(partOf(X, i)));
    return stackColumns(parts);
  }

  async fitTransform(X: UnionIn<Steps>, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Matrix> {
    const parts: Matrix[] = [];
    for (const [i, [, stage]] of this.steps.entries()) parts.push(await stage.fitTransform(partOf(X, i), y, options));
    return stackColumns(parts);
  }

  featureNamesOut(inputNames?: readonly string[]): string[] {
    return this.steps.flatMap(([name, stage]) => stage.featureNamesOut(inputNames).map((column) => `${name}__${column}`));
  }
}

/** What part i works on. */
function partOf(X: unknown, i: number): unknown {
  return X instanceof HoistedParts ? X.parts[i] : X;
}
