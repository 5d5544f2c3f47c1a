import { stagesOf } from './model.ts';

/** A stage that can do a part of its work before it knows which rows it will learn from. */
interface Hoisting {
  /** The part that depends on no other row; the stage takes the result, or rows of it, wherever it takes X. */
  hoist(X: unknown): unknown;
}

/**
 * X after the stateless part of the model's first stage (a vectorizer's tokenising), or X itself when that
 * stage has none. Done once before the folds it cannot leak: every row is treated by itself.
 */
export async function hoistStateless(model: object, X: unknown): Promise<unknown> {
  const [first] = stagesOf(model);
  return typeof (first as Partial<Hoisting>).hoist === 'function' ? (first as Hoisting).hoist(X) : X;
}
