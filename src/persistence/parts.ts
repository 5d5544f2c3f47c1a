/**
 * A class whose instances say themselves what they are made of: plain data and stages, and no function of their own making.
 * For what is more than options and a learned record, and for classes of data inside a learned record.
 */
export interface PartsClass {
  readonly name: string;
  fromParts(parts: any): object;
}

/** An instance of such a class. */
export interface HasParts {
  toParts(): unknown;
}

/** A class that is rebuilt from its options: estimators, splitters, distributions. */
export interface OptionsClass {
  new (options: any): object;
  readonly name: string;
  readonly rules: object;
  /** Options that a fitted instance does without: where one cannot be saved, the rest is, and the loaded one predicts but cannot be fitted. */
  readonly forTrainingOnly?: readonly string[];
}

/** A class that is rebuilt from its stages: pipelines and unions. */
export interface StepsClass {
  new (steps: any): { readonly steps: readonly (readonly [name: string, stage: object])[] };
  readonly name: string;
}

export const isPartsClass = (value: unknown): value is PartsClass =>
  typeof value === 'function' && typeof (value as Partial<PartsClass>).fromParts === 'function' && typeof (value.prototype as Partial<HasParts> | undefined)?.toParts === 'function';

export const isOptionsClass = (value: unknown): value is OptionsClass =>
  typeof value === 'function' && typeof (value as Partial<OptionsClass>).rules === 'object' && typeof value.prototype === 'object';
