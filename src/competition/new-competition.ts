import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { makeTemporaryFolder } from '../table/make-temporary-folder.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { writeCsv } from '../table/write-csv.ts';
import { checkSubmission } from './check-submission.ts';
import { csvOptions, type CsvFormat } from './csv-format.ts';
import { firstPipelines, quote } from './first-pipelines.ts';
import { inferCsvFormat } from './infer-csv-format.ts';
import { inferCompetition, type InferredCompetition } from './infer-competition.ts';

export interface NewCompetitionOptions {
  train: string;
  test: string;
  sample?: string;
  id?: string;
  target?: string;
  metric?: string;
  title?: string;
  /** How the files are written. Default: as the train file seems to be. */
  encoding?: string;
  delimiter?: string;
  decimal?: '.' | ',';
  /** Folder that holds `competitions/`. Default: the working folder. */
  root?: string;
}

/** What was written, and what was concluded. */
export interface NewCompetition {
  folder: string;
  files: string[];
  pipelines: string[];
  inferred: InferredCompetition;
  trainRows: number;
  testRows: number;
}

/**
 * Writes `competitions/<name>/`: competition.ts, first pipelines, a copy of the data, and a README that tells what was concluded from them
 * and why. The folder appears when all of it is written; an existing one is left alone.
 * @throws CompetitionError for a name that is taken, a folder that cannot be written, files that are not there, or that do not tell what is to be predicted
 */
export async function newCompetition(name: string, options: NewCompetitionOptions): Promise<NewCompetition> {
  const root = options.root ?? process.cwd();
  const folder = join(root, 'competitions', name);
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name)) throw new CompetitionError(`refit new: the name must be letters, digits, dots and hyphens, got "${name}". It names a folder.`);
  if (existsSync(folder)) throw new CompetitionError(`refit new: ${relative(root, folder)} is there already. Choose another name, or remove it.`);
  const data = { train: options.train, test: options.test, ...(options.sample !== undefined && { sample: options.sample }) };
  for (const [role, file] of Object.entries(data)) {
    if (!existsSync(file)) throw new CompetitionError(`refit new: the ${role} file must be there, got ${file}.`);
  }
  const { encoding, delimiter, decimal } = options;
  const { format, conclusion } = await inferCsvFormat(options.train, { encoding, delimiter, decimal });
  const train = await readCsv(options.train, csvOptions(format));
  const test = await readCsv(options.test, csvOptions(format));
  const sample = options.sample === undefined ? undefined : await readSample(options.sample, format);
  const inferred = inferCompetition({ train, test, sample: sample?.table, given: options });
  if (conclusion !== null) inferred.conclusions.unshift(conclusion);
  if (options.sample !== undefined && sample !== undefined) {
    const { id } = inferred;
    const [ids, wanted] = [await readCsv(options.test, { ...csvOptions(format), ids: [id] }), await readCsv(options.sample, { ...csvOptions(sample.format), ids: [id] })];
    // The sample itself is a submission: one that does not fit the test set belongs to other data.
    await checkSubmission(Object.fromEntries(wanted.names.map((column) => [column, wanted.column(column).toArray() as string[]])), { testIds: ids.column(id).toArray() as string[], id });
  }
  const { files, pipelines } = firstPipelines(inferred, train.rows);
  const names = Object.fromEntries(Object.entries(data).map(([role, file]) => [role, `data/${basename(file)}`]));
  if (new Set(Object.values(names)).size < Object.keys(names).length) throw new CompetitionError(`refit new: train, test and sample must be files of different names, got ${Object.values(data).join(', ')}.`);
  const contents: Record<string, string> = {
    'competition.ts': competitionSource(options.title ?? name, inferred, names, pipelines, format),
    ...files,
    'README.md': readme(options.title ?? name, name, inferred, pipelines),
  };
  let temporary: string;
  try {
    await mkdir(dirname(folder), { recursive: true });
    temporary = await makeTemporaryFolder(join(dirname(folder), '.new-'));
  } catch (error) {
    throw new CompetitionError(`refit new: ${relative(root, dirname(folder))} must be a folder that can be written, got ${(error as Error).message}. Work in another folder.`, { cause: error });
  }
  try {
    for (const [path, content] of Object.entries(contents)) {
      await mkdir(dirname(join(temporary, path)), { recursive: true });
      await writeFile(join(temporary, path), content);
    }
    await mkdir(join(temporary, 'data'));
    for (const [role, file] of Object.entries(data)) {
      if (role === 'sample' && sample?.isOdd) await writeCsv(join(temporary, names.sample), sample.table);
      else await copyFile(file, join(temporary, names[role]));
    }
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return { folder, files: Object.keys(contents), pipelines, inferred, trainRows: train.rows, testRows: test.rows };
}

/** The sample submission, and whether it is anything but commas and UTF-8: then it is put down anew, since submissions are written so. */
async function readSample(file: string, { encoding }: CsvFormat): Promise<{ table: Table; format: CsvFormat; isOdd: boolean }> {
  const isUtf8 = await readCsv(file).then(
    () => true,
    (error: Error) => !error.message.includes('is not UTF-8'),
  );
  const { format, conclusion } = await inferCsvFormat(file, isUtf8 ? {} : { encoding });
  return { table: await readCsv(file, csvOptions(format)), format, isOdd: conclusion !== null };
}

function competitionSource(title: string, { id, target, metric, task, values, nSplits, timeOrder, groups, columns }: InferredCompetition, files: Record<string, string>, pipelines: readonly string[], format: CsvFormat): string {
  const features = Object.values(columns).flat();
  const isText = columns.texts.length === 1 && features.length === 1;
  const lines = [
    ['title', quote(title)],
    ['train', quote(files.train)],
    ['test', quote(files.test)],
    ['id', quote(id)],
    ['target', quote(target)],
    ['features', isText ? quote(features[0]) : `[${features.map(quote).join(', ')}]`],
    ['task', quote(task)],
    ['metric', quote(metric)],
    ['cv', timeOrder === null ? `{ nSplits: ${nSplits}, shuffle: true, randomState: 43${groups === null ? '' : `, groups: ${quote(groups)}`} }` : `{ timeOrder: ${quote(timeOrder)}, nSplits: ${nSplits}, randomState: 43 }`],
    ['submission', files.sample === undefined ? `{ values: ${quote(values)} }` : `{ sample: ${quote(files.sample)}, values: ${quote(values)} }`],
    ['pipelines', `[${pipelines.map(quote).join(', ')}]`],
    ...(format.encoding === 'utf-8' ? [] : [['encoding', quote(format.encoding)]]),
    ...(format.delimiter === null ? [] : [['delimiter', JSON.stringify(format.delimiter).replaceAll('"', "'")]]),
    ...(format.decimal === '.' ? [] : [['decimal', quote(format.decimal)]]),
  ];
  return `import { defineCompetition } from 'refit';

export default defineCompetition({
${lines.map(([name, value]) => `  ${name}: ${value},`).join('\n')}
});
`;
}

function readme(title: string, name: string, { conclusions }: InferredCompetition, pipelines: readonly string[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return `# ${title}

Written by \`refit new\`, which concluded from the files:

| what | conclusion | why |
| --- | --- | --- |
${conclusions.map(({ about, value, why }) => `| ${cell(about)} | ${cell(value)} | ${cell(why)} |`).join('\n')}

\`refit run ${name}\` cross-validates ${pipelines.join(', ')}, and writes a submission with the best. competition.ts says what the data are; change it where a conclusion is wrong. A pipeline is a file in \`pipelines/\`; add its name to the list in competition.ts.
`;
}
