import { RefitError } from '../../src/core/errors.ts';
import { unpackModel } from '../../src/persistence/model-file.ts';
import { mutateModel, seal } from './mutated-models.ts';
import { sampleModels } from './sample-models.ts';

// scripts/mutate-models.ts tries 200,000 of them, with limits on time and memory.
const COUNT = 2000;

test('meets damaged files with a clear error or a correct load, and leaves every prototype as it was', async () => {
  const originals = await sampleModels();
  for (const original of originals) expect(seal(original)).toEqual(original);
  const before = prototypes();
  const outcomes = { loaded: 0, refused: 0 };
  for (let seed = 0; seed < COUNT; seed++) {
    const original = originals[seed % originals.length];
    const { bytes, sealed } = mutateModel(original, seed);
    try {
      await unpackModel(bytes);
      outcomes.loaded++;
      // Without a checksum that fits, only a file with no change at all may pass.
      if (!sealed) expect(Buffer.compare(bytes, original)).toBe(0);
    } catch (error) {
      if (!(error instanceof RefitError)) throw new Error(`seed ${seed}`, { cause: error });
      expect(error.message).toMatch(/^loadModel: .{20,}\.$/s);
      outcomes.refused++;
    }
  }
  expect(prototypes()).toEqual(before);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  // Both kinds are there: the mutations reach beyond the checksum.
  expect(outcomes.loaded).toBeGreaterThan(COUNT / 50);
  expect(outcomes.refused).toBeGreaterThan(COUNT / 2);
});

const prototypes = (): string[][] => [Object, Array, Map, Set, RegExp, Function, Float64Array].map((Class) => Reflect.ownKeys(Class.prototype).map(String));
