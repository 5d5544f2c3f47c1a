/** sign(x)·max(|x| − t, 0): the minimum over v of ½(v − x)² + t·|v|. */
export function softThreshold(x: number, t: number): number {
  if (x > t) return x - t;
  if (x < -t) return x + t;
  return 0;
}
