/** Smallest and largest power of ten that a double can need. */
const FIRST = -342;
const LAST = 308;

let table: BigUint64Array | undefined;

/**
 * The leading 128 bits of 5^q for q from −342 to 308, upper half first: cut off, except for q from −27 to −1, where
 * they are rounded up so that exact quotients come out exact. Powers of two only move the point, so that this is all
 * of 10^q that matters.
 *
 * Source: Lemire, "Number parsing at a gigabyte per second", Software: Practice and Experience 51, 2021.
 */
export function powersOfFive(): BigUint64Array {
  if (table !== undefined) return table;
  table = new BigUint64Array(2 * (LAST - FIRST + 1));
  let power = 1n;
  for (let q = 0; q <= -FIRST; q++, power *= 5n) {
    const bits = BigInt(bitLength(power));
    if (q <= LAST) put(q, leading(power));
    if (q > 0) put(-q, leading((1n << (bits + 256n)) / power) + (q <= 27 ? 1n : 0n));
  }
  return table;
}

function put(q: number, mantissa: bigint): void {
  const at = 2 * (q - FIRST);
  table![at] = mantissa >> 64n;
  table![at + 1] = mantissa & 0xffffffffffffffffn;
}

function leading(value: bigint): bigint {
  const excess = bitLength(value) - 128;
  return excess >= 0 ? value >> BigInt(excess) : value << BigInt(-excess);
}

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return digits.length * 4 - Math.clz32(Number.parseInt(digits[0], 16)) + 28;
}
