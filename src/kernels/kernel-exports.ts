/** A byte address in the kernels' memory: the `byteOffset` of an array from an arena. */
type Pointer = number;

/** What assembly/*.ts exports; see there for what each does. */
export interface KernelExports {
  clear(start: Pointer, bytes: number): void;
  isCsr(rows: number, cols: number, entries: number, indptr: Pointer, indices: Pointer): number;

  dot(x: Pointer, y: Pointer, n: number): number;
  axpy(alpha: number, x: Pointer, y: Pointer, n: number): void;
  scale(alpha: number, x: Pointer, out: Pointer, n: number): void;
  maxAbs(x: Pointer, n: number): number;
  pairwiseSum(x: Pointer, n: number): number;

  csrRowsTimesVector(from: number, to: number, indptr: Pointer, indices: Pointer, data: Pointer, w: Pointer, bias: number, out: Pointer): void;
  csrRowsTransposedTimesVector(from: number, to: number, indptr: Pointer, indices: Pointer, data: Pointer, r: Pointer, out: Pointer): void;
  csrRowsTimesMatrix(
    from: number,
    to: number,
    k: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    w: Pointer,
    bias: Pointer,
    out: Pointer,
  ): void;
  csrRowsTransposedTimesMatrix(
    from: number,
    to: number,
    k: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    r: Pointer,
    out: Pointer,
  ): void;
  denseRowsTimesVector(from: number, to: number, cols: number, data: Pointer, w: Pointer, bias: number, out: Pointer): void;
  denseRowsTransposedTimesVector(from: number, to: number, cols: number, data: Pointer, r: Pointer, out: Pointer): void;
  denseRowsTimesMatrix(from: number, to: number, cols: number, k: number, data: Pointer, w: Pointer, bias: Pointer, out: Pointer): void;
  denseRowsTransposedTimesMatrix(from: number, to: number, cols: number, k: number, data: Pointer, r: Pointer, out: Pointer): void;

  exp(x: number): number;
  log1p(u: number): number;

  csrLogisticLossGradient(rows: number, cols: number, indptr: Pointer, indices: Pointer, data: Pointer, ...rest: LogisticArguments): void;
  denseLogisticLossGradient(rows: number, cols: number, data: Pointer, ...rest: LogisticArguments): void;
  csrSoftmaxLossGradient(
    rows: number,
    cols: number,
    k: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    ...rest: SoftmaxArguments
  ): void;
  denseSoftmaxLossGradient(rows: number, cols: number, k: number, data: Pointer, ...rest: SoftmaxArguments): void;
}

type LogisticArguments = readonly [
  y: Pointer,
  weights: Pointer,
  divisor: number,
  w: Pointer,
  bias: number,
  losses: Pointer,
  pointwise: Pointer,
  gradient: Pointer,
];

type SoftmaxArguments = readonly [
  y: Pointer,
  weights: Pointer,
  divisor: number,
  W: Pointer,
  bias: Pointer,
  losses: Pointer,
  pointwise: Pointer,
  gradient: Pointer,
];
