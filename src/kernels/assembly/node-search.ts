/** One column: see searchClasses for each of these; where thresholds are drawn, lows and highs are there for all columns. If sparse, it has no ranks. 20 bytes. */
@unmanaged
export class Column {
  ranks: usize;
  base: i32;
  missing: i32;
  lows: usize;
  highs: usize;
}

/** What searchNode reads and writes, in this order without gaps; ../node-search.ts has the twin of this list. */
@unmanaged
export class Search {
  /** A Column for each. */
  columns: usize;
  /** Whether ranks are i32, not u16. */
  wide: i32;
  cols: i32;
  /** How many columns are tried at least. */
  maxFeatures: i32;
  minSamples: i32;
  /** i32 by column, see Splitter: all columns; those known to be constant. */
  features: usize;
  constants: usize;
  samples: usize;
  /** 0 Gini, 1 entropy, 2 squared error, 3 Poisson; for classes with weights of any size 4 Gini, 5 entropy, which are searched as for means. */
  measure: i32;
  /** For classes: see searchClasses. For means: i32 room for ranks by sample; f64 pairs by row, see scanValues. */
  notes: usize;
  totals: usize;
  /** How many classes; for means, the most ranks of a column. */
  size: i32;
  /** For classes as searchClasses has it; for means as sortByRank has it (if sparse, 8 bytes a sample), and 4 bytes a sample, 16 at least, at `moved`; of classes with weights of any size in dense columns, room for k doubles there. */
  scratch: usize;
  moved: usize;
  /** Whether each column's threshold is drawn, rather than the best. */
  isDrawn: i32;
  /** Where columns are sparse: a SparseColumns; else 0. A node of no more than so many entries is read row by row. */
  sparse: usize;
  allowance: i32;
  /** For classes with weights of any size, in dense columns: weight and class by row, f64; the most ranks of a column. */
  pairs: usize;
  ranks: i32;
  /** The state of the generator, and how many columns are known to be constant: read, then written. */
  random: u32;
  known: i32;
  /** Written: the column of the best split (−1: none), its place, the highest rank to the left, the lowest to the right (−1: only missing values), whether missing values go left, how many there are. */
  feature: i32;
  place: i32;
  cut: i32;
  next: i32;
  missingLeft: i32;
  gaps: i32;
  /** Written: the column looked at last, by which samples are parted where thresholds are drawn for means. */
  last: i32;
  minWeight: f64;
  /** Of the node: its weight and, for means, Σ w·y. */
  weight: f64;
  total: f64;
  /** Written where it is drawn. */
  threshold: f64;
  /** Room for what searchClasses and scanValues write: 32 bytes from here. */
  proxy: f64;

  /** Makes the split that searchClasses or one like it wrote at `proxy` the best. */
  keepClasses(feature: i32, start: i32): void {
    const best = changetype<usize>(this) + offsetof<Search>('proxy');
    this.feature = feature;
    this.place = start + load<i32>(best, 8);
    this.cut = load<i32>(best, 12);
    this.next = load<i32>(best, 16);
  }
}
