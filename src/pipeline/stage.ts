import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';

/** What a pipeline asks of a stage; every Estimator, Pipeline and FeatureUnion keeps it. */
export interface Stage {
  readonly options: object;
  readonly isFitted: boolean;
  readonly fitted: object;
  /** What it wants X to be; 'matrix' where it does not say. */
  readonly takes?: Takes;
  clone(): Stage;
  with(changes: any): Stage;
  fit(X: any, y?: any, options?: FitOptions): Promise<unknown>;
}

/** A stage with its name. */
export type Step = readonly [name: string, stage: Stage];

/** What a stage's `fit` takes as X. */
export type InOf<S> = S extends { fit(X: infer X, ...rest: any[]): any } ? X : never;

/** What a stage's `transform` returns. */
export type OutOf<S> = S extends { transform(X: any): Promise<infer Out> } ? Out : never;

/** What a stage's `predict` returns. */
export type PredictionOf<S> = S extends { predict(X: any): Promise<infer Prediction> } ? Prediction : never;

/** What a stage's `fitted` holds. */
export type FittedOf<S> = S extends { readonly fitted: infer Fitted } ? Fitted : never;

/** What a stage's `with` takes: some of its options, nested for a stage that is itself a pipeline. */
export type ChangesOf<S> = S extends { with(changes: infer Changes): any } ? Changes : never;

export type FirstStage<Steps> = Steps extends readonly [infer First extends Step, ...any[]] ? First[1] : Stage;
export type LastStage<Steps> = Steps extends readonly [...any[], infer Last extends Step] ? Last[1] : Stage;

/** Stages by name. */
export type NamedSteps<Steps extends readonly Step[]> = { readonly [S in Steps[number] as S[0]]: S[1] };

/** Changes of options by stage name. */
export type StepChanges<Steps extends readonly Step[]> = { readonly [S in Steps[number] as S[0]]?: ChangesOf<S[1]> };

/**
 * `unknown` when every stage accepts what the one before it produces; otherwise a tuple in which the
 * offending stage is replaced by a sentence, which is what the compiler then prints.
 */
export type CheckSteps<Steps extends readonly Step[]> = Steps extends readonly [
  infer A extends Step,
  infer B extends Step,
  ...infer Rest extends readonly Step[],
]
  ? A[1] extends { transform(X: any): any }
    ? [OutOf<A[1]>] extends [InOf<B[1]>]
      ? CheckSteps<readonly [B, ...Rest]>
      : readonly Refusal<B[0], `stage "${B[0]}" does not accept what "${A[0]}" produces`>[]
    : readonly Refusal<A[0], `stage "${A[0]}" has no transform, so it must be the last stage, but "${B[0]}" follows`>[]
  : unknown;

type Refusal<Name extends string, Sentence extends string> = readonly [Name, Sentence];
