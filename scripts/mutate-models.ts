/**
 * Loads damaged model files by the hundred thousand and fails on anything but a clear error or a correct load: another
 * kind of error, more than a second, more than 200 MB, a changed prototype.
 *
 *     node --expose-gc --import ./dist/register.js scripts/mutate-models.ts [count] [first seed]
 */
import { RefitError, unpackModel } from 'refit';
import { mutateModel } from '../tests/persistence/mutated-models.ts';
import { sampleModels } from '../tests/persistence/sample-models.ts';

const MAX_SECONDS = 1;
const MAX_MEGABYTES = 200;

const count = Number(process.argv[2] ?? 200_000);
const first = Number(process.argv[3] ?? 0);
const originals = await sampleModels();
const keys = (): string => [Object, Array, Map, Set, RegExp, Function, Promise, Float64Array].map((Class) => Reflect.ownKeys(Class.prototype).map(String).join()).join(';');
const before = keys();
(globalThis as { gc?: () => void }).gc?.();
const base = process.memoryUsage().rss;

const reasons = new Map<string, number>();
let loaded = 0;
let slowest = 0;
let most = 0;
for (let seed = first; seed < first + count; seed++) {
  const original = originals[seed % originals.length];
  const { bytes, sealed } = mutateModel(original, seed);
  const start = performance.now();
  try {
    await unpackModel(bytes);
    loaded++;
    if (!sealed && Buffer.compare(bytes, original) !== 0) throw new Error('an altered file was loaded');
  } catch (error) {
    if (!(error instanceof RefitError)) throw new Error(`seed ${seed}`, { cause: error });
    const reason = error.message.replace(/"[^"]*"|[\d.]+/g, '…').slice(0, 60);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const seconds = (performance.now() - start) / 1000;
  if (seconds > MAX_SECONDS) throw new Error(`seed ${seed} took ${seconds.toFixed(1)} s`);
  slowest = Math.max(slowest, seconds);
  most = Math.max(most, (process.memoryUsage.rss() - base) / 2 ** 20);
  if (most > MAX_MEGABYTES) throw new Error(`seed ${seed} took ${most.toFixed(0)} MB`);
  if (keys() !== before) throw new Error(`seed ${seed} changed a prototype`);
}

console.log(`${count} damaged files of ${originals.map(({ length }) => length).join(', ')} bytes: ${loaded} loaded, ${count - loaded} refused`);
console.log(`slowest ${(slowest * 1000).toFixed(0)} ms, resident memory at most ${most.toFixed(0)} MB above the ${(base / 2 ** 20).toFixed(0)} MB of the start`);
for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(String(times).padStart(7), reason);
