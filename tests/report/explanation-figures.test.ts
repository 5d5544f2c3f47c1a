import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { partialDependence } from '../../src/explain/partial-dependence.ts';
import { shapValues } from '../../src/explain/shap-values.ts';
import { dependenceFigure } from '../../src/report/dependence-figure.ts';
import { shapFigure } from '../../src/report/shap-figure.ts';
import { Table } from '../../src/table/table.ts';

const table = Table.from({
  size: Array.from({ length: 60 }, (_, i) => (i * 7) % 31),
  colour: Array.from({ length: 60 }, (_, i) => ['red', 'blue', null][i % 3]),
  noise: Array.from({ length: 60 }, (_, i) => (i * 13) % 17),
});
const labels = Array.from({ length: 60 }, (_, i) => ((i * 7) % 31 > 15 ? (i % 3 === 0 ? 'big red' : 'big') : 'small'));
const model = new HistGradientBoostingClassifier({ maxIter: 10, minSamplesLeaf: 3 }).fit(table, labels);

test('the beeswarm has a dot per row and column, the important column first', async () => {
  const shap = shapValues(await model, table);
  const svg = await shapFigure(shap, { output: 'small' });
  expect(svg.match(/<circle/g) ?? svg.match(/<path[^>]*transform/g)).toHaveLength(180);
  expect(svg.indexOf('>size<')).toBeGreaterThan(0);
  expect(svg.indexOf('>size<')).toBeLessThan(svg.indexOf('>noise<'));
  expect(svg).toBe(await shapFigure(shap, { output: 'small' }));
  await expect(shapFigure(shap, { output: 'huge' })).rejects.toThrow('shapFigure: output must be one of "big", "big red", "small", got "huge".');
});

test('the bars show as many columns as asked for', async () => {
  const svg = await shapFigure(shapValues(await model, table), { kind: 'bar', maxColumns: 1, output: 'small' });
  expect(svg).toContain('>size<');
  expect(svg).not.toContain('>noise<');
});

test('a dependence is drawn over numbers and over categories', async () => {
  const numbers = await dependenceFigure(await partialDependence(await model, table, 'size'), { output: 'small' });
  expect(numbers).toContain('How the probability of small changes with size');
  const words = await dependenceFigure(await partialDependence(await model, table, 'colour'), { maxRows: 0 });
  expect(words).toContain('>blue<');
  expect(words).not.toContain('single rows');
});
