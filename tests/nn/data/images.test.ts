import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { RandomState } from '../../../src/core/random-state.ts';
import { AnnotatedImages } from '../../../src/nn/data/annotated-images.ts';
import { DataLoader } from '../../../src/nn/data/data-loader.ts';
import { decodeImage } from '../../../src/nn/data/decode-image.ts';
import { ImageFolder } from '../../../src/nn/data/image-folder.ts';
import type { Image } from '../../../src/nn/data/image.ts';
import type { ImageTensor } from '../../../src/nn/data/transforms/to-tensor.ts';
import { transforms } from '../../../src/nn/data/transforms/transforms.ts';
import { Table } from '../../../src/table/table.ts';
import { fixture as parity } from '../../fixture.ts';

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/images.json', import.meta.url), 'utf8')) as Record<'png' | 'jpeg', { file: string; levels: number[] }> & { width: number; height: number };
const bytesOf = (kind: 'png' | 'jpeg'): Buffer => Buffer.from(fixture[kind].file, 'base64');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-images-'));
  mkdirSync(join(folder, 'pets', 'dog'), { recursive: true });
  mkdirSync(join(folder, 'pets', 'cat', 'wild'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'pets', 'dog', '1.jpg'), bytesOf('jpeg'));
  writeFileSync(join(folder, 'pets', 'cat', '2.png'), bytesOf('png'));
  writeFileSync(join(folder, 'pets', 'cat', 'wild', '1.PNG'), bytesOf('png'));
  writeFileSync(join(folder, 'pets', 'cat', 'notes.txt'), 'no image');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('decodeImage', () => {
  test('gives the levels of a PNG as they are', async () => {
    const { width, height, channels, data } = await decodeImage(bytesOf('png'));
    expect([width, height, channels]).toEqual([fixture.width, fixture.height, 3]);
    expect(Array.from(data)).toEqual(fixture.png.levels);
  });

  test('gives the levels of a JPEG as a browser does, to three levels', async () => {
    const { data } = await decodeImage(bytesOf('jpeg'));
    expect(Array.from(data)).toBeAllClose(fixture.jpeg.levels, { relative: 0, absolute: 3 });
  });

  test('refuses files that end early or are of another kind, by name', async () => {
    const png = bytesOf('png');
    const jpeg = bytesOf('jpeg');
    await expect(decodeImage(png.subarray(0, png.length - 40), { name: 'cat.png' })).rejects.toThrow(
      'decodeImage: cat.png must be a whole PNG file with something to see, got none. It may be damaged or end early.',
    );
    await expect(decodeImage(jpeg.subarray(0, 60), { name: 'dog.jpg' })).rejects.toThrow('decodeImage: dog.jpg must be a whole JPEG file, got one without a frame. Fetch it again.');
    await expect(decodeImage(Buffer.from('GIF89a'), { name: 'a.gif' })).rejects.toThrow('decodeImage: a.gif must be a PNG or JPEG file, got another kind. Convert it first.');
  });
});

describe('image data sets', () => {
  test('a folder per class gives classes in order, files in order, and decoded samples', async () => {
    const data = new ImageFolder(join(folder, 'pets'), { transform: transforms.toTensor() });
    expect(data.classes).toEqual(['cat', 'dog']);
    expect(data.files.map((file) => file.slice(folder.length + 6))).toEqual(['cat/2.png', 'cat/wild/1.PNG', 'dog/1.jpg']);
    const { x, target } = await data.at(1, new RandomState(0));
    expect(target).toBe(0);
    expect((x as ImageTensor).shape).toEqual([3, 8, 12]);
    expect(Array.from((x as ImageTensor).data.subarray(0, 3))).toBeAllClose([0, 20 / 255, 40 / 255], { relative: 1e-7 });
  });

  test('a table of files and labels does the same', async () => {
    const table = Table.from({ file: ['dog/1.jpg', 'cat/2.png'], label: ['dog', 'cat'] });
    const data = new AnnotatedImages(table, join(folder, 'pets'), { transform: transforms.toTensor() });
    const batches = [];
    for await (const batch of new DataLoader(data, { batchSize: 2, workers: 2 })) batches.push(batch);
    expect(batches).toHaveLength(1);
    expect(Array.from(batches[0].target)).toEqual([1, 0]);
    expect(batches[0].x).toHaveLength(2 * 3 * 8 * 12);
  });

  test('what is missing is named', () => {
    expect(() => new ImageFolder(join(folder, 'nowhere'))).toThrow(/^ImageFolder: .*nowhere cannot be read \(ENOENT\)\. Check the path\.$/);
    expect(() => new ImageFolder(join(folder, 'empty'))).toThrow(/must have a folder for each class, got none/);
    const table = Table.from({ file: ['dog/1.jpg', 'dog/9.jpg'], label: ['dog', 'dog'] });
    expect(() => new AnnotatedImages(table, join(folder, 'pets'))).toThrow(/1 of 2 are not: dog\/9\.jpg\. Check folder and names\.$/);
  });

  test('an image that was not transformed cannot join a batch', async () => {
    const loader = new DataLoader(new ImageFolder(join(folder, 'pets')));
    await expect(loader[Symbol.asyncIterator]().next()).rejects.toThrow('DataLoader: x must be numbers, sample 0 has an image. Give the data set transform: transforms.toTensor().');
  });
});

const picture = fc.record({ height: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 6 }), channels: fc.constantFrom<1 | 3>(1, 3) }).chain(({ height, width, channels }) =>
  fc.uint8Array({ minLength: height * width * channels, maxLength: height * width * channels }).map((data): Image => ({ height, width, channels, data })),
);
const never = new RandomState(0);

describe('transforms', () => {
  test('toTensor puts channels first, and levels between 0 and 1', () => {
    const { shape, data } = transforms.toTensor()({ width: 2, height: 1, channels: 3, data: Uint8Array.of(0, 51, 102, 153, 204, 255) });
    expect(shape).toEqual([3, 1, 2]);
    expect(data).toEqual(Float32Array.of(0, 0.6, 0.2, 0.8, 0.4, 1));
  });

  test('normalize subtracts each channel’s mean and divides by its std', () => {
    const tensor = { shape: [2, 1, 2], data: Float32Array.of(0, 1, 0.5, 0.75) } as const;
    expect(Array.from(transforms.normalize({ mean: [0.5, 0.25], std: [0.5, 0.25] })(tensor).data)).toEqual([-1, 1, 1, 2]);
    expect(() => transforms.normalize({ mean: [0], std: [0] })).toThrow('transforms.normalize: std must be above 0 in every channel, got 0.');
    expect(() => transforms.normalize({ mean: [0], std: [1] })(tensor)).toThrow('transforms.normalize: mean has 1 channels, but the image has 2.');
  });

  test('a picture flipped twice is the picture, and flipping commutes with toTensor', () => {
    fc.assert(
      fc.property(picture, (image) => {
        for (const flip of [transforms.randomHorizontalFlip({ p: 1 }), transforms.randomVerticalFlip({ p: 1 })]) {
          expect(flip(flip(image, never), never)).toEqual(image);
          expect(transforms.toTensor()(flip(image, never))).toEqual(flip(transforms.toTensor()(image), never));
        }
      }),
    );
  });

  test('flips come as often as p says', () => {
    const image: Image = { width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) };
    const flip = transforms.randomHorizontalFlip({ p: 0.25 });
    let flipped = 0;
    for (let i = 0; i < 2000; i++) flipped += Number(flip(image, new RandomState([3, i])).data[0] === 2);
    // Four standard deviations of a binomial count.
    expect(Math.abs(flipped - 500)).toBeLessThan(4 * Math.sqrt(2000 * 0.25 * 0.75));
    expect(() => transforms.randomHorizontalFlip({ p: 2 })).toThrow('transforms.randomHorizontalFlip: p must be a number in [0, 1], got 2.');
  });

  test('a crop in the middle is what torchvision takes', () => {
    const image: Image = { width: 5, height: 4, channels: 1, data: Uint8Array.from({ length: 20 }, (_, i) => i + 1) };
    expect(Array.from(transforms.centerCrop(2)(image).data)).toEqual([8, 9, 13, 14]); // (5 − 2)/2 = 1.5 rounds to the even 2
    expect(Array.from(transforms.centerCrop([6, 1])(image).data)).toEqual([0, 3, 8, 13, 18, 0]);
  });

  test('a random crop is a part of the padded picture, and depends on the seed alone', () => {
    fc.assert(
      fc.property(picture, fc.nat(1000), (image, seed) => {
        const crop = transforms.randomCrop([image.height, image.width], { padding: 1 });
        const cropped = crop(image, new RandomState(seed));
        expect(crop(image, new RandomState(seed))).toEqual(cropped);
        const level = ({ data, width, height, channels }: Image, y: number, x: number): number => (y < 0 || x < 0 || y >= height || x >= width ? 0 : data[(y * width + x) * channels]);
        const offsets = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dy, dx]));
        const fits = offsets.some(([dy, dx]) => Array.from({ length: image.height * image.width }, (_, i) => [Math.floor(i / image.width), i % image.width]).every(([y, x]) => level(cropped, y, x) === level(image, y + dy, x + dx)));
        expect(fits).toBe(true);
      }),
    );
    expect(() => transforms.randomCrop(9)({ width: 5, height: 4, channels: 1, data: new Uint8Array(20) }, never)).toThrow(
      'transforms.randomCrop: the image must be at least 9 × 9 pixels, got 4 × 5 and padding 0. Resize it, or raise padding.',
    );
  });

  test('grayscale weighs colours as Pillow does, in levels and in numbers', () => {
    const image: Image = { width: 3, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 255, 0, 10, 20, 30) };
    expect(Array.from(transforms.grayscale()(image).data)).toEqual([76, 150, 18]);
    const tensor = transforms.grayscale()(transforms.toTensor()(image));
    expect(tensor.shape).toEqual([1, 1, 3]);
    expect(Array.from(tensor.data)).toBeAllClose([0.299, 0.587, (2.99 + 11.74 + 3.42) / 255], { relative: 1e-6 });
  });

  test.each(parity('resized-images').cases.map((one) => [one.name, one] as const))('resize gives Pillow’s levels: %s', (_, { input: { height, width, channels, levels, size }, expected }) => {
    const image: Image = { height, width, channels, data: Uint8Array.from(levels) };
    const resized = transforms.resize(size)(image);
    expect(resized).toEqual({ height: size[0], width: size[1], channels, data: Uint8Array.from(expected) });
    // In numbers there is no rounding of levels: half a level for each of two sides.
    const { shape, data } = transforms.resize(size)(transforms.toTensor()(image));
    expect(shape).toEqual([channels, ...size]);
    expect(data).toBeAllClose(transforms.toTensor()(resized).data, { absolute: 1.001 / 255, relative: 0 });
  });

  test('resize by one number keeps proportions, the shorter side as long as that', () => {
    const tall: Image = { height: 10, width: 7, channels: 1, data: new Uint8Array(70).fill(9) };
    expect(transforms.resize(4)(tall)).toEqual({ height: 5, width: 4, channels: 1, data: new Uint8Array(20).fill(9) }); // ⌊4 · 10 / 7⌋
    expect(transforms.resize(7)(tall)).toBe(tall);
    expect(() => transforms.resize(0)).toThrow('transforms.resize: size must be whole numbers above 0, got 0.');
  });

  test('a random resized crop has the size asked for, and of all of the image it is a resize', () => {
    fc.assert(
      fc.property(picture, fc.nat(1000), (image, seed) => {
        const { height, width, data } = transforms.randomResizedCrop([3, 2])(image, new RandomState(seed));
        expect([height, width]).toEqual([3, 2]);
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...image.data));
        const ratio = image.width / image.height;
        expect(transforms.randomResizedCrop([3, 2], { scale: [1, 1], ratio: [ratio, ratio] })(image, new RandomState(seed))).toEqual(transforms.resize([3, 2])(image));
      }),
    );
    expect(() => transforms.randomResizedCrop(4, { scale: [0.5, 2] })).toThrow('transforms.randomResizedCrop: scale must be two numbers in (0, 1], the smaller first, got [0.5, 2].');
  });

  test('random erasing writes over a rectangle of allowed area, in images and tensors alike', () => {
    const image: Image = { height: 20, width: 30, channels: 3, data: new Uint8Array(1800).fill(51) };
    const erase = transforms.randomErasing({ p: 1, scale: [0.1, 0.2], value: 0 });
    for (let seed = 0; seed < 50; seed++) {
      const erased = erase(image, new RandomState(seed));
      const places = Array.from({ length: 600 }, (_, i) => i).filter((i) => erased.data[3 * i] === 0);
      const [rows, columns] = [new Set(places.map((i) => Math.floor(i / 30))), new Set(places.map((i) => i % 30))];
      expect(places).toHaveLength(rows.size * columns.size);
      // Sides are rounded to pixels, each by at most a half.
      expect(places.length).toBeGreaterThan(0.1 * 600 - (rows.size + columns.size) / 2 - 1);
      expect(places.length).toBeLessThan(0.2 * 600 + (rows.size + columns.size) / 2 + 1);
      expect(erase(transforms.toTensor()(image), new RandomState(seed))).toEqual(transforms.toTensor()(erased));
    }
    expect(image.data.every((level) => level === 51)).toBe(true);
    expect(transforms.randomErasing({ p: 0 })(image, never)).toBe(image);
    expect(() => transforms.randomErasing({ ratio: [3, 1] })).toThrow('transforms.randomErasing: ratio must be two numbers above 0, the smaller first, got [3, 1].');
  });

  test('compose does one after the other', () => {
    const all = transforms.compose([transforms.grayscale(), transforms.randomHorizontalFlip({ p: 1 }), transforms.toTensor(), transforms.normalize({ mean: [0], std: [0.5] })]);
    const image: Image = { width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 255, 255, 0, 0, 0) };
    expect(all(image, never)).toEqual({ shape: [1, 1, 2], data: Float32Array.of(0, 2) });
  });
});
