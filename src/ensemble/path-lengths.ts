import type { TreeNodes } from '../tree/tree-nodes.ts';

const EULER = 0.5772156649015329;

/**
 * Splits that it takes on average to tell one of n rows from the others, c(n) = 2·H(n − 1) − 2(n − 1)/n with the harmonic number
 * H(i) ≈ ln i + 0.5772.
 * Source: Liu, Ting and Zhou, "Isolation forest", ICDM 2008, equation 1.
 */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}

/** For each node, the splits above it and those that its rows would still take on average. */
export function pathLengths({ left, right, samples }: TreeNodes): Float64Array {
  const depth = new Int32Array(left.length);
  for (let node = 0; node < left.length; node++) if (left[node] >= 0) depth[left[node]] = depth[right[node]] = depth[node] + 1;
  return Float64Array.from(depth, (splits, node) => splits + averagePathLength(samples[node]));
}
