import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import * as refit from '../../src/index.ts';
import { DenseMatrix, exportOnnx, ImportedTrees, importLightGbm, importSklearn, importXgboost, packModel, ParseError, Pipeline, SimpleImputer, unpackModel } from '../../src/index.ts';

interface Case {
  name: string;
  X: (number | null)[][];
  predicted: any[];
  proba?: number[][];
  scores?: number[] | number[][];
  model?: object;
  text?: string;
  raw?: number[] | number[][];
}
const fixture = JSON.parse(readFileSync(new URL('../fixtures/imports.json', import.meta.url), 'utf8')) as { sklearn: Case[]; lightgbm: Case[] };
const matrixOf = (rows: (number | null)[][]): DenseMatrix => DenseMatrix.from(rows.map((row) => row.map((value) => value ?? Number.NaN)));

/** What the model's graph predicts, as plain numbers or labels. */
async function throughOnnx(model: object, X: DenseMatrix): Promise<{ labels?: unknown[]; numbers: number[] }> {
  const session = await InferenceSession.create(exportOnnx(model));
  const out = await session.run({ X: new Tensor('float64', X.data, [X.rows, X.cols]) });
  if (out.prediction) return { numbers: Array.from(out.prediction.data as Float64Array) };
  return { labels: Array.from(out.label.data as ArrayLike<unknown>, (label) => (out.label.type === 'bool' ? Boolean(label) : typeof label === 'bigint' ? Number(label) : label)), numbers: Array.from((out.probabilities?.data ?? []) as Float64Array) };
}

describe('importSklearn', () => {
  // Sums in another order than numpy's.
  const close = { relative: 1e-12, absolute: 1e-12 };

  test.each(fixture.sklearn.map((one) => [one.name, one] as const))('%s predicts as in scikit-learn, saved and as a graph too', async (_, { model: json, X: rows, predicted, proba }) => {
    const X = matrixOf(rows);
    const model: any = importSklearn(JSON.stringify(json));
    const loaded: any = await unpackModel(await packModel(model));
    for (const one of [model, loaded]) {
      if (proba) expect((await one.predictProba(X)).toArray()).toBeAllClose(proba, close);
      if (typeof predicted[0] === 'number') expect(Array.from(await one.predict(X))).toBeAllClose(predicted, close);
      else expect(await one.predict(X)).toEqual(predicted);
    }
    const graph = await throughOnnx(model, X);
    if (graph.labels) expect(graph.labels).toEqual(predicted);
    else expect(graph.numbers).toBeAllClose(predicted, close);
    if (proba) expect(graph.numbers).toBeAllClose(proba.flat(), close);
  });

  const linear = fixture.sklearn.filter(({ scores }) => scores !== undefined);
  test.each(linear.map((one) => [one.name, one] as const))('%s is the estimator of its name, with its scores', async (_, { model: json, X: rows, scores }) => {
    const { model: name } = json as { model: keyof typeof refit };
    const model: any = importSklearn(JSON.stringify(json));
    expect(model).toBeInstanceOf(refit[name]);
    const given = await model.decisionFunction(matrixOf(rows));
    expect(given instanceof Float64Array ? Array.from(given) : given.toArray()).toBeAllClose(scores, close);
  });

  test.each(['Perceptron', 'SGDClassifier'])('%s learns on from its coefficients', async (name) => {
    const json = fixture.sklearn.find((one) => (one.model as any).model === name) as Case;
    const X = matrixOf(json.X);
    const learnOn = async (): Promise<any> => (importSklearn(JSON.stringify(json.model)) as any).partialFit(X, json.predicted);
    const once = await learnOn();
    // Another model was not touched by it, and the coefficients are not those of one that begins at nothing.
    expect((await learnOn()).fitted).toEqual(once.fitted);
    const fresh = await new (refit as any)[name]().partialFit(X, json.predicted, { classes: once.fitted.classes });
    expect(fresh.fitted.coef).not.toEqual(once.fitted.coef);
  });

  test.each([
    ['[1]', 'importSklearn: the text must tell model and nFeatures, got [1]. Write it with the snippet of docs/saving-models.md.'],
    ['{"model":"GaussianProcess","nFeatures":2}', 'importSklearn: model must be one of LogisticRegression, LinearSVC'],
    ['{"model":"__proto__","nFeatures":2}', 'importSklearn: model must be one of LogisticRegression'],
    ['{"model":"Ridge","nFeatures":2,"coef":[[1]],"intercept":[0]}', 'importSklearn: Ridge must have 1 × 2 numbers in coef and 1 in intercept, got [[1]] and [0].'],
    ['{"model":"LogisticRegression","nFeatures":2,"coef":[[1,2]],"intercept":[0]}', 'importSklearn: classes of LogisticRegression must be a list of labels, got undefined.'],
    ['{"model":"DecisionTreeRegressor","nFeatures":2}', 'importSklearn: DecisionTreeRegressor must have trees, got undefined.'],
  ])('refuses %s', (json, message) => {
    expect(() => importSklearn(json)).toThrow(ParseError);
    expect(() => importSklearn(json)).toThrow(message);
  });

  test('refuses a tree whose nodes lead out of it', () => {
    const { model } = fixture.sklearn.find(({ name }) => name.startsWith('DecisionTreeRegressor')) as { model: any };
    const broken = structuredClone(model);
    broken.trees[0].left[0] = 1000;
    expect(() => importSklearn(JSON.stringify(broken))).toThrow('importSklearn: tree 0 of DecisionTreeRegressor must be a tree over 4 columns, node 0 leads out of it.');
    broken.trees[0].left.pop();
    expect(() => importSklearn(JSON.stringify(broken))).toThrow('importSklearn: tree 0 of DecisionTreeRegressor must have');
  });
});

describe('importLightGbm', () => {
  test.each(fixture.lightgbm.map((one) => [one.name, one] as const))('%s predicts as LightGBM does, saved and as a graph too', async (_, { text, X: rows, predicted, raw }) => {
    const X = matrixOf(rows);
    const model = importLightGbm(text as string);
    const loaded = (await unpackModel(await packModel(model))) as ImportedTrees;
    // LightGBM writes 17 digits and sums in doubles, tree by tree, as we do.
    const exact = { relative: 1e-14, absolute: 1e-15 };
    const isClassifier = model.estimatorType === 'classifier';
    for (const one of [model, loaded]) {
      if (!isClassifier) expect(Array.from((await one.predict(X)) as Float64Array)).toBeAllClose(predicted, exact);
      else {
        const proba = await one.predictProba(X);
        expect(proba.cols === 2 ? Array.from(proba.col(1)) : proba.toArray()).toBeAllClose(predicted, exact);
        const scores = await one.decisionFunction(X);
        // A random forest's raw scores are those before the mean.
        if (!text?.includes('average_output')) expect(scores instanceof DenseMatrix ? scores.toArray() : Array.from(scores)).toBeAllClose(raw, exact);
      }
    }
    const graph = await throughOnnx(model, X);
    const own = isClassifier ? Array.from((await model.predictProba(X)).data) : Array.from((await model.predict(X)) as Float64Array);
    expect(graph.numbers).toBeAllClose(own, { relative: 1e-12, absolute: 1e-12 });
  });

  test('takes labels for classes, stands at the end of a pipeline, and cannot be fitted', async () => {
    const { text, X: rows } = fixture.lightgbm.find(({ name }) => name === 'binary') as Case;
    const model = importLightGbm(text as string, { classes: ['no', 'yes'] });
    const X = matrixOf(rows);
    expect(new Set((await model.predict(X)) as string[])).toEqual(new Set(['no', 'yes']));
    const pipeline = new Pipeline([['fill', new SimpleImputer({ strategy: 'constant', fillValue: 0 })], ['trees', model]] as never) as Pipeline<any>;
    await pipeline.steps[0][1].fit(X);
    expect(await pipeline.predict(X)).toHaveLength(X.rows);
    await expect(model.fit()).rejects.toThrow('ImportedTrees: a model of LightGBM only predicts. Train it where it came from, or use HistGradientBoosting here.');
    await expect(model.predict(X.takeCols([0, 1]))).rejects.toThrow('ImportedTrees: X has 2 columns, but 4 were seen in fit.');
    expect(() => model.with({ a: 1 })).toThrow('ImportedTrees: it has no options, got a.');
  });

  const { text = '' } = fixture.lightgbm[0];
  test.each([
    ['another text', 'hello', 'importLightGbm: the text must begin with the line tree, got "hello". Write it with booster.save_model(file).'],
    ['a ranking', text.replace('objective=regression', 'objective=lambdarank'), 'importLightGbm: the objective must be one for numbers or classes, got "lambdarank".'],
    ['linear trees', text.replace('is_linear=0', 'is_linear=1'), 'importLightGbm: tree 0 must have constant leaves, it has linear ones. Train with linear_tree=false.'],
    ['a text that is cut short', text.slice(0, text.indexOf('leaf_value=') + 30), 'importLightGbm: tree 0 must have'],
    ['children in circles', text.replace(/left_child=(\S+)/, 'left_child=0'), 'importLightGbm: tree 0 must be a tree, its children go in circles.'],
    ['a class too few', text.replace('num_tree_per_iteration=1', 'num_tree_per_iteration=3'), 'importLightGbm: there must be 3 trees a round, got 8. The text is cut short.'],
  ])('refuses %s', (_, damaged, message) => {
    expect(() => importLightGbm(damaged)).toThrow(message);
  });
});

describe('importXgboost', () => {
  // Made by hand after XGBoost's schema: no XGBoost was at hand to make one.
  const stump = (feature: number, threshold: number, left: number, right: number, defaultLeft: 0 | 1) => ({
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [feature, 0, 0],
    split_conditions: [threshold, left, right],
    default_left: [defaultLeft, 0, 0],
    split_type: [0, 0, 0],
    tree_param: { size_leaf_vector: '1' },
  });
  const model = (objective: string, trees: object[], { classes = 0, info = trees.map(() => 0), base = '5E-1', booster = 'gbtree' as 'gbtree' | 'dart' } = {}): string => {
    const inner = { model: { trees, tree_info: info } };
    const gradient_booster = booster === 'dart' ? { name: 'dart', gbtree: inner, weight_drop: trees.map((_, t) => 1 / (t + 1)) } : { name: 'gbtree', ...inner };
    return JSON.stringify({ version: [2, 1, 0], learner: { learner_model_param: { base_score: base, num_class: String(classes), num_feature: '2' }, objective: { name: objective }, gradient_booster } });
  };
  const trees = [stump(0, 0.5, -0.4, 0.6, 1), stump(1, 2, 0.25, -0.75, 0)];
  const X = DenseMatrix.from([[0.4, 1], [0.5, 2], [Number.NaN, Number.NaN], [0.49999999, 1.99999999]]);
  // 0.5 is not below 0.5, nor 2 below 2; NaN goes left, then right; the last row's numbers are 0.5 and 2 in single precision.
  const margins = [-0.4 + 0.25, 0.6 - 0.75, -0.4 - 0.75, 0.6 - 0.75];
  const single = { absolute: 2e-7 };

  test('adds leaves to the base: numbers, probabilities of base 0.5, counts', async () => {
    expect(Array.from((await importXgboost(model('reg:squarederror', trees)).predict(X)) as Float64Array)).toBeAllClose(margins.map((margin) => 0.5 + margin), single);
    const binary = importXgboost(model('binary:logistic', trees), { classes: ['no', 'yes'] });
    expect(Array.from((await binary.predictProba(X)).col(1))).toBeAllClose(margins.map((margin) => 1 / (1 + Math.exp(-margin))), single);
    expect(await binary.predict(X)).toEqual(['no', 'no', 'no', 'no']);
    expect(Array.from((await importXgboost(model('binary:logistic', trees, { base: '[8E-1]' })).decisionFunction(X)) as Float64Array)).toBeAllClose(margins.map((margin) => Math.log(4) + margin), single);
    expect(Array.from((await importXgboost(model('count:poisson', trees, { base: '2E0' })).predict(X)) as Float64Array)).toBeAllClose(margins.map((margin) => 2 * Math.exp(margin)), { absolute: 1e-6 });
    expect(Array.from((await importXgboost(model('reg:squarederror', trees, { booster: 'dart' })).predict(X)) as Float64Array)).toBeAllClose([0.5 - 0.4 + 0.125, 0.5 + 0.6 - 0.375, 0.5 - 0.4 - 0.375, 0.5 + 0.6 - 0.375], single);
  });

  test('gives each class its own trees, one or several a round, as a graph too', async () => {
    const three = [stump(0, 0.5, 1, 2, 1), stump(1, 2, 3, 4, 0), stump(0, 0, 5, 6, 0), stump(0, 0.5, 0.1, 0.2, 1), stump(0, 0.5, 0.3, 0.4, 1), stump(1, 2, 0.5, 0.6, 0)];
    const several = importXgboost(model('multi:softprob', three, { classes: 3, info: [0, 1, 2, 0, 1, 2] }));
    // Right of 0 counts 0 and above; row 3 is (0.5, 2) in single precision.
    const sums = [[1.1, 3.3, 6.5], [2.2, 4.4, 6.6], [1.1, 4.3, 6.6], [2.2, 4.4, 6.6]].map((row) => row.map((sum) => sum + 0.5));
    expect(((await several.decisionFunction(X)) as DenseMatrix).toArray()).toBeAllClose(sums, { absolute: 1e-6 });
    expect(await several.predict(X)).toEqual([2, 2, 2, 2]);
    const uneven = importXgboost(model('multi:softmax', three.slice(0, 4), { classes: 3, info: [0, 0, 1, 2] }));
    expect(((await uneven.decisionFunction(X)) as DenseMatrix).row(0)).toBeAllClose([4.5, 6.5, 0.6], { absolute: 1e-6 });
    expect((await throughOnnx(several, X)).numbers).toBeAllClose(Array.from((await several.predictProba(X)).data), { absolute: 1e-6 });
  });

  test.each([
    ['text that is no JSON', '{', 'importXgboost: the text must be JSON'],
    ['another JSON', '{"a":1}', 'importXgboost: learner must be an object, got undefined.'],
    ['a linear booster', model('reg:squarederror', []).replace('"gbtree"', '"gblinear"'), 'importXgboost: the booster must be gbtree or dart, got "gblinear".'],
    ['a ranking', model('rank:ndcg', trees), 'importXgboost: the objective must be one for numbers or classes, got "rank:ndcg".'],
    ['categories', model('reg:squarederror', [{ ...trees[0], split_type: [1, 0, 0] }]), 'importXgboost: tree 0 must split by size, it splits by category. Train without enable_categorical.'],
    ['leaves of several outputs', model('reg:squarederror', [{ ...trees[0], tree_param: { size_leaf_vector: '3' } }]), 'importXgboost: tree 0 must have one output.'],
    ['circles', model('reg:squarederror', [{ ...trees[0], left_children: [0, -1, -1] }]), 'importXgboost: tree 0 must be a tree, its children lead out of it or in circles.'],
    ['a column that is not there', model('reg:squarederror', [stump(7, 1, 1, 1, 0)]), 'XGBoost: tree 0 must be a tree over 2 columns, node 0 leads out of it. The file is damaged.'],
  ])('refuses %s', (_, json, message) => {
    expect(() => importXgboost(json)).toThrow(message);
  });
});
