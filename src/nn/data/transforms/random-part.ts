import type { RandomState } from '../../../core/random-state.ts';

/** Two numbers above 0, the smaller first, up to a limit. */
export const isRange = (value: unknown, max = Infinity): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number' && one > 0 && one <= max && one < Infinity) && value[0] <= value[1];

/** How often a part is drawn that does not fit before it is given up, as in torchvision. */
const TRIES = 10;

/** A part of a picture: its area is a share drawn evenly, its width over its height drawn evenly in logarithms, its place evenly. undefined where none fitted. */
export function drawPart(
  random: RandomState,
  tall: number,
  wide: number,
  { scale, ratio }: { scale: readonly [number, number]; ratio: readonly [number, number] },
): { top: number; left: number; height: number; width: number } | undefined {
  const between = (low: number, high: number): number => low + (high - low) * random.randomSample();
  for (let tries = 0; tries < TRIES; tries++) {
    const area = tall * wide * between(...scale);
    const proportion = Math.exp(between(Math.log(ratio[0]), Math.log(ratio[1])));
    const [height, width] = [Math.round(Math.sqrt(area / proportion)), Math.round(Math.sqrt(area * proportion))];
    if (height < 1 || width < 1 || height > tall || width > wide) continue;
    return { top: random.randint(tall - height + 1), left: random.randint(wide - width + 1), height, width };
  }
  return undefined;
}
