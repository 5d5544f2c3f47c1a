/** Between what a node's value must lie for monotonic constraints to hold. */
export interface NodeBounds {
  lower: number;
  upper: number;
}

/** The bounds of a split node's children: with a constraint, the middle of their values parts them. */
export function childBounds(constraint: number, { lower, upper }: NodeBounds, middle: number): { left: NodeBounds; right: NodeBounds } {
  if (constraint === 0) return { left: { lower, upper }, right: { lower, upper } };
  const low = { lower, upper: middle };
  const high = { lower: middle, upper };
  return constraint > 0 ? { left: low, right: high } : { left: high, right: low };
}
