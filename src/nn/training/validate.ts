import type { DataLoader } from '../data/data-loader.ts';
import type { CompiledForward } from '../compile-forward.ts';
import type { InputSpecs } from '../trace-net.ts';
import { conformBatch } from './conform-batch.ts';
import type { EpochRecord } from './history.ts';
import type { TrainingMetric } from './metrics.ts';
import { WeightedMean } from './weighted-mean.ts';

/** Mean loss and metrics of a loader's samples. @param specs what a sample of each array looks like, `target` among them */
export async function validate(
  owner: string,
  forward: CompiledForward,
  loader: DataLoader,
  specs: InputSpecs,
  metrics: Readonly<Record<string, TrainingMetric>>,
): Promise<Pick<EpochRecord, 'validationLoss' | 'metrics'>> {
  const mean = new WeightedMean();
  const said: Float32Array[] = [];
  const targets: (Float32Array | Int32Array)[] = [];
  let count = 0;
  let rest: readonly number[] = [];
  let place = 0;
  for await (const loaded of loader.epoch(0)) {
    const { batch, rows } = conformBatch(owner, loaded, specs, `validation batch ${++place}`);
    const { data, shape, loss } = await forward.evaluate(batch);
    mean.add(loss, batch, rows);
    said.push(data);
    targets.push(batch.target);
    count += rows;
    rest = shape.slice(1);
  }
  const predictions = { shape: [count, ...rest], data: joined(said) };
  const target = joined(targets);
  return { validationLoss: mean.value, metrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric(predictions, target)])) };
}

function joined(parts: readonly (Float32Array | Int32Array)[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
