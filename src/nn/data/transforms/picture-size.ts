import { OptionError } from '../../../core/errors.ts';
import { show } from '../../../core/show.ts';

/** Height and width in pixels, or one number for both. */
export type Size = number | readonly [height: number, width: number];

/** @throws OptionError */
export function sizeOf(name: string, size: Size): readonly [number, number] {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  if (!(Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0)) {
    throw new OptionError(`transforms.${name}: size must be whole numbers above 0, got ${show(size)}.`);
  }
  return [height, width];
}
