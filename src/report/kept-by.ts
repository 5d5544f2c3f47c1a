/**
 * The same function, which works each object out once: pages and pictures show the same curves of the same arrays, which
 * nobody changes after they were predicted.
 */
export function keptBy<Key extends object, Result>(work: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { result: Result }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = { result: work(key) }));
    return found.result;
  };
}
