import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';

const texts = Array.from({ length: 50 }, (_, i) => `word${i % 7} word${(i * i) % 11} ${i % 3 === 0 ? 'free' : 'lunch'} ${i % 5 === 0 ? 'free' : 'noon'} only${i}`);
const y = texts.map((_, i) => (i % 3 === 0 ? 'spam' : 'ham'));
const cv = new KFold({ nSplits: 4, shuffle: true, randomState: 1 });

const pipeline = (C = 1) =>
  new Pipeline([
    ['count', new CountVectorizer()],
    ['scale', new StandardScaler({ withMean: false })],
    ['classify', new LogisticRegression({ C })],
  ]);

test('folds of stages fitted one within the other give what the stages give by themselves', async () => {
  const { folds } = await crossValidate(pipeline(), texts, y, { cv, returnEstimator: true, workers: 1 });
  for (const { train, test: held, estimator } of folds) {
    const [count, scale, classify] = pipeline().steps.map(([, stage]) => stage) as [CountVectorizer, StandardScaler, LogisticRegression];
    const counts = await count.fitTransform(Array.from(train, (i) => texts[i]));
    await classify.fit(await scale.fitTransform(counts), Array.from(train, (i) => y[i]));
    const expected = await classify.predictProba(await scale.transform(await count.transform(Array.from(held, (i) => texts[i]))));
    expect(estimator!.fitted.classify).toStrictEqual(classify.fitted);
    expect(await estimator!.predictProba(Array.from(held, (i) => texts[i]))).toStrictEqual(expected);
  }
});

test('also where candidates part after shared stages', async () => {
  const search = await new GridSearch({ estimator: pipeline(), searchSpace: { classify: { C: [0.1, 10] } }, cv, scoring: 'rocAuc', workers: 1 }).fit(texts, y);
  for (const { params, scores } of search.fitted.results) {
    const { folds } = await crossValidate(pipeline((params.classify as { C: number }).C), texts, y, { cv, scoring: 'rocAuc', workers: 1 });
    expect(scores.rocAuc.folds).toEqual(folds.map((fold) => fold.scores.rocAuc));
  }
});

test('an error names the fold and the stage that threw', async () => {
  const classes = y.map((_, i) => (i < 13 ? 'a' : 'b'));
  const first = new KFold({ nSplits: 4 });
  await expect(crossValidate(pipeline(), texts, classes, { cv: first, workers: 1 })).rejects.toThrow(
    /^fold 1: Pipeline: step "classify": LogisticRegression: y must have at least 2 classes/,
  );
  const filling = new Pipeline([
    ['count', new CountVectorizer()],
    ['scale', new StandardScaler()],
    ['classify', new LogisticRegression()],
  ]);
  await expect(crossValidate(filling, texts, y, { cv, workers: 1 })).rejects.toThrow(/^fold 1: Pipeline: step "scale": StandardScaler: withMean: true would fill a sparse matrix/);
});
