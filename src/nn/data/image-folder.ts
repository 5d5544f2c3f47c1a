import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { compareCodePoints } from '../../core/labels.ts';
import { ImageDataset, type ImageDatasetOptions } from './image-dataset.ts';

const isImageName = (name: string): boolean => /\.(png|jpe?g)$/i.test(name);

/**
 * A folder that has a folder of PNG or JPEG files for each class, at any depth: `root/cat/1.png`, `root/dog/2.jpg`.
 * Classes and files are in code-point order, whatever order the disk gives them in.
 *
 * Counterpart: torchvision.datasets.ImageFolder.
 * @throws DataError for a root without class folders, and for a class without images
 *
 * @example
 * const data = new ImageFolder('pets', { transform: transforms.compose([transforms.centerCrop(64), transforms.toTensor()]) });
 * data.classes; // ['cat', 'dog']
 */
export class ImageFolder extends ImageDataset {
  constructor(root: string, options: ImageDatasetOptions = {}) {
    const classes = foldersOf(root);
    const files: string[] = [];
    const targets: number[] = [];
    for (const [code, name] of classes.entries()) {
      const found = readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).filter(isImageName).sort(compareCodePoints);
      if (found.length === 0) throw new DataError(`ImageFolder: every folder of ${root} must hold PNG or JPEG files, ${name} has none. Fill or remove it.`);
      files.push(...found.map((file) => join(root, name, file)));
      targets.push(...found.map(() => code));
    }
    super(files, Int32Array.from(targets), classes, options);
  }
}

function foldersOf(root: string): string[] {
  let classes: string[];
  try {
    classes = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    throw new DataError(`ImageFolder: ${root} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`, { cause: error });
  }
  if (classes.length === 0) throw new DataError(`ImageFolder: ${root} must have a folder for each class, got none. For a list of files with labels, use AnnotatedImages.`);
  return classes.sort(compareCodePoints);
}
