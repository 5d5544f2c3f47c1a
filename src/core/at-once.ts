type Method = (...args: any[]) => Promise<unknown>;

/**
 * What an asynchronous method does, done when it returns.
 * @param args what the method is given
 * @param use is called once with what the method's promise would hold, which is good until `use` returns and is `use`'s to change
 */
export type AtOnce = <Result>(args: readonly any[], use: (made: any) => Result) => Result;

const forms = new WeakMap<Method, AtOnce>();

/**
 * Declares what a method that never waits does, so that methods of several stages can run one within the other on arrays that
 * none of them has to copy. It is found by the method itself: a subclass that overrides the method has no such form.
 */
export function declareAtOnce<Owner>(
  method: (this: Owner, ...args: any[]) => Promise<unknown>,
  form: <Result>(owner: Owner, args: readonly any[], use: (made: any) => Result) => Result,
): void {
  const bound = function <Result>(this: Owner, args: readonly any[], use: (made: any) => Result): Result {
    return form(this, args, use);
  };
  forms.set(method as Method, bound as AtOnce);
}

/** What a stage's method does, at once; undefined where the method may wait. */
export function atOnce(stage: object, name: string): AtOnce | undefined {
  const method = (stage as Record<string, unknown>)[name];
  const form = typeof method === 'function' ? forms.get(method as Method) : undefined;
  return form && (form.bind(stage) as AtOnce);
}
