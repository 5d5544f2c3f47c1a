import { CATEGORICAL, HAS_MISSING, type NodeToSplit, type SplitColumns, type SplitLimits, type SplitSpace } from '../split-arrays.ts';

/** Categories with less support than this are not told apart. */
const MIN_SUPPORT = 10;

interface Best {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: number;
  categories: readonly number[] | null;
  g: bigint;
  h: bigint;
}

/** See ../best-split.ts. Sums are exact whole numbers; what is computed from them is computed as scikit-learn does. */
export function bestSplit(features: Int32Array, columns: SplitColumns, node: NodeToSplit, limits: SplitLimits, space: SplitSpace): void {
  const { histogram, total, value, lower, upper } = node;
  const { minSamplesLeaf, minHessian, l2, gradientUnit, hessianUnit, shift } = limits;
  const bits = BigInt(shift);
  const mask = (1n << bits) - 1n;
  const gradientOf = (g: bigint): number => Number(g) * gradientUnit;
  const hessianOf = (h: bigint): number => Number(h & mask) * hessianUnit;
  const countOf = (h: bigint): number => Number(h >> bits);
  const sumG = gradientOf(total[0]);
  const sumH = hessianOf(total[1]);
  const rows = countOf(total[1]);
  const valueOf = (g: number, h: number): number => {
    const free = -g / (h + l2 + 1e-15);
    return free < lower ? lower : free > upper ? upper : free;
  };
  const gainOf = (leftG: number, leftH: number, direction: number): number => {
    const rightG = sumG - leftG;
    const left = valueOf(leftG, leftH);
    const right = valueOf(rightG, sumH - leftH);
    if ((direction > 0 && left > right) || (direction < 0 && left < right)) return -1;
    return sumG * value - left * leftG - right * rightG;
  };

  let best: Best = { gain: -1, feature: -1, bin: 0, missingLeft: 0, categories: null, g: 0n, h: 0n };
  /** 'next' where this side is too small, 'stop' where the other is, else undefined. */
  const tooSmall = (h: bigint): 'next' | 'stop' | undefined => {
    const count = countOf(h);
    if (count < minSamplesLeaf) return 'next';
    if (rows - count < minSamplesLeaf) return 'stop';
    if (hessianOf(h) < minHessian) return 'next';
    return sumH - hessianOf(h) < minHessian ? 'stop' : undefined;
  };

  for (const feature of features) {
    const start = columns.starts[feature];
    const bins = columns.bins[feature];
    const cellG = (bin: number): bigint => histogram[2 * (start + bin)];
    const cellH = (bin: number): bigint => histogram[2 * (start + bin) + 1];
    const hasMissing = (columns.kinds[feature] & HAS_MISSING) !== 0;
    if (columns.kinds[feature] & CATEGORICAL) {
      const support = rows / sumH;
      const order: { bin: number; value: number }[] = [];
      for (let bin = 0; bin < bins + Number(hasMissing); bin++) {
        const hessian = hessianOf(cellH(bin));
        if (hessian * support >= MIN_SUPPORT) order.push({ bin, value: gradientOf(cellG(bin)) / (hessian + MIN_SUPPORT) });
      }
      if (order.length <= 1) continue;
      order.sort((a, b) => a.value - b.value);
      const middle = (order.length + 1) >> 1;
      for (const [way, end] of [[order, middle], [order.toReversed(), middle - 1]] as const) {
        let g = 0n;
        let h = 0n;
        for (let i = 0; i < end; i++) {
          g += cellG(way[i].bin);
          h += cellH(way[i].bin);
          const count = countOf(h);
          if (count < minSamplesLeaf || hessianOf(h) < minHessian) continue;
          if (rows - count < minSamplesLeaf || sumH - hessianOf(h) < minHessian) break;
          const gain = gainOf(gradientOf(g), hessianOf(h), 0);
          if (gain > best.gain && gain > 0) {
            const categories = way.slice(0, i + 1).map(({ bin }) => bin);
            best = { gain, feature, bin: 0, missingLeft: Number(categories.includes(bins)), categories, g, h };
          }
        }
      }
      continue;
    }
    const direction = columns.directions[feature];
    let g = 0n;
    let h = 0n;
    for (let bin = 0; bin < (hasMissing ? bins : bins - 1); bin++) {
      if (cellH(bin) === 0n) continue;
      g += cellG(bin);
      h += cellH(bin);
      const small = tooSmall(h);
      if (small === 'next') continue;
      if (small === 'stop') break;
      const gain = gainOf(gradientOf(g), hessianOf(h), direction);
      if (gain > best.gain && gain > 0) best = { gain, feature, bin, missingLeft: 0, categories: null, g, h };
    }
    if (!hasMissing) continue;
    g = 0n;
    h = 0n;
    for (let bin = bins - 2; bin >= 0; bin--) {
      if (cellH(bin + 1) === 0n) continue;
      g += cellG(bin + 1);
      h += cellH(bin + 1);
      const small = tooSmall(h);
      if (small === 'next') continue;
      if (small === 'stop') break;
      const gain = gainOf(sumG - gradientOf(g), sumH - hessianOf(h), direction);
      if (gain > best.gain) best = { gain, feature, bin, missingLeft: 1, categories: null, g: total[0] - g, h: total[1] - h };
    }
  }

  const { numbers, cells, words, categories } = space;
  numbers[0] = best.gain;
  words[10] = best.feature;
  if (best.feature < 0) return;
  const leftG = gradientOf(best.g);
  const leftH = hessianOf(best.h);
  numbers[1] = valueOf(leftG, leftH);
  numbers[2] = valueOf(sumG - leftG, sumH - leftH);
  cells[3] = best.g;
  cells[4] = best.h;
  words[11] = best.bin;
  words[12] = best.missingLeft;
  words[13] = Number(best.categories !== null);
  words[14] = countOf(best.h);
  if (best.categories === null) return;
  categories.fill(0);
  for (const bin of best.categories) categories[bin >> 3] |= 1 << (bin & 7);
}
