/**
 * How many numbers fitted models hold: coefficients, means, thresholds, the rows a neighbour search keeps. Plain texts do not
 * count, nor what is only made when it is first asked for; what is reached twice counts once.
 *
 * @example
 * learnedNumbers([await new StandardScaler().fit(X)]); // means, variances, scales and row counts
 */
export function learnedNumbers(models: readonly object[]): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [...models];
  let count = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'number') count++;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) count += (value as Float64Array).length;
    else if (Array.isArray(value)) for (const item of value) waiting.push(item);
    else if (value instanceof Map) for (const item of value.values()) waiting.push(item);
    else for (const part of partsOf(value)) waiting.push(part);
  }
  return count;
}

/** What an estimator has learned, a pipeline's stages, or any other record's own values; a getter is left alone. */
function partsOf(value: object): unknown[] {
  const { steps } = value as { steps?: readonly (readonly [string, unknown])[] };
  if (typeof (value as { fit?: unknown }).fit !== 'function') return Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value as unknown);
  if (Array.isArray(steps)) return steps.map(([, stage]) => stage);
  try {
    return [(value as { fitted?: unknown }).fitted];
  } catch {
    // Not fitted: it holds nothing but options.
    return [];
  }
}
