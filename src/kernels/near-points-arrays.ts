/** How far apart two points are, reduced: Σ(a − b)² for 'euclidean', Σ|a − b| for 'manhattan', max|a − b| for 'chebyshev', Σ|a − b|ᵖ for 'minkowski'. */
export interface PointMetric {
  readonly name: 'euclidean' | 'manhattan' | 'chebyshev' | 'minkowski';
  readonly p: number;
}

/**
 * A k-d tree as plain arrays: a complete binary tree, node n's children at 2n + 1 and 2n + 2, leaves on the last
 * level. A node is a stretch of points and the box around them.
 */
export interface KdTree {
  levels: number;
  /** Rows × columns: the points, in the order of the tree. */
  points: Float64Array;
  /** Row number of each point. */
  rows: Int32Array;
  /** Where each node's points start, and where they end. */
  starts: Int32Array;
  ends: Int32Array;
  /** Nodes × columns: lowest and highest coordinate of each node's points. */
  lower: Float64Array;
  upper: Float64Array;
}

/** Points to search, and what to search them for. */
export interface NearPointsTask {
  metric: PointMetric;
  cols: number;
  /** Points × columns, row-major; and the same points in a tree, or null to compare with all. */
  points: Float64Array;
  tree: KdTree | null;
  /** Queries × columns. */
  queries: Float64Array;
  /** Leaves out the point of the query's own number. */
  others: boolean;
}

/** The k nearest points of each query. */
export interface NearestPoints {
  /** Queries × k reduced distances, ascending, the lower row first among equals, and their rows. */
  distances: Float64Array;
  rows: Int32Array;
}

/** All points within a radius of each query. */
export interface PointsWithin {
  /** Where each query's points begin, and the last ones end. */
  starts: Int32Array;
  /** Reduced distances and rows; a query's in the order in which they were found. */
  distances: Float64Array;
  rows: Int32Array;
}
