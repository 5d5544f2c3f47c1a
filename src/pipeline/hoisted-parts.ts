import { rowCount, takeRows, type RowSet } from '../core/rows.ts';

/** One X per part of a FeatureUnion: each part's own stateless work done, all of the same rows. */
export class HoistedParts implements RowSet {
  readonly parts: readonly unknown[];

  constructor(parts: readonly unknown[]) {
    this.parts = parts;
  }

  get rows(): number {
    return rowCount(this.parts[0]);
  }

  /** The given rows of every part; parts that share an X go on sharing it. */
  take(rows: ArrayLike<number>): HoistedParts {
    const taken = new Map<unknown, unknown>();
    for (const part of this.parts) if (!taken.has(part)) taken.set(part, takeRows(part, rows));
    return new HoistedParts(this.parts.map((part) => taken.get(part)));
  }
}
