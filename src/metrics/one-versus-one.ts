import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { BinaryRanking } from './average-over-classes.ts';
import { weightedMean } from './weighted-mean.ts';

/**
 * A binary score for each pair of classes that occur, on their rows only: the mean of the score of one's
 * column and of the other's. Averaged over pairs, weighted by their share of the rows if asked.
 *
 * Source: Hand and Till, "A simple generalisation of the area under the ROC curve for multiple class
 * classification problems", Machine Learning 45, 2001.
 */
export function oneVersusOne(codes: Int32Array, classCount: number, scores: DenseMatrix, weighted: boolean, score: BinaryRanking): number {
  const rowsOf = Array.from({ length: classCount }, () => [] as number[]);
  codes.forEach((code, i) => rowsOf[code].push(i));
  const present = rowsOf.flatMap((rows, k) => (rows.length > 0 ? [k] : []));
  const pairScores: number[] = [];
  const prevalence: number[] = [];
  present.forEach((a, at) => {
    for (const b of present.slice(at + 1)) {
      const rows = [...rowsOf[a], ...rowsOf[b]];
      const against = (k: number): number =>
        score(
          Uint8Array.from(rows, (i) => Number(codes[i] === k)),
          Float64Array.from(rows, (i) => scores.data[i * scores.cols + k]),
          undefined,
        );
      pairScores.push((against(a) + against(b)) / 2);
      prevalence.push(rows.length / codes.length);
    }
  });
  return weightedMean(pairScores, weighted ? prevalence : undefined);
}
