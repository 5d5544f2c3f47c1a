import { InferenceSession, Tensor } from 'onnxruntime-node';
import { exportOnnx } from '../../src/index.ts';
import { embedded, feedsOf, onnxCases, onnxData, type OnnxCase, type OnnxData } from './onnx-pipelines.ts';

// scripts/check-onnx.ts runs all cases on all rows, in Python's onnxruntime too.
const ROWS = 250;

const data = new Map<string, OnnxData>();
beforeAll(async () => {
  for (const name of embedded) data.set(name, await onnxData(name, { rows: ROWS }));
});

test.each(onnxCases.filter((one) => (embedded as readonly string[]).includes(one.data)).map((one) => [one.name, one] as [string, OnnxCase]))('%s predicts the same as a graph', async (_, one) => {
  const { X, y, newX } = data.get(one.data) as OnnxData;
  const model = await one.make().fit(X, y);
  const session = await InferenceSession.create(exportOnnx(model));
  const feeds = feedsOf(newX, session.inputNames.includes('text') ? undefined : session.inputNames);
  const out = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, { type, dims, data: values }]) => [name, new Tensor(type as 'float64', values as Float64Array, dims)])));
  const predicted = await model.predict(newX);
  if (out.prediction) {
    expect(Array.from(out.prediction.data as Float64Array)).toBeAllClose(Array.from(predicted), { relative: 1e-9, absolute: 1e-9 });
    return;
  }
  expect(Array.from(out.label.data as ArrayLike<unknown>, (label) => (typeof label === 'bigint' ? Number(label) : label))).toEqual(Array.from(predicted));
  if (typeof model.can === 'function' ? model.can('predictProba') : typeof model.predictProba === 'function') {
    // Doubles throughout: what is left is the order of sums, and exp of another library.
    expect(Array.from(out.probabilities.data as Float64Array)).toBeAllClose(Array.from((await model.predictProba(newX)).data), { absolute: 1e-9 });
  }
});
