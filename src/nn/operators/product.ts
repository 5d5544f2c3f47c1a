import type { Tensor } from '../tensor.ts';
import { currentThreads } from '../trace.ts';
import { node } from './node.ts';
import { split } from './rearrange.ts';
import { reshape } from './reshape.ts';

/**
 * ONNX Runtime adds up a product's terms in blocks, and takes the longer blocks the fewer columns a thread has. Its threads
 * share columns where there are more of them than rows, by sixteens: so the last digits would hang on how many threads
 * there are. With the first factor turned (`transA`) blocks are always of 128.
 */
const blockOfTerms = (columns: number): number => (columns > 64 ? 128 : columns > 32 ? 256 : columns > 16 ? 512 : 1024);

/** Whether a product of so many columns has the same bits where that many threads share them as on one. */
export function isSteady(columns: number, terms: number, threads: number): boolean {
  const pieces = Math.ceil(columns / 16);
  const shares = Math.min(threads, pieces);
  // The last thread has the incomplete piece, and none of those that are left over.
  const fewest = shares === 1 ? columns : 16 * Math.floor(pieces / shares) - (16 * pieces - columns);
  return terms <= blockOfTerms(columns) || blockOfTerms(fewest) === blockOfTerms(columns);
}

/**
 * a·b + c of matrices, or a·bᵀ + c, with the bits that one thread would give it, on any number of threads: where those
 * share columns otherwise, each block of terms is a product of its own on top of the one before.
 */
export function product(a: Tensor, b: Tensor, c?: Tensor, { transB = false } = {}): Tensor {
  const terms = a.shape[1];
  const columns = b.shape[transB ? 0 : 1];
  // A lone column that is not turned is added up by rows at a time.
  if (columns === 1 && !transB) return product(a, reshape(b, [1, terms]), c, { transB: true });
  const gemm = (left: Tensor, right: Tensor, onTop?: Tensor): Tensor => node('Gemm', onTop ? [left, right, onTop] : [left, right], [a.shape[0], columns], { attributes: { transB: { int: transB ? 1 : 0 } } });
  // A factor that is turned just before is taken as `transA`.
  if (terms < 0 || columns < 0 || a.operation?.op === 'Transpose' || isSteady(columns, terms, currentThreads())) return gemm(a, b, c);
  const sizes = blocksOf(terms, blockOfTerms(columns));
  const rights = split(b, sizes, transB ? 1 : 0);
  return split(a, sizes, 1).reduce<Tensor | undefined>((sum, left, i) => gemm(left, rights[i], sum), c)!;
}

/** The sizes of blocks that so many terms come in. */
function blocksOf(terms: number, block: number): number[] {
  return Array.from({ length: Math.ceil(terms / block) }, (_, i) => Math.min(block, terms - i * block));
}
