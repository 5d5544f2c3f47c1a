/**
 * A stage that can do a part of its work before it knows which rows it will learn from: a vectorizer's tokenising.
 * Done once before the folds it cannot leak, since every row is treated by itself.
 */
export interface Hoisting {
  /**
   * The part that depends on no other row. The stage takes the result, or rows of it, wherever it takes X.
   * @param done what other stages have made of the same X; the stage takes from it what it would make itself, and adds what it makes
   */
  hoist(X: unknown, done?: unknown[]): unknown;
}

/** X after a stage's stateless work; X itself for a stage that has none. */
export function hoistFor(stage: object, X: unknown, done: unknown[] = []): unknown {
  return typeof (stage as Partial<Hoisting>).hoist === 'function' ? (stage as Hoisting).hoist(X, done) : X;
}
