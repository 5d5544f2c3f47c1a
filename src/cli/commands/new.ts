import { join, relative } from 'node:path';
import { newCompetition } from '../../competition/new-competition.ts';
import { OptionError } from '../../core/errors.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const name = positional.name as string;
  const text = (option: string): string | undefined => options[option] as string | undefined;
  const required = (option: string): string => {
    const value = text(option);
    if (value === undefined) throw new OptionError(`refit new: --${option} must be given: the CSV file with the ${option === 'train' ? 'training' : 'test'} rows.`);
    return value;
  };
  const made = await newCompetition(name, {
    train: required('train'),
    test: required('test'),
    sample: text('sample'),
    id: text('id'),
    target: text('target'),
    metric: text('metric'),
    title: text('title'),
    encoding: text('encoding'),
    delimiter: text('delimiter')?.replace('\\t', '\t'),
    decimal: text('decimal') as '.' | ',' | undefined,
  });
  const { folder, files, inferred, trainRows, testRows } = made;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(made)}\n`);
    return 0;
  }
  const shown = relative(process.cwd(), folder);
  const width = Math.max(...inferred.conclusions.map(({ about }) => about.length));
  process.stdout.write(
    [
      `From ${trainRows} training rows and ${testRows} test rows I conclude:`,
      '',
      ...inferred.conclusions.map(({ about, value, why }) => `  ${about.padEnd(width)}  ${value} (${why})`),
      '',
      'Written:',
      ...files.map((file) => `  ${join(shown, file)}`),
      '',
      `Next: refit run ${name}`,
      '',
    ].join('\n'),
  );
  return 0;
}
