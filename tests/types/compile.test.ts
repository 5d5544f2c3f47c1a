import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = join(import.meta.dirname, 'wrong');
const tsc = resolve(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

/** Compiles all wrong files at once, as one compile takes about as long as one file. */
const output = spawnSync(process.execPath, [tsc, '-p', join(folder, 'tsconfig.json'), '--noEmit', '--pretty', 'false'], { encoding: 'utf8' }).stdout;
const messages = (file: string): string =>
  output.split(/\n(?=\S)/).filter((message) => message.includes(`${file}(`)).join('\n');

describe('the compiler refuses', () => {
  test.each([
    ['stage-order.ts', 'stage \\"count\\" does not accept what \\"scale\\" produces'],
    ['classifier-first.ts', 'stage \\"classify\\" has no transform, so it must be the last stage'],
    ['misspelt-option.ts', "'maxItr' does not exist in type 'LogisticRegressionOptions'. Did you mean to write 'maxIter'?"],
    ['misspelt-step.ts', "'clasify' does not exist in type"],
    ['misspelt-search-step.ts', "'clasify' does not exist in type"],
    ['misspelt-search-option.ts', "Did you mean to write 'maxIter'?"],
    ['search-values.ts', "'Randint' is not assignable to type 'Choices<boolean>"],
    ['grouped-time.ts', "'string' is not assignable to type 'null | undefined'"],
    ['stratified-time.ts', "'true' is not assignable to type 'false'"],
    ['gap-without-time.ts', "Property 'timeOrder' is missing"],
    ['texts-for-numbers.ts', "'string' is not assignable to type"],
  ])('%s, and says why', (file, reason) => {
    expect(messages(file)).toContain(reason);
  });

  test('every file of wrong/, and nothing else', () => {
    const refused = new Set([...output.matchAll(/([\w-]+\.ts)\(\d+,\d+\): error/g)].map(([, file]) => file));
    expect([...refused].sort()).toEqual(readdirSync(folder).filter((file) => file.endsWith('.ts')).sort());
  });
});
