import { readFile } from 'node:fs/promises';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';
import { resampleDocuments } from '../resample-documents.ts';
import { spamDocuments } from '../spam-documents.ts';

/** Vectorise, scale and fit on once, twice, four and eight times the documents. */
export const growth: BenchItem = {
  name: 'growth',
  title: 'the seed’s pipeline, fit, on n times the documents',
  timed: 'call',
  target: {},
  sizes: (quick) => (quick ? [1, 2] : [1, 2, 4, 8]),
  input: async (times) =>
    jsonInput(`documents-${times}`, () => {
      const documents = resampleDocuments(spamDocuments(), times);
      return { X: documents.map(({ tokens }) => `[${tokens.join(' ')}]`), y: documents.map(({ label }) => label) };
    }),
  async ours(file) {
    const { seedPipeline } = await import('../seed-pipeline.ts');
    const { X, y } = JSON.parse(await readFile(file, 'utf8')) as { X: string[]; y: number[] };
    return {
      run: () => seedPipeline().fit(X, y),
      numbers: ({ namedSteps: { count, classify } }: ReturnType<typeof seedPipeline>) => ({
        rows: X.length,
        vocabulary: count.fitted.vocabulary.length,
        iterations: classify.fitted.iterations,
        intercept: classify.fitted.intercept[0],
      }),
    };
  },
  peer: { script: 'growth.py' },
  tolerance: 1e-6,
};
