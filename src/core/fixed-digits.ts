/**
 * A number with a fixed count of digits after the point, the exact value rounded and ties going to the even
 * digit, as Python's format does; toFixed takes ties away from zero (0.125 → 0.13, here 0.12).
 */
export function fixedDigits(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  const rounded = value.toFixed(digits);
  // A tie is an odd multiple of 10^−digits / 2, which a double holds only if it is a multiple of 2^−(digits + 1).
  const longer = value.toFixed(digits + 1);
  const isTie = longer.endsWith('5') && Number.isInteger(value * 2 ** (digits + 1));
  if (!isTie) return rounded;
  const truncated = digits === 0 ? longer.slice(0, -2) : longer.slice(0, -1);
  return Number(truncated.at(-1)) % 2 === 0 ? truncated : rounded;
}
