import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const repository = resolve(import.meta.dirname, '../..');

/** The guide's blocks as one script that prints what each `// →` line promises and what it gives. */
function script(): { source: string; promises: string[] } {
  const guide = readFileSync(join(repository, 'docs/neural-nets.md'), 'utf8');
  const code = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
  const promises: string[] = [];
  const source = code.replace(/^(.*); \/\/ → (.*)$/gm, (_, expression: string, promised: string) => {
    promises.push(JSON.stringify(JSON.parse(promised)));
    return `console.log(JSON.stringify(await (${expression})));`;
  });
  // A thread must have been started: training does not block the one that asked for it.
  return { source: `let threads = 0;\nprocess.on('worker', () => threads++);\n${source}\nconsole.log('threads', threads);\n`, promises };
}

test('every block of docs/neural-nets.md runs, and gives what it promises', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'refit-guide-'));
  try {
    const { source, promises } = script();
    writeFileSync(join(folder, 'guide.ts'), source);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', join(repository, 'dist/register.js'), join(folder, 'guide.ts')], { cwd: repository });
    expect(promises.length).toBeGreaterThan(20);
    expect(stdout.trim().split('\n')).toEqual([...promises, 'threads 1']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
