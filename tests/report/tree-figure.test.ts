import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { layOutTree } from '../../src/report/tree-layout.ts';
import { treeFigure } from '../../src/report/tree-figure.ts';
import { writeTreePicture } from '../../src/report/write-tree-picture.ts';
import { DecisionTreeClassifier } from '../../src/tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../src/tree/decision-tree-regressor.ts';
import { dataSets, matrixOf } from '../tree/data-sets.ts';

const iris = async (maxDepth: number | null): Promise<DecisionTreeClassifier> => new DecisionTreeClassifier({ maxDepth }).fit(matrixOf(dataSets.iris), dataSets.iris.y);
const featureNames = ['sepal length', 'sepal width', 'petal length', 'petal <width>'];
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test('every box tells its question, or the class of a leaf, and its share of the rows', async () => {
  const svg = treeFigure(await iris(2), { featureNames, title: 'Iris' });
  expect(texts(svg).filter((text) => !['yes', 'no'].includes(text))).toEqual([
    'Iris', '150 rows; 5 nodes. Rows for which a question holds go left.', 'setosa', 'versicolor', 'virginica',
    'petal &lt;width&gt; ≤ 0.8', '100 % of rows', 'setosa', '33.33 % of rows', 'petal &lt;width&gt; ≤ 1.75', '66.67 % of rows',
    'versicolor', '36 % of rows', 'virginica', '30.67 % of rows',
  ]);
  expect(svg).not.toContain('NaN');
  expect(svg).not.toContain('var(--');
});

test('what lies below the depth drawn is left out, and the picture says so', async () => {
  const svg = treeFigure(await iris(null), { maxDepth: 1 });
  expect(texts(svg)[1]).toBe('150 rows; 17 nodes, drawn to depth 1. Rows for which a question holds go left.');
  expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
});

test('boxes of one depth do not overlap, and parents stand in the middle over their children', async () => {
  const placed = layOutTree((await iris(null)).fitted.tree, 12);
  for (const node of placed) {
    const children = placed.filter(({ parent }) => placed[parent] === node);
    if (children.length > 0) expect(node.x).toBe((children[0].x + children[1].x) / 2);
    const beside = placed.filter((other) => other !== node && other.depth === node.depth);
    for (const other of beside) expect(Math.abs(other.x - node.x)).toBeGreaterThanOrEqual(1);
  }
});

test('a regression tree tells values, a single leaf too', async () => {
  const model = await new DecisionTreeRegressor().fit(DenseMatrix.from([[1], [2]]), [1.5, 1.5]);
  expect(texts(treeFigure(model)).slice(2)).toEqual(['1.5', '100 % of rows', 'impurity 0']);
});

test('the ending of the file says which kind of picture it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'refit-tree-'));
  try {
    const model = await iris(2);
    await writeTreePicture(join(folder, 'tree.png'), model);
    expect([...readFileSync(join(folder, 'tree.png')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    await writeTreePicture(join(folder, 'tree.svg'), model);
    expect(readFileSync(join(folder, 'tree.svg'), 'utf8')).toBe(treeFigure(model));
    await expect(writeTreePicture(join(folder, 'tree.pdf'), model)).rejects.toThrow(/^writeTreePicture: file must end in \.svg or \.png, got ".*tree\.pdf"\.$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('names must be one per feature', async () => {
  const model = await iris(1);
  expect(() => treeFigure(model, { featureNames: ['a'] })).toThrow('treeFigure: featureNames must have 4 names, got 1.');
});
