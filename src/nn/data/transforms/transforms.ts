import { compose } from './compose.ts';
import { centerCrop, randomCrop } from './crop.ts';
import { grayscale } from './grayscale.ts';
import { normalize } from './normalize.ts';
import { randomErasing } from './random-erasing.ts';
import { randomHorizontalFlip, randomVerticalFlip } from './random-flip.ts';
import { randomResizedCrop } from './random-resized-crop.ts';
import { resize } from './resize.ts';
import { toTensor } from './to-tensor.ts';

/** Steps from an image to what a net takes, by torchvision's names. */
export const transforms = { compose, toTensor, normalize, randomHorizontalFlip, randomVerticalFlip, randomCrop, randomResizedCrop, centerCrop, resize, randomErasing, grayscale };
