import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../src/table/read-csv.ts';
import { competitionSource, Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const idx = (shape: readonly number[], values: readonly number[]): Uint8Array => Uint8Array.of(0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, 0, n]), ...values);

/** Images of 1 × 2 pixels, the left one bright for class 1 and the right one for class 0. */
const prepare = (trainLabels?: Uint8Array): void => {
  const labels = Array.from({ length: 12 }, (_, i) => i % 2);
  const pixels = labels.flatMap((label, i) => (label === 1 ? [200 + i, i] : [i, 200 + i]));
  workplace
    .write('competitions/sides/data/train', idx([12, 1, 2], pixels))
    .write('competitions/sides/data/labels', trainLabels ?? idx([12], labels))
    .write('competitions/sides/data/test', idx([3, 1, 2], [220, 0, 0, 220, 230, 5]))
    .write('competitions/sides/data/truth', idx([3], [1, 0, 0]))
    .write(
      'competitions/sides/competition.ts',
      competitionSource({ train: 'data/train', labels: 'data/labels', test: 'data/test', solution: 'data/truth', id: 'image', target: 'side', features: null, submission: null, pipelines: ['net'] }),
    )
    .write(
      'pipelines/net.ts',
      `import { ColumnTransformer, MinMaxScaler, NeuralClassifier, Pipeline, columns } from 'refit';
export default ({ seed }) => new Pipeline([
  ['pixels', new ColumnTransformer([['pixels', new MinMaxScaler(), columns.numeric]])],
  ['net', new NeuralClassifier({ hiddenLayerSizes: [4], learningRate: 0.1, epochs: 30, randomState: seed })],
]);
`,
    );
};

test('a competition of images runs from IDX files to a submission, and is scored by an IDX file', async () => {
  prepare();
  const { status, stderr } = await workplace.run('run', 'sides');
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const [run] = readdirSync(workplace.path('outputs/sides'));
  const submission = await readCsv(workplace.path(join('outputs/sides', run, 'submission.csv')));
  expect(submission.toObjects()).toEqual([{ image: 0, side: 1 }, { image: 1, side: 0 }, { image: 2, side: 1 }]);
  expect((await workplace.run('score', 'sides')).stdout).toContain('accuracy 0.6667 on 3 rows');
  workplace.write('new-images', idx([1, 1, 2], [0, 255]));
  const predicted = await workplace.run('predict', 'sides', '--input', 'new-images', '--output', 'new.csv');
  expect(predicted.stderr).toBe('');
  expect(readFileSync(workplace.path('new.csv'), 'utf8')).toMatch(/^image,side\n0,0\n/);
});

test.each<[string, Uint8Array, RegExp]>([
  ['too few labels', idx([5], [0, 1, 0, 1, 0]), /labels: must hold a label for each of the 12 images of train, got 5 values\. Take both files from the same place\./],
  ['images for labels', idx([12, 1, 1], new Array(12).fill(0)), /labels: must hold a label for each of the 12 images of train, got 12 × 1 × 1 values\./],
  ['a file that ends early', idx([12], [0, 1]), /labels must hold 12 = 12 values, got 2\. Fetch it again\./],
])('%s are refused', async (_, labels, message) => {
  prepare(labels);
  const { status, stderr } = await workplace.run('run', 'sides');
  expect(status).not.toBe(0);
  expect(stderr.replaceAll('\n', ' ')).toMatch(message);
});

test('digits: a competition of images from a bare clone', async () => {
  const { status, stderr } = await workplace.run('run', 'digits', '--pipeline', 'pixels-softmax');
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect((await workplace.run('score', 'digits')).stdout).toMatch(/accuracy 0\.9[3-9]\d\d on 450 rows/);
});
