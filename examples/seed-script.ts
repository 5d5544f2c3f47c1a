/**
 * The script this project grew out of, line by line, as plain library code: read, split, pipeline,
 * scores, ROC figure, refit on everything, submission.
 *
 *   npm run example
 *   node --import ./dist/register.js examples/seed-script.ts <data folder> <output folder> [text] [target] [id]
 *
 * Its peer in Python is bench/peers/seed_script.py; both print what they must agree on.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  accuracyScore,
  confusionMatrix,
  CountVectorizer,
  f1Score,
  type Label,
  LogisticRegression,
  Pipeline,
  precisionScore,
  readCsv,
  recallScore,
  rocAucScore,
  rocCurve,
  StandardScaler,
  trainTestSplit,
  writeRocChart,
  writeSubmission,
} from 'refit';

const [data = 'competitions/spam-detector/data', out = 'outputs/seed-script', text = 'content', target = 'label', id = 'name'] =
  process.argv.slice(2);
await mkdir(out, { recursive: true });

// Read
const train = await readCsv(join(data, 'train.csv'), { ids: [id] });
const test = await readCsv(join(data, 'test.csv'), { ids: [id] });
const X = train.strings(text);
const y = train.column(target).values as Label[];

// Split
const rows = Array.from({ length: train.rows }, (_, row) => row);
const [rowsTrain, rowsTest, XTrain, XTest, yTrain, yTest] = trainTestSplit(rows, X, y, { testSize: 0.25, randomState: 43 });

// Pipeline
const pipeline = new Pipeline([
  ['count', new CountVectorizer({ tokenPattern: /\w+/gu })],
  ['scale', new StandardScaler({ withMean: false })],
  ['classify', new LogisticRegression({ maxIter: 50_000 })],
]);
await pipeline.fit(XTrain, yTrain);
const predicted = await pipeline.predict(XTest);
const probabilities = await pipeline.predictProba(XTest);
const { vocabulary } = pipeline.namedSteps.count.fitted;
const { classes, iterations } = pipeline.namedSteps.classify.fitted;
const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

// Scores
const result: Record<string, unknown> = {
  testRows: rowsTest.slice(0, 5),
  splitHash: sha256([...rowsTrain, ...rowsTest].join(',')),
  vocabulary: vocabulary.length,
  vocabularyHash: sha256(vocabulary.join('\n')),
  iterations,
  accuracy: accuracyScore(yTest, predicted),
  confusionMatrix: confusionMatrix(yTest, predicted),
};
if (classes.length === 2) {
  const scores = probabilities.col(1);
  result.precision = precisionScore(yTest, predicted);
  result.recall = recallScore(yTest, predicted);
  result.f1 = f1Score(yTest, predicted);
  result.rocPoints = rocCurve(yTest, scores).fpr.length;
  result.rocAuc = rocAucScore(yTest, scores);
  await writeRocChart(join(out, 'roc.png'), yTest, scores, { title: 'ROC of the held-out quarter' });
}
await writeFile(join(out, 'probabilities.json'), JSON.stringify(probabilities.toArray()));

// Refit on everything, and submit
await pipeline.fit(X, y);
result.refitIterations = pipeline.namedSteps.classify.fitted.iterations;
const submission = join(out, 'submission.csv');
await writeSubmission(submission, { [id]: test.column(id).values, [target]: await pipeline.predict(test.strings(text)) });
result.submissionHash = sha256(await readFile(submission));
console.log(JSON.stringify(result, null, 1));
