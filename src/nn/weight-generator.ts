import { RandomState } from '../core/random-state.ts';

let generator = new RandomState(0);

/**
 * Seeds the generator that new layers draw their weights from; it starts at seed 0, so that a script gives the same
 * weights every time. Counterpart: torch.manual_seed (other numbers: numpy's generator, not PyTorch's).
 */
export function manualSeed(seed: number): void {
  generator = new RandomState(seed);
}

/** Builds something with a generator of its own, and leaves the other one where it was. */
export function withSeed<T>(seed: number, build: () => T): T {
  const before = generator;
  generator = new RandomState(seed);
  try {
    return build();
  } finally {
    generator = before;
  }
}

/** The generator in use. */
export const weightGenerator = (): RandomState => generator;
