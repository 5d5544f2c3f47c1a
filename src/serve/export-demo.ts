import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadPipelineFile, type LoadedCompetition } from '../competition/load-competition.ts';
import type { LoadedRun } from '../competition/load-run.ts';
import { MODEL_FILE } from '../competition/model-file-name.ts';
import { sourceFiles } from '../competition/run-hashes.ts';
import { CompetitionError } from '../core/errors.ts';
import { packageVersions } from '../core/package-versions.ts';
import { decodeSafetensors } from '../formats/safetensors.ts';
import { makeTemporaryFolder } from '../table/make-temporary-folder.ts';
import { dockerfile, exportPackage, exportReadme, serverScript } from './export-files.ts';
import type { ModelForm } from './model-form.ts';

/**
 * Writes a run's demo as a folder that runs wherever Node runs: model, form, server, package.json with Refit itself as a
 * tarball, Dockerfile, and a README in the layout of a Hugging Face Space of Docker type. The folder appears when it is whole.
 *
 * @returns its path
 * @throws CompetitionError when the folder holds something already
 */
export async function exportDemo(competition: LoadedCompetition, run: LoadedRun, form: ModelForm, folder: string): Promise<string> {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new CompetitionError(`refit serve --export: ${folder} must be new or empty, and it holds ${readdirSync(target)[0]}. Choose another folder.`);
  }
  await mkdir(dirname(target), { recursive: true });
  const temporary = await makeTemporaryFolder(join(dirname(target), '.exporting-'));
  try {
    const demo = join(temporary, 'demo');
    await mkdir(demo);
    await cp(join(run.folder, MODEL_FILE), join(demo, MODEL_FILE));
    const sample = form.sample !== null && existsSync(form.sample) ? 'sample_submission.csv' : null;
    if (sample !== null) await cp(form.sample as string, join(demo, sample));
    await writeFile(join(demo, 'form.json'), `${JSON.stringify({ ...form, sample })}\n`);
    await writeFile(join(demo, 'modules.json'), `${JSON.stringify(await copySources(competition, run, demo), null, 2)}\n`);
    const refit = await packRefit(temporary);
    const files = { 'package.json': exportPackage(competition.name, form, refit), '.npmrc': 'onnxruntime-node-install=skip\n', Dockerfile: dockerfile, '.dockerignore': 'node_modules\nflagged\n', 'README.md': exportReadme(form), 'server.js': serverScript };
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
    if (existsSync(target)) rmdirSync(target);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return target;
}

/** Copies the modules whose functions and classes the model holds. @returns where each lies, by the path that the model knows it by */
async function copySources(competition: LoadedCompetition, { record, folder }: LoadedRun, demo: string): Promise<Record<string, string>> {
  const { metadata } = decodeSafetensors(await readFile(join(folder, MODEL_FILE)), 'refit serve --export');
  if (Object.keys(JSON.parse(metadata.get('needs') ?? '{}') as object).length === 0) return {};
  const { url } = await loadPipelineFile(competition, record.winner, { seed: record.seed });
  const modules: Record<string, string> = {};
  for (const [file, source] of sourceFiles(url)) {
    const copy = `source/${relative(competition.root, file).split(sep).join('/')}`;
    const path = relative(competition.folder, file).split(sep).join('/');
    modules[path.startsWith('.') ? path : `./${path}`] = copy;
    await mkdir(dirname(join(demo, copy)), { recursive: true });
    await writeFile(join(demo, copy), source);
  }
  return modules;
}

/** This package as a tarball in the folder. @returns what package.json says of it; the version where npm cannot pack it */
async function packRefit(folder: string): Promise<string> {
  const own = fileURLToPath(new URL('../../', import.meta.url));
  try {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: own, shell: process.platform === 'win32' });
    return `file:./${stdout.trim().split('\n').at(-1) as string}`;
  } catch {
    return packageVersions().refit;
  }
}
