/** What cannot be told from 0: ten times the spacing of doubles at 1. */
const LIMIT = 10 * Number.EPSILON;

/** A copy with 1 in place of every (nearly) zero divisor, so that columns without spread stay unscaled. */
export function withoutZeros(divisors: Float64Array): Float64Array {
  return divisors.map((divisor) => (divisor < LIMIT ? 1 : divisor));
}
