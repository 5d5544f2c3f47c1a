/**
 * On which side of the samples without an entry a split parts those with one: −1 before, 1 behind them, 0 for neither.
 * @param base the rank of zero; of a column that has no zero, the lowest rank, whose samples stand for those without an entry
 */
export const sideOf = (cut: number, base: number, threshold: number): number => (cut >= base ? 1 : Math.sign(threshold));
