import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ColumnTransformer,
  columns,
  CountVectorizer,
  DenseMatrix,
  FunctionTransformer,
  loadModel,
  LogisticRegression,
  ModelError,
  OneHotEncoder,
  packModel,
  Pipeline,
  Ridge,
  saveModel,
  StandardScaler,
  Table,
  TfidfVectorizer,
  TransformedTarget,
  unpackModel,
} from '../../src/index.ts';
import * as everything from './everything.ts';

const { Everything, Pair } = everything;
const modules = { './everything.ts': everything };
const texts = ['the cat', 'the dog', 'a bird', 'no cat, no dog'];
const labels = ['pet', 'pet', 'wild', 'wild'];

const pipeline = (): Promise<Pipeline<any>> =>
  new Pipeline([
    ['words', new TfidfVectorizer({ tokenPattern: /\w+/gu, ngramRange: [1, 2] })],
    ['classify', new LogisticRegression({ C: 3 })],
  ]).fit(texts, labels);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refit-model-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The bytes with other text in the header, as long as before, and a checksum that fits. */
function changed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const at = Buffer.from(bytes).indexOf(from);
  expect(at).toBeGreaterThan(0);
  expect(to.length).toBe(from.length);
  return sealed(Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]));
}

/** The file with the checksum of its content. */
function sealed(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf('"checksum":"') + '"checksum":"'.length;
  copy.fill('0', at, at + 64);
  copy.write(createHash('sha256').update(copy).digest('hex'), at);
  return new Uint8Array(copy);
}

test('keeps every kind of value that a record may hold, to the bit', async () => {
  const inner = await new StandardScaler().fit(DenseMatrix.from([[1], [2]]));
  const shared = Float64Array.of(1, -0, Number.NaN, 5e-324);
  const learns = {
    numbers: [0, -0, Number.NaN, Infinity, -Infinity, 1e308, 0.1],
    many: Array.from({ length: 40 }, (_, i) => i / 7),
    texts: Array.from({ length: 40 }, (_, i) => `wörd ${i} 😀\0`),
    broken: Array.from({ length: 20 }, () => '\ud800'),
    nothing: [null, undefined, '', [], {}],
    big: -123456789012345678901234567890n,
    date: new Date(1e12),
    pattern: /\p{L}+'(?<x>y)/giu,
    map: new Map<unknown, unknown>([['a', 1], [2, new Set([1, 'x'])], [null, Number.NaN]]),
    dense: new DenseMatrix(2, 0),
    sparse: (await new CountVectorizer().fitTransform(texts)),
    arrays: [Int8Array.of(-1), Uint8Array.of(255), Int16Array.of(-300), Uint16Array.of(65535), Int32Array.of(-1), Uint32Array.of(4e9), Float32Array.of(0.1), BigInt64Array.of(-5n), BigUint64Array.of(2n ** 64n - 1n)],
    shared: { a: shared, b: shared },
    stage: inner,
    pair: new Pair(1, new Pair('x', null)),
    names: JSON.parse('{"__proto__": 1, "constructor": 2, "$": 3, "3": 4, "a.b": 5}'),
    dollars: { $: 'ref', id: 0 },
  };
  const model = await new Everything({ learns }).fit();
  const loaded = (await unpackModel(await packModel(model, { modules }), { modules })) as typeof model;
  expect(loaded).toBeInstanceOf(Everything);
  expect(loaded.fitted).toEqual(model.fitted);
  const { names, shared: pair, stage } = loaded.fitted;
  expect(Object.keys(names)).toEqual(['3', '__proto__', 'constructor', '$', 'a.b']);
  expect(Object.getPrototypeOf(names)).toBe(Object.prototype);
  expect(pair.a).toBe(pair.b);
  // What options and record share is one object again.
  expect(loaded.options.learns).toHaveProperty('stage', stage);
  expect(await stage.transform([[3]])).toEqual(await inner.transform([[3]]));
});

test('keeps a date that is none', async () => {
  const model = await new Everything({ learns: { never: new Date(Number.NaN) } }).fit();
  const { never } = ((await unpackModel(await packModel(model, { modules }), { modules })) as typeof model).fitted;
  expect(never).toBeInstanceOf(Date);
  expect(never.getTime()).toBeNaN();
});

test('saves a pipeline and loads it with all it has learned, in one file under its name', async () => {
  const model = await pipeline();
  const path = join(folder, 'pets.safetensors');
  await saveModel(model, path);
  expect(await readdir(folder)).toEqual(['pets.safetensors']);
  const loaded = await loadModel(path);
  expect(loaded).toBeInstanceOf(Pipeline);
  expect(loaded.options).toEqual(model.options);
  expect(await loaded.predictProba(texts)).toEqual(await model.predictProba(texts));
  expect(await (await loaded.clone().fit(texts, labels) as typeof model).predictProba(texts)).toEqual(await model.predictProba(texts));
});

test('writes the same bytes for the same model', async () => {
  expect(await packModel(await pipeline())).toEqual(await packModel(await pipeline()));
});

test('keeps the stages of a column transformer, a transformed target and nested pipelines', async () => {
  const X = Table.from({ age: [1, 2, 3, 4, 5, null], town: ['a', 'b', 'a', 'b', 'c', 'a'], other: [1, 0, 1, 0, 1, 0] });
  const y = [10, 20, 15, 30, 22, 11];
  const { SimpleImputer } = await import('../../src/index.ts');
  const model = await new Pipeline([
    [
      'columns',
      new ColumnTransformer(
        [
          ['numbers', new Pipeline([['fill', new SimpleImputer()], ['scale', new StandardScaler()]]), ['age']],
          ['words', new OneHotEncoder(), columns.categorical],
        ],
        { remainder: new StandardScaler() },
      ),
    ],
    ['price', new TransformedTarget({ regressor: new Pipeline([['scale', new StandardScaler()], ['fit', new Ridge()]]), func: 'log1p' })],
  ]).fit(X, y);
  const bytes = await packModel(model);
  const loaded = (await unpackModel(bytes)) as typeof model;
  expect(await loaded.predict(X)).toEqual(await model.predict(X));
  expect(loaded.namedSteps.columns.namedSteps.words.fitted.categories).toEqual(model.namedSteps.columns.namedSteps.words.fitted.categories);
  expect(await (await loaded.clone().fit(X, y)).predict(X)).toEqual(await model.predict(X));
  expect(await packModel(loaded)).toEqual(bytes);
});

test('saves functions and classes of one’s own by module and export, and says what a loader must be given', async () => {
  const model = await new FunctionTransformer({ func: everything.shout }).fit(['a']);
  await expect(packModel(model)).rejects.toThrow(
    new ModelError(
      'saveModel: options.func must be data that a file can hold, got the function shout. A file holds no code: export it by name from a module. Give { modules: { "./my-functions.ts": await import("./my-functions.ts") } }.',
    ),
  );
  const bytes = await packModel(model, { modules });
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('toUpperCase');
  await expect(unpackModel(bytes)).rejects.toThrow(
    'loadModel: the model needs shout of ./everything.ts, code that no file holds. Give { modules: { "./everything.ts": await import("./everything.ts") } }.',
  );
  await expect(unpackModel(bytes, { modules: { './everything.ts': { other: 1 } } })).rejects.toThrow('loadModel: the model needs shout, which "./everything.ts" does not export. It exports other.');
  expect(await ((await unpackModel(bytes, { modules })) as typeof model).transform(['b'])).toEqual(['B']);
});

test('saves a net without the function that made it: it predicts, and says what fitting needs', async () => {
  const X = DenseMatrix.from([[1, 2], [2, 1], [0, 3], [3, 0]]);
  const y = ['a', 'b', 'a', 'b'];
  const { NeuralClassifier, nn } = await import('../../src/index.ts');
  const model = await new NeuralClassifier({ module: ({ nFeatures, nOutputs }) => new nn.Linear(nFeatures, nOutputs), optimizer: new nn.Adam({ betas: [0.8, 0.9] }), epochs: 2, randomState: 0 }).fit(X, y);
  const loaded = (await unpackModel(await packModel(model))) as typeof model;
  expect(await loaded.predictProba(X)).toEqual(await model.predictProba(X));
  expect(loaded.options.optimizer).toEqual(model.options.optimizer);
  expect(loaded.options.optimizer).toBeInstanceOf(nn.Adam);
  await expect(loaded.clone().fit(X, y)).rejects.toThrow('the model was saved without the function module, which is needed to fit it. It predicts; to fit it, give the option again by with().');
  // An unfitted one would be good for nothing.
  await expect(packModel(await new Everything({ learns: { net: model.clone() } }).fit(), { modules })).rejects.toThrow('saveModel: options.learns.net.options.module must be data that a file can hold, got the function module.');
});

test('refuses to save what is not fitted, names where a file could not hold something, and what contains itself', async () => {
  await expect(packModel(new Ridge())).rejects.toThrow('saveModel: the model must be fitted. Call await fit(X, y) first.');
  const holding = (learns: object): Promise<Uint8Array> => new Everything({ learns }).fit().then((model) => packModel(model, { modules }));
  await expect(holding({ a: [{ b: () => 1 }] })).rejects.toThrow('saveModel: options.learns.a.0.b must be data that a file can hold, got the function b.');
  await expect(holding({ a: new WeakMap() })).rejects.toThrow('saveModel: options.learns.a must be data that a file can hold, got a WeakMap. Keep plain data, typed arrays and matrices in its place, or give the class toParts and fromParts.');
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  await expect(holding({ circle })).rejects.toThrow('saveModel: options.learns.circle.self must be data that a file can hold, got an object that contains itself.');
});

test('names the file when it is missing, cut short, altered, of another kind, or of a newer format', async () => {
  const path = join(folder, 'model.safetensors');
  await expect(loadModel(path)).rejects.toThrow(`loadModel: ${path} must be a file that can be read, got no such file. Look at the path.`);
  const bytes = await packModel(await pipeline());
  const loading = async (content: Uint8Array): Promise<object> => {
    await writeFile(path, content);
    return loadModel(path);
  };
  const altered = 'the content must fit the checksum, it does not. The file was altered or cut short: copy or save it again.';
  for (const length of [0, 7, 100]) await expect(loading(bytes.subarray(0, length))).rejects.toThrow(`loadModel: ${path}: the file must begin as a model that saveModel wrote.`);
  for (const length of [500, bytes.length - 1]) await expect(loading(bytes.subarray(0, length))).rejects.toThrow(`loadModel: ${path}: ${altered}`);
  const flipped = bytes.slice();
  flipped[bytes.length - 3] ^= 4;
  await expect(loading(flipped)).rejects.toThrow(altered);
  await expect(loading(Buffer.from('{"a": 1}'.repeat(30)))).rejects.toThrow('must begin as a model that saveModel wrote. It is damaged or of another kind.');
  await expect(loading(changed(bytes, '"version":"1"', '"version":"7"'))).rejects.toThrow('the format must be at most 1, the file has 7. A newer Refit wrote it: update refit.');
  expect(await readFile(path)).toHaveLength(bytes.length);
});

test('looks up classes and functions among those that a model may hold, and nowhere else', async () => {
  const bytes = await packModel(await pipeline());
  const as = (name: string): Uint8Array => changed(bytes, '\\"class\\":\\"LogisticRegression\\"', `\\"class\\":\\"${name}\\"${' '.repeat('LogisticRegression'.length - name.length)}`);
  await expect(unpackModel(as('LogisticRegressor'))).rejects.toThrow('loadModel: the model needs LogisticRegressor, which this Refit does not export. Update refit, or give the module that has it.');
  for (const name of ['constructor', '__proto__', 'default']) await expect(unpackModel(as(name))).rejects.toThrow(`loadModel: the model needs ${name}, which this Refit does not export.`);
  await expect(unpackModel(as('writeCsv'))).rejects.toThrow('loadModel: writeCsv of "refit" must be an estimator.');
  await expect(unpackModel(as('Table'))).rejects.toThrow('loadModel: Table of "refit" must be an estimator.');
  await expect(unpackModel(changed(bytes, '\\"C\\":3,', '\\"D\\":3,'))).rejects.toThrow('loadModel: an instance cannot be rebuilt, LogisticRegression: there is no option D.');
});
