import type { RandomState } from '../../../core/random-state.ts';

/** One step from an image to what a net takes. */
export type Transform = (picture: any, random: RandomState) => any;

/**
 * One transform after the other.
 *
 * Counterpart: torchvision.transforms.Compose.
 * @example
 * const train = transforms.compose([transforms.randomHorizontalFlip(), transforms.toTensor(), transforms.normalize({ mean: [0.5], std: [0.5] })]);
 */
export function compose(steps: readonly Transform[]): Transform {
  return (picture, random) => steps.reduce((current, step) => step(current, random), picture);
}
