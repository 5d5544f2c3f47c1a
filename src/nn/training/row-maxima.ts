/** The position of the largest value in each row of `cols` values; the first on a tie. */
export function rowMaxima(data: ArrayLike<number>, cols: number): Int32Array {
  const positions = new Int32Array(data.length / cols);
  for (let i = 0; i < positions.length; i++) {
    let best = i * cols;
    for (let p = best + 1; p < (i + 1) * cols; p++) if (data[p] > data[best]) best = p;
    positions[i] = best - i * cols;
  }
  return positions;
}
