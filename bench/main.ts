/** `npm run bench`: our process and scikit-learn's in turn, and a table. See README.md in this folder. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textTable } from '../src/cli/text-table.ts';
import { packageVersions } from '../src/core/package-versions.ts';
import { findPython } from './find-python.ts';
import { item, items } from './items.ts';
import { benchEnvironment, CORES, thisMachine } from './machine.ts';
import { mailSource } from './mail-texts.ts';
import { measureItem, type Measured, type MeasureSettings } from './measure-item.ts';
import { parseWords } from './parse-words.ts';
import { profileItem } from './profile-item.ts';
import { isMet, RESULT_HEAD, resultLines } from './result-lines.ts';
import { resultsFile } from './results-file.ts';

process.chdir(join(import.meta.dirname, '..'));

async function main(words: readonly string[]): Promise<number> {
  const { names, runs, quick, write, profile } = parseWords(words);
  const chosen = names.length === 0 ? items : names.map(item);
  const machine = thisMachine();
    const settings: MeasureSettings = { runs, quick, pin: machine.pin, environment: process.env, onRun: progress };

  if (profile) {
    for (const one of chosen) {
      const { folder, text } = await profileItem(one, settings);
      console.log(`${one.name}: ${folder}\n${text}`);
    }
    return 0;
  }

  const python = findPython(benchEnvironment(process.env, CORES));
  const isThere = 'command' in python;
  if (isThere) settings.python = python.command;
  const versions = (of: Readonly<Record<string, string>>): string => Object.entries(of).map(([name, version]) => `${name} ${version}`).join(', ');
  const facts = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.gigabytes} GB, ${machine.system}; ${CORES} cores for each side${machine.pin.length > 0 ? ` (${machine.pin.join(' ')})` : ''}`,
    `ours: ${versions(packageVersions())}`,
    isThere ? `theirs: ${versions(python.versions)}` : python.reason,
    `text: ${mailSource()}${quick ? '; cut to 2 MB (--quick)' : ''}`,
    `medians of ${runs} processes of each side, in turn`,
  ];
  console.log(`${facts.join('\n')}\n`);

  const results: Measured[] = [];
  const failed: string[] = [];
  for (const one of chosen) {
    try {
      const measured = await measureItem(one, settings);
      results.push(...measured);
      progress('');
      for (const each of measured) process.stderr.write(`${resultLines([each])[0].slice(0, 5).join('  ')}\n`);
    } catch (error) {
      failed.push(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  progress('');
  const lines = resultLines(results);
  console.log(textTable(RESULT_HEAD, lines));
  console.log('\ntimed: "process" is a whole process, "call" a warm call by its own clock; ×1, ×2: BLAS threads of the peer, the faster; CPU is the ratio, then our seconds; MB ours / theirs.');
  const missed = [...new Set(results.filter((result) => isMet(result) === false).map((result) => result.item.name))];
  if (missed.length > 0) console.log(`Where our time goes: npm run bench -- --profile ${missed.join(' ')}`);
  for (const failure of failed) console.error(`\nFailed: ${failure}`);
  if (write && failed.length === 0) {
    const heading = `${machine.cpu}, ${machine.cores} cores, ${new Date().toISOString().slice(0, 10)}`;
    writeFileSync('bench/RESULTS.md', resultsFile(heading, facts, lines));
    console.log('Written to bench/RESULTS.md.');
  }
  const differ = results.some(({ differences = [] }) => differences.length > 0);
  return failed.length > 0 || differ ? 1 : 0;
}

/** One line on the terminal, written over by the next; nothing where the output goes to a file. */
function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${what}`);
}

if (!existsSync('dist/register.js')) throw new Error('bench: dist is missing. Run npm run build first.');
process.exitCode = await main(process.argv.slice(2));
