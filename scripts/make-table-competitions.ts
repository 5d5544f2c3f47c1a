/**
 * Makes competitions/penguins/data and competitions/cars/data from the npm package vega-datasets.
 *
 *     npm install --no-save vega-datasets@3.2.1
 *     node --import ./dist/register.js scripts/make-table-competitions.ts node_modules/vega-datasets
 *
 * The same package gives the same bytes. The rules are stated in the two README.md.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RandomState } from '../src/core/random-state.ts';
import { Table } from '../src/table/table.ts';
import { writeCsv } from '../src/table/write-csv.ts';

const TEST_SHARE = 0.25;
const SEED = 43;

type Value = string | number | null;
type Entry = Readonly<Record<string, Value>>;

/** How one competition is made of a file of records. */
interface Making {
  name: string;
  file: string;
  /** Begins every id. */
  prefix: string;
  target: string;
  /** What a sample submission holds in every row. */
  sampleValue: Value;
  /** A record's columns in our names, or null for one that is left out. */
  row: (entry: Entry) => Record<string, Value> | null;
}

const makings: readonly Making[] = [
  {
    name: 'penguins',
    file: 'penguins.json',
    prefix: 'penguin',
    target: 'sex',
    sampleValue: 'female',
    row: (entry) =>
      entry.Sex !== 'MALE' && entry.Sex !== 'FEMALE'
        ? null
        : {
            sex: entry.Sex.toLowerCase(),
            species: entry.Species,
            island: entry.Island,
            beak_length_mm: entry['Beak Length (mm)'],
            beak_depth_mm: entry['Beak Depth (mm)'],
            flipper_length_mm: entry['Flipper Length (mm)'],
            body_mass_g: entry['Body Mass (g)'],
          },
  },
  {
    name: 'cars',
    file: 'cars.json',
    prefix: 'car',
    target: 'miles_per_gallon',
    sampleValue: 0,
    row: (entry) =>
      entry.Miles_per_Gallon === null
        ? null
        : {
            miles_per_gallon: entry.Miles_per_Gallon,
            name: entry.Name,
            origin: entry.Origin,
            year: entry.Year,
            cylinders: entry.Cylinders,
            displacement: entry.Displacement,
            horsepower: entry.Horsepower,
            weight_lbs: entry.Weight_in_lbs,
            acceleration: entry.Acceleration,
          },
  },
];

async function make({ name, file, prefix, target, sampleValue, row }: Making, packageFolder: string): Promise<void> {
  const entries = JSON.parse(readFileSync(join(packageFolder, 'data', file), 'utf8')) as Entry[];
  const kept = entries.map(row).filter((one) => one !== null);
  // As trainTestSplit does: the test rows come first in the permutation.
  const order = Array.from(new RandomState(SEED).permutation(kept.length));
  const testRows = Math.ceil(TEST_SHARE * kept.length);
  const shuffled = [...order.slice(testRows), ...order.slice(0, testRows)];
  const rows = shuffled.map((index, position) => ({ id: `${prefix}_${String(position + 1).padStart(3, '0')}`, ...kept[index] }));
  const train = Table.from(rows.slice(0, rows.length - testRows));
  const test = Table.from(rows.slice(rows.length - testRows));
  const folder = fileURLToPath(new URL(`../competitions/${name}/data/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  await writeCsv(join(folder, 'train.csv'), train);
  await writeCsv(join(folder, 'test.csv'), test.drop(target));
  await writeCsv(join(folder, 'solution.csv'), test.select(['id', target]));
  await writeCsv(join(folder, 'sample_submission.csv'), test.select(['id']).with({ [target]: new Array<Value>(testRows).fill(sampleValue) }));
  console.log(`${name}: ${train.rows} train and ${test.rows} test rows.`);
}

const packageFolder = process.argv[2];
if (packageFolder === undefined) throw new Error('make-table-competitions: name the folder of vega-datasets.');
for (const making of makings) await make(making, packageFolder);
