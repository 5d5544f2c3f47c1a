/** A byte address in the kernels' memory: the `byteOffset` of an array from an arena. */
type Pointer = number;

/** What assembly/*.ts exports; see there for what each does. */
export interface KernelExports {
  clear(start: Pointer, bytes: number): void;
  isCsr(rows: number, cols: number, entries: number, indptr: Pointer, indices: Pointer): number;

  dot(x: Pointer, y: Pointer, n: number): number;
  axpy(alpha: number, x: Pointer, y: Pointer, n: number): void;
  scale(alpha: number, x: Pointer, out: Pointer, n: number): void;
  copy(x: Pointer, out: Pointer, n: number): void;
  maxAbs(x: Pointer, n: number): number;
  pairwiseSum(x: Pointer, n: number): number;
  interleave(vectors: Pointer, n: number, k: number, out: Pointer): void;
  separate(values: Pointer, n: number, k: number, vectors: Pointer): void;

  compensatedDot(x: Pointer, y: Pointer, n: number): number;
  pairProducts(size: number, n: number, pairs: Pointer, stride: number, slots: Pointer, s: Pointer, y: Pointer, g: Pointer, out: Pointer, lost: Pointer): void;
  combinePairs(size: number, n: number, pairs: Pointer, stride: number, slots: Pointer, coefficients: Pointer, g: Pointer, factor: number, out: Pointer): void;

  transposeCsr(rows: number, cols: number, indptr: Pointer, indices: Pointer, data: Pointer, starts: Pointer, places: Pointer, values: Pointer): void;
  rowGramTimes(from: number, to: number, count: number, pairs: number, starts: Pointer, rows: Pointer, data: Pointer, sizes: Pointer, v: Pointer, own: Pointer, sums: Pointer, largest: Pointer): void;

  roundStep(x: Pointer, direction: Pointer, end: Pointer, n: number): void;
  moveTo(x: Pointer, before: Pointer, direction: Pointer, step: number, n: number): number;
  subtractFrom(x: Pointer, out: Pointer, n: number): void;

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

  spreadLoneColumns(cols: number, places: Pointer, shares: Pointer, w: Pointer, out: Pointer): void;
  mergeLoneColumns(
    rows: number,
    cols: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    places: Pointer,
    shares: Pointer,
    largest: Pointer,
    next: Pointer,
  ): number;

  addDocumentFrequencies(rows: number, rowIds: Pointer, indptr: Pointer, indices: Pointer, frequencies: Pointer): void;
  numberFeatures(features: number, frequencies: Pointer, least: number, most: number, columns: Pointer): number;
  takeCounts(
    rows: number,
    rowIds: Pointer,
    indptr: Pointer,
    indices: Pointer,
    counts: Pointer,
    columns: Pointer,
    outIndptr: Pointer,
    outIndices: Pointer,
    outData: Pointer,
  ): number;

  addSelfProduct(rows: number, cols: number, depth: number, x: Pointer, shift: Pointer, packed: Pointer, sums: Pointer, out: Pointer): void;
  addUpProducts(width: number, count: number, products: Pointer): void;
  multiplyRows(from: number, to: number, stride: number, depth: number, a: Pointer, right: number, b: Pointer, out: Pointer, start: Pointer): void;
  multiplyPanels(
    left: number,
    right: number,
    depth: number,
    a: Pointer,
    b: Pointer,
    out: Pointer,
    width: number,
    lower: number,
    offset: number,
  ): void;

  trainSkipGram(
    words: Pointer,
    from: number,
    to: number,
    kept: Pointer,
    keep: Pointer,
    size: number,
    window: number,
    negative: number,
    rate: number,
    input: Pointer,
    output: Pointer,
    table: Pointer,
    mask: number,
    sigmoids: Pointer,
    error: Pointer,
    seed: number,
  ): number;

  tridiagonalise(n: number, a: Pointer, diagonal: Pointer, offDiagonal: Pointer, reflectors: Pointer, room: Pointer): void;
  tridiagonalValues(n: number, d: Pointer, e: Pointer): number;
  implicitQlRound(l: number, m: number, start: number, d: Pointer, e: Pointer, turns: Pointer): number;
  reflectAxes(n: number, reflectors: Pointer, vectors: Pointer): void;
  reflectBack(n: number, width: number, reflectors: Pointer, rows: Pointer): void;
  turnBackRows(width: number, first: number, last: number, rows: Pointer, turns: Pointer): void;
  turnRows(n: number, first: number, last: number, rows: Pointer, turns: Pointer): void;

  sumClasses(notes: Pointer, start: number, end: number, totals: Pointer, k: number): number;
  partitionCounted(
    ranks: Pointer,
    wide: number,
    base: number,
    missing: number,
    samples: Pointer,
    notes: Pointer,
    start: number,
    end: number,
    cut: number,
    missingLeft: number,
    spare: Pointer,
  ): number;
  partitionByRank(
    ranks: Pointer,
    wide: number,
    base: number,
    missing: number,
    samples: Pointer,
    start: number,
    end: number,
    cut: number,
    missingLeft: number,
  ): number;

  sortByRank(
    ranks: Pointer,
    wide: number,
    base: number,
    missing: number,
    samples: Pointer,
    keys: Pointer,
    start: number,
    end: number,
    scratch: Pointer,
    most: number,
  ): number;
  searchNode(search: Pointer, start: number, end: number): void;
  partSparse(search: Pointer, start: number, end: number, feature: number, cut: number, side: number): void;
  sumLeft(samples: Pointer, start: number, p: number, end: number, pairs: Pointer, total: number, weight: number, out: Pointer): void;
  sumValues(samples: Pointer, start: number, end: number, y: Pointer, weights: Pointer, out: Pointer): void;

  exp(x: number): number;
  log(x: number): number;
  log1p(u: number): number;
  log1pOfShare(u: number): number;

  logisticLossesOfScores(rows: number, y: Pointer, weights: Pointer, divisor: number, bias: number, losses: Pointer, pointwise: Pointer): void;
  csrLogisticLossGradient(rows: number, cols: number, indptr: Pointer, indices: Pointer, data: Pointer, ...rest: LogisticArguments): void;
  csrLogisticLossGradients(
    first: number,
    last: number,
    cols: number,
    models: number,
    k: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    y: Pointer,
    weights: Pointer,
    divisors: Pointer,
    w: Pointer,
    bias: Pointer,
    losses: Pointer,
    pointwise: Pointer,
    block: Pointer,
    gradient: Pointer,
  ): void;
  oneHotLogisticLossGradient(rows: number, cols: number, numbers: number, ones: number, before: number, columns: Pointer, values: Pointer, places: Pointer, ...rest: LogisticArguments): void;
  oneHotShape(rows: number, width: number, indptr: Pointer, indices: Pointer, data: Pointer): number;
  packOneHotRows(rows: number, width: number, from: number, to: number, indices: Pointer, data: Pointer, values: Pointer, places: Pointer): void;
  denseLogisticLossGradient(rows: number, cols: number, data: Pointer, ...rest: LogisticArguments): void;
  softmaxLossesByClass(rows: number, k: number, y: Pointer, weights: Pointer, divisor: number, scores: Pointer, bias: Pointer, losses: Pointer, pointwise: Pointer): void;
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

  pairwiseRowProducts(rows: number, cols: number, data: Pointer, x: Pointer, out: Pointer): void;
  signedFloats(values: Pointer, signs: Pointer, sign: number, out: Pointer, n: number): void;
  manhattanDistances(rows: number, cols: number, data: Pointer, x: Pointer, out: Pointer): void;
  gatherSigned(values: Pointer, places: Pointer, signs: Pointer, sign: number, out: Pointer, n: number): void;
  gaussians(values: Pointer, squares: Pointer, square: number, gamma: number, n: number): void;
  mostViolating(y: Pointer, gradient: Pointer, up: Pointer, n: number): number;
  bestPartner(
    y: Pointer,
    gradient: Pointer,
    down: Pointer,
    diagonal: Pointer,
    row: Pointer,
    own: number,
    twice: number,
    highest: number,
    n: number,
    second: Pointer,
  ): number;
  addTwoRows(sums: Pointer, x: Pointer, a: number, y: Pointer, b: number, n: number): void;
  dualHingePass(
    active: number,
    order: Pointer,
    starts: Pointer,
    blocks: Pointer,
    signs: Pointer,
    bounds: Pointer,
    diagonal: Pointer,
    curvature: Pointer,
    alpha: Pointer,
    bias: number,
    biasWeight: Pointer,
    range: Pointer,
  ): number;
  sgdRows(
    from: number,
    to: number,
    cols: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    y: Pointer,
    factors: Pointer,
    loss: number,
    epsilon: number,
    penalty: number,
    alpha: number,
    l1Ratio: number,
    decay: number,
    averaged: number,
    order: Pointer,
    rates: Pointer,
    w: Pointer,
    average: Pointer,
    paid: Pointer,
    state: Pointer,
  ): void;
  productsToBounds(values: Pointer, squares: Pointer, square: number, norms: Pointer, slack: number, n: number): void;
  nearestRows(from: number, to: number, n: number, k: number, others: number, task: Pointer, room: Pointer): void;
  comparePoints(
    from: number,
    to: number,
    queries: number,
    points: number,
    cols: number,
    k: number,
    others: number,
    factor: number,
    radius: number,
    task: Pointer,
    room: Pointer,
  ): void;
  searchTree(from: number, to: number, leaves: number, metric: number, cols: number, k: number, others: number, radius: number, task: Pointer, room: Pointer): void;
  listWithin(values: Pointer, n: number, limit: number, list: Pointer): number;
  listSmallest(values: Pointer, n: number, k: number, smallest: Pointer, indices: Pointer): number;
  listedRowsTimesVector(
    count: number,
    rows: Pointer,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    w: Pointer,
    out: Pointer,
  ): void;
  addSparseRows(
    entries: number,
    columns: Pointer,
    values: Pointer,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    out: Pointer,
  ): void;

  csrMoments(
    first: number,
    last: number,
    rows: number,
    cols: number,
    indptr: Pointer,
    indices: Pointer,
    data: Pointer,
    weights: Pointer,
    total: number,
    mean: Pointer,
    variance: Pointer,
    weight: Pointer,
    records: Pointer,
    entries: Pointer,
  ): void;
  addColumnSums(rows: number, cols: number, x: Pointer, sums: Pointer): void;
  denseMoments(
    rows: number,
    cols: number,
    data: Pointer,
    weights: Pointer,
    mean: Pointer,
    variance: Pointer,
    weight: Pointer,
    correction: Pointer,
  ): void;
  csrScaleColumns(entries: number, indices: Pointer, data: Pointer, factors: Pointer, out: Pointer): void;
  denseScaleColumns(rows: number, cols: number, data: Pointer, factors: Pointer, out: Pointer): void;

  markAscii(bytes: Pointer, length: number, table: Pointer, bits: Pointer): number;
  markOthers(bytes: Pointer, length: number, from: number, known: Pointer, members: Pointer, bits: Pointer): number;
  internTexts(
    count: number,
    spans: Pointer,
    bytes: Pointer,
    bits: Pointer,
    minLength: number,
    state: Pointer,
    ids: Pointer,
    slots: Pointer,
    mask: number,
    starts: Pointer,
    pool: Pointer,
    ends: Pointer,
    tooShort: Pointer,
  ): void;
  mergeTerms(count: number, otherStarts: Pointer, otherPool: Pointer, state: Pointer, slots: Pointer, mask: number, starts: Pointer, pool: Pointer, numbers: Pointer): void;
  renumber(count: number, ids: Pointer, numbers: Pointer, out: Pointer): void;
  lowerAscii(bytes: Pointer, length: number): void;
  orderTerms(
    count: number,
    starts: Pointer,
    pool: Pointer,
    keys: Pointer,
    order: Pointer,
    otherKeys: Pointer,
    otherOrder: Pointer,
    tallies: Pointer,
  ): void;
  rehashTerms(from: Pointer, fromSlots: number, to: Pointer, mask: number): void;

  csvRecords(bytes: Pointer, length: number, isLast: boolean, delimiter: number, quote: number, state: Pointer, bounds: Pointer): number;
  csvNumbers(
    bytes: Pointer,
    bounds: Pointer,
    width: number,
    index: number,
    from: number,
    to: number,
    keepIds: boolean,
    words: Pointer,
    powers: Pointer,
    out: Pointer,
  ): number;
  csvBooleans(bytes: Pointer, bounds: Pointer, width: number, index: number, from: number, to: number, words: Pointer, out: Pointer): number;
  csvDates(bytes: Pointer, bounds: Pointer, width: number, index: number, from: number, to: number, words: Pointer, out: Pointer): number;
  csvTexts(
    bytes: Pointer,
    bounds: Pointer,
    width: number,
    index: number,
    from: number,
    to: number,
    quote: number,
    base: number,
    out: Pointer,
    ends: Pointer,
  ): number;

  rehashGrams(from: Pointer, fromSlots: number, to: Pointer, mask: number): void;
  countSequences(
    from: number,
    to: number,
    offsets: Pointer,
    ids: Pointer,
    dropped: Pointer,
    kept: Pointer,
    smallest: number,
    largest: number,
    slots: Pointer,
    mask: number,
    state: Pointer,
    parents: Pointer,
    lasts: Pointer,
    rootMarks: Pointer,
    isFeature: Pointer,
    items: Pointer,
    counts: Pointer,
    indptr: Pointer,
  ): void;
  listGrams(
    n: number,
    from: number,
    to: number,
    starts: Pointer,
    letters: Pointer,
    nodes: Pointer,
    smallest: number,
    slots: Pointer,
    mask: number,
    state: Pointer,
    parents: Pointer,
    lasts: Pointer,
    isFeature: Pointer,
    gramStarts: Pointer,
    grams: Pointer,
  ): void;
  countListed(
    from: number,
    to: number,
    offsets: Pointer,
    ids: Pointer,
    gramStarts: Pointer,
    grams: Pointer,
    wordMarks: Pointer,
    words: Pointer,
    times: Pointer,
    marks: Pointer,
    state: Pointer,
    items: Pointer,
    counts: Pointer,
    indptr: Pointer,
  ): void;
  orderGrams(
    roots: number,
    size: number,
    parents: Pointer,
    lasts: Pointer,
    rank: Pointer,
    isFeature: Pointer,
    starts: Pointer,
    depths: Pointer,
    below: Pointer,
    byRank: Pointer,
    columns: Pointer,
  ): void;
  allBelow(numbers: Pointer, count: number, limit: number): number;
  measureGrams(
    roots: number,
    size: number,
    parents: Pointer,
    lasts: Pointer,
    columns: Pointer,
    tokenStarts: Pointer,
    separator: number,
    lengths: Pointer,
    nodeOf: Pointer,
  ): number;
  writeGrams(
    roots: number,
    cols: number,
    longest: number,
    parents: Pointer,
    lasts: Pointer,
    nodeOf: Pointer,
    tokenStarts: Pointer,
    tokenPool: Pointer,
    separator: number,
    path: Pointer,
    starts: Pointer,
    bytes: Pointer,
  ): void;
  countTokens(
    from: number,
    to: number,
    cols: number,
    offsets: Pointer,
    ids: Pointer,
    columns: Pointer,
    sums: Pointer,
    bits: Pointer,
    blocks: Pointer,
    items: Pointer,
    counts: Pointer,
    indptr: Pointer,
  ): number;
  sortRows(
    rows: number,
    cols: number,
    indptr: Pointer,
    items: Pointer,
    counts: Pointer,
    columns: Pointer,
    sums: Pointer,
    bits: Pointer,
    blocks: Pointer,
  ): void;

  presentValues(rows: number, cols: number, values: Pointer, out: Pointer, height: number, used: Pointer): void;
  sortForQuantiles(values: Pointer, other: Pointer, tallies: Pointer, n: number, parts: number): void;
  binRows(
    rows: number,
    cols: number,
    values: Pointer,
    edges: Pointer,
    depths: Pointer,
    missing: Pointer,
    byRow: Pointer,
    stride: number,
    byColumn: Pointer,
    height: number,
    grids: Pointer,
    scales: Pointer,
  ): void;
  addRowsInOrder(
    cols: number,
    bins: Pointer,
    height: number,
    from: number,
    to: number,
    derivatives: Pointer,
    gradientScale: number,
    hessianScale: number,
    shift: number,
    starts: Pointer,
    histogram: Pointer,
    staged: Pointer,
  ): void;
  addToHistograms(
    cols: number,
    bins: Pointer,
    stride: number,
    rows: Pointer,
    from: number,
    to: number,
    derivatives: Pointer,
    gradientScale: number,
    hessianScale: number,
    shift: number,
    starts: Pointer,
    histogram: Pointer,
    staged: Pointer,
  ): void;
  growTree(growth: Pointer): void;
  helpGrowing(growth: Pointer, thread: number): void;
  subtractCells(x: Pointer, out: Pointer, cells: number): void;
  addCells(x: Pointer, out: Pointer, cells: number): void;
  sumCells(x: Pointer, cells: number, out: Pointer): void;
  partitionRows(rows: Pointer, from: number, to: number, bins: Pointer, left: Pointer, other: Pointer): number;
  copyRows(source: Pointer, target: Pointer, count: number): void;
  numberRows(rows: Pointer, count: number): void;
  permuteBytes(values: Pointer, order: Pointer, count: number, room: Pointer): void;
  permuteDoubles(values: Pointer, order: Pointer, count: number, room: Pointer): void;
  layOutRows(byColumn: Pointer, height: number, cols: number, count: number, byRow: Pointer, stride: number): void;
  markRows(rows: Pointer, from: number, to: number, leaf: number, leaves: Pointer): void;
  divideRows(rows: Pointer, from: number, to: number, bins: Pointer, left: Pointer, lefts: Pointer, rights: Pointer): number;
  addLeafValues(from: number, to: number, leaves: Pointer, values: Pointer, out: Pointer): void;
  oddsDerivatives(
    from: number,
    to: number,
    y: Pointer,
    weights: Pointer,
    odds: Pointer,
    leaves: Pointer,
    factors: Pointer,
    derivatives: Pointer,
    largest: Pointer,
  ): void;
  lossDerivatives(
    loss: number,
    parameter: number,
    from: number,
    to: number,
    y: Pointer,
    weights: Pointer,
    raw: Pointer,
    derivatives: Pointer,
    largest: Pointer,
  ): void;
  lossSums(
    loss: number,
    parameter: number,
    outputs: number,
    height: number,
    firstPart: number,
    lastPart: number,
    rows: number,
    y: Pointer,
    weights: Pointer,
    raw: Pointer,
    sums: Pointer,
  ): void;
  softmaxDerivatives(
    from: number,
    to: number,
    k: number,
    height: number,
    y: Pointer,
    weights: Pointer,
    raw: Pointer,
    derivatives: Pointer,
    largest: Pointer,
    probabilities: Pointer,
  ): void;
  bestSplit(
    features: Pointer,
    count: number,
    histogram: Pointer,
    starts: Pointer,
    bins: Pointer,
    kinds: Pointer,
    directions: Pointer,
    total: Pointer,
    value: number,
    lower: number,
    upper: number,
    minSamplesLeaf: number,
    minHessian: number,
    l2: number,
    gradientUnit: number,
    hessianUnit: number,
    shift: number,
    found: Pointer,
    order: Pointer,
  ): void;
  walkTrees(
    rows: number,
    bins: Pointer,
    stride: number,
    first: number,
    last: number,
    starts: Pointer,
    depths: Pointer,
    nodes: Pointer,
    values: Pointer,
    sets: Pointer,
    bits: Pointer,
    outputs: number,
    out: Pointer,
    room: Pointer,
  ): void;
  findLeaves(rows: number, cols: number, X: Pointer, nodes: Pointer, leaves: Pointer): void;
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
