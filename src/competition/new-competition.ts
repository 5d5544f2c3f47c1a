import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import { makeTemporaryFolder } from '../table/make-temporary-folder.ts';
import { readCsv } from '../table/read-csv.ts';
import { checkSubmission } from './check-submission.ts';
import { firstPipelines, quote } from './first-pipelines.ts';
import { inferCompetition, type InferredCompetition } from './infer-competition.ts';

export interface NewCompetitionOptions {
  train: string;
  test: string;
  sample?: string;
  id?: string;
  target?: string;
  metric?: string;
  title?: string;
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
  const train = await readCsv(options.train);
  const test = await readCsv(options.test);
  const sample = options.sample === undefined ? undefined : await readCsv(options.sample);
  const inferred = inferCompetition({ train, test, sample, given: options });
  if (options.sample !== undefined) {
    const { id } = inferred;
    const [ids, wanted] = [await readCsv(options.test, { ids: [id] }), await readCsv(options.sample, { ids: [id] })];
    // The sample itself is a submission: one that does not fit the test set belongs to other data.
    await checkSubmission(Object.fromEntries(wanted.names.map((column) => [column, wanted.column(column).toArray() as string[]])), { testIds: ids.column(id).toArray() as string[], id });
  }
  const { files, pipelines } = firstPipelines(inferred, train.rows);
  const names = Object.fromEntries(Object.entries(data).map(([role, file]) => [role, `data/${basename(file)}`]));
  if (new Set(Object.values(names)).size < Object.keys(names).length) throw new CompetitionError(`refit new: train, test and sample must be files of different names, got ${Object.values(data).join(', ')}.`);
  const contents: Record<string, string> = {
    'competition.ts': competitionSource(options.title ?? name, inferred, names, pipelines),
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
    for (const [role, file] of Object.entries(data)) await copyFile(file, join(temporary, names[role]));
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return { folder, files: Object.keys(contents), pipelines, inferred, trainRows: train.rows, testRows: test.rows };
}

function competitionSource(title: string, { id, target, metric, task, values, nSplits, timeOrder, columns }: InferredCompetition, files: Record<string, string>, pipelines: readonly string[]): string {
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
    ['cv', timeOrder === null ? `{ nSplits: ${nSplits}, shuffle: true, randomState: 43 }` : `{ timeOrder: ${quote(timeOrder)}, nSplits: ${nSplits}, randomState: 43 }`],
    ['submission', files.sample === undefined ? `{ values: ${quote(values)} }` : `{ sample: ${quote(files.sample)}, values: ${quote(values)} }`],
    ['pipelines', `[${pipelines.map(quote).join(', ')}]`],
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
