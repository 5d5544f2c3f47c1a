/** Compares scores for a sort that puts the best first; those that are not defined come last, as they came. */
export function bestFirst(better: 'higher' | 'lower'): (a: number, b: number) => number {
  return (a, b) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return better === 'higher' ? b - a : a - b;
  };
}
