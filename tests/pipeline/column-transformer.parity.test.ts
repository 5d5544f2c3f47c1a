import { ColumnTransformer } from '../../src/pipeline/column-transformer.ts';
import * as refit from '../../src/index.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

/** A stage from [class, options], a pipeline from a list of [name, spec], a word as it is. */
function make(spec: any): any {
  if (typeof spec === 'string') return spec;
  if (Array.isArray(spec[0])) return new refit.Pipeline(spec.map(([name, one]: [string, unknown]) => [name, make(one)]) as never);
  const [name, options] = spec;
  const Class = (refit as unknown as Record<string, new (options: object) => unknown>)[name];
  return new Class(options);
}

describe('ColumnTransformer, as in scikit-learn', () => {
  test.each(fixture('column-transformer').cases.map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    const parts = input.parts.map(([name, spec, columns]: [string, unknown, never]) => [name, make(spec), columns]);
    const settings = { ...options, ...(options.remainder && { remainder: make(options.remainder) }) };
    const transformer = new ColumnTransformer(parts as never, settings);
    const fitted: Matrix = await transformer.fitTransform(Table.from(input.train), input.y);
    const transformed = await transformer.transform(Table.from(input.test));
    expect([fitted.kind, transformed.kind]).toEqual(expected.sparse ? ['csr', 'csr'] : ['dense', 'dense']);
    expect(transformer.featureNamesOut()).toEqual(expected.names);
    expect(fitted.toArray()).toBeAllClose(expected.fitted, { relative: tolerance, absolute: tolerance });
    expect(transformed.toArray()).toBeAllClose(expected.transformed, { relative: tolerance, absolute: tolerance });
  });
});
