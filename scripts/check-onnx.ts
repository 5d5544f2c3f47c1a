/**
 * Fits every pipeline of tests/persistence/onnx-pipelines.ts on all its rows, exports it, and compares what the graph predicts
 * for new rows with the pipeline itself: in onnxruntime-node, in Python's onnxruntime where REFIT_BENCH_PYTHON names a Python
 * that has it, and in onnxruntime-web where REFIT_ONNX_WEB names its folder.
 *
 *     REFIT_BENCH_PYTHON=python node --import ./dist/register.js scripts/check-onnx.ts [folder of titanic/, house-prices/, disaster-tweets/ [case …]]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportOnnx } from '../src/index.ts';
import { embedded, feedsOf, onnxCases, onnxData, type Feed } from '../tests/persistence/onnx-pipelines.ts';

interface Answer {
  labels?: unknown[];
  numbers: number[];
}

const [folder, ...wanted] = process.argv.slice(2);
const python = process.env.REFIT_BENCH_PYTHON;
const web = process.env.REFIT_ONNX_WEB;
const work = mkdtempSync(join(tmpdir(), 'refit-onnx-'));
let failed = 0;

for (const one of onnxCases) {
  if (wanted.length > 0 && !wanted.includes(one.name)) continue;
  if (!(embedded as readonly string[]).includes(one.data) && (folder === undefined || !existsSync(folder))) continue;
  const { X, y, newX } = await onnxData(one.data, { folder });
  const model = await one.make().fit(X, y);
  const bytes = exportOnnx(model);
  const own: Answer = { numbers: [] };
  const predicted = Array.from((await model.predict(newX)) as ArrayLike<unknown>);
  const hasProbabilities = typeof model.can === 'function' ? model.can('predictProba') : typeof model.predictProba === 'function';
  if (hasProbabilities) own.numbers = Array.from((await model.predictProba(newX)).data as Float64Array);
  const isRegression = typeof predicted[0] === 'number' && !hasProbabilities && model.estimatorType !== 'classifier' && !Number.isInteger(predicted[0]);
  if (isRegression) own.numbers = predicted as number[];
  else own.labels = predicted;

  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const answers: Record<string, Answer> = { node: await ask(await InferenceSession.create(bytes), Tensor, newX) };
  if (python !== undefined) answers.python = askPython(python, bytes, feedsOf(newX));
  if (web !== undefined) {
    const ort = await import(join(web, 'dist/ort.min.mjs'));
    ort.env.wasm.numThreads = 1;
    answers.web = await ask(await ort.InferenceSession.create(bytes), ort.Tensor, newX);
  }
  const found = Object.entries(answers).map(([where, answer]) => {
    const wrong = own.labels === undefined ? 0 : own.labels.filter((label, i) => label !== answer.labels?.[i]).length;
    // Of regressions relative to the size of what is predicted.
    const worst = own.numbers.reduce((most, value, p) => Math.max(most, Math.abs(value - answer.numbers[p]) / Math.max(1, Math.abs(value))), 0);
    if (wrong > 0 || !(worst <= 1e-5)) failed++;
    return `${where} ${wrong} labels differ, numbers by ${worst.toExponential(1)}`;
  });
  console.log(`${one.name.padEnd(26)} ${one.data.padEnd(9)} ${String(predicted.length).padStart(5)} rows ${String(bytes.length).padStart(9)} bytes   ${found.join(' | ')}`);
}
rmSync(work, { recursive: true });
if (failed > 0) process.exitCode = 1;

/** The graph's answer; of a table it takes the columns that the pipeline uses. */
async function ask(session: any, Tensor: any, newX: unknown): Promise<Answer> {
  const feeds = feedsOf(newX, session.inputNames.includes('text') ? undefined : session.inputNames);
  const out = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, { type, dims, data }]) => [name, new Tensor(type, data, dims)])));
  if (out.prediction) return { numbers: Array.from(out.prediction.data as Float64Array) };
  const labels = Array.from(out.label.data as ArrayLike<unknown>, (label) => (typeof label === 'bigint' ? Number(label) : label));
  return { labels, numbers: Array.from((out.probabilities?.data ?? []) as Float64Array) };
}

function askPython(interpreter: string, bytes: Uint8Array, feeds: Record<string, Feed>): Answer {
  writeFileSync(join(work, 'model.onnx'), bytes);
  const plain = Object.fromEntries(Object.entries(feeds).map(([name, { type, data }]) => [name, { type, data: Array.from(data as ArrayLike<unknown>, (value) => (Number.isNaN(value) ? null : value)) }]));
  writeFileSync(join(work, 'feeds.json'), JSON.stringify(plain));
  return JSON.parse(execFileSync(interpreter, [join(import.meta.dirname, 'check_onnx.py'), work], { encoding: 'utf8', maxBuffer: 1 << 28 })) as Answer;
}
