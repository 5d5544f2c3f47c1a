import type { Label } from '../../core/labels.ts';

/** Numbers, N × cols, as doubles. */
export interface MatrixFlow {
  readonly kind: 'matrix';
  /** Name of the value in the graph. */
  readonly name: string;
  readonly cols: number;
}

/** One text per row: N strings. */
export interface TextsFlow {
  readonly kind: 'texts';
  readonly name: string;
}

/** A column of a table: N × 1 doubles, or N × 1 strings in which '' is a missing value. */
export interface ColumnFlow {
  readonly title: string;
  readonly type: 'number' | 'text';
  readonly name: string;
}

export interface TableFlow {
  readonly kind: 'table';
  readonly columns: readonly ColumnFlow[];
}

/** What a last stage says of each row. */
export interface PredictionFlow {
  readonly kind: 'prediction';
  /** Null for a regressor. */
  readonly classes: readonly Label[] | null;
  /** N whole numbers: the predicted class's position in `classes`. */
  readonly codes?: string;
  /** N × classes doubles. */
  readonly probabilities?: string;
  /** N × classes doubles, or N × 1 for two classes: values before they become probabilities. */
  readonly scores?: string;
  /** N doubles: a regressor's predictions. */
  readonly values?: string;
  /** What a stage that transforms too hands to stages after it; written when it is asked for. */
  readonly transformed?: () => MatrixFlow;
}

/** What flows from stage to stage while a pipeline is written. */
export type Flow = MatrixFlow | TextsFlow | TableFlow | PredictionFlow;
