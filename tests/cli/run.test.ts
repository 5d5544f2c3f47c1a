import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { competitionSource, Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const onlyRun = (): string => {
  const runs = readdirSync(workplace.path('outputs/mail'));
  expect(runs).toHaveLength(1);
  return workplace.path(`outputs/mail/${runs[0]}`);
};

describe('refit run', () => {
  test('writes a submission and all files of a run', async () => {
    const { status, stdout } = await workplace.run('run', 'mail');
    expect(status).toBe(0);
    expect(stdout).toContain('plain was refitted on all 30 rows');
    const run = onlyRun();
    expect(readdirSync(run).sort()).toEqual(
      expect.arrayContaining(['oof.csv', 'report.html', 'roc.png', 'roc.svg', 'run.json', 'scores.json', 'submission.csv']),
    );
    expect(readFileSync(join(run, 'submission.csv'), 'utf8')).toBe('name,label\nt1,spam\nt2,ham\n');
    const oof = readFileSync(join(run, 'oof.csv'), 'utf8').split('\n');
    expect(oof[0]).toBe('name,label,fold,plain,plain: P(spam)');
    expect(oof).toHaveLength(32);
  });

  test('gives the same bytes for the same seed, and other folds for another', async () => {
    const read = (out: string, file: string): string => {
      const folder = workplace.path(`${out}/mail`);
      return readFileSync(join(folder, readdirSync(folder)[0], file), 'utf8');
    };
    for (const [out, seed] of [['a', '5'], ['b', '5'], ['c', '6']]) await workplace.run('run', 'mail', '--out', out, '--seed', seed);
    for (const file of ['submission.csv', 'scores.json', 'oof.csv']) expect(read('a', file)).toBe(read('b', file));
    expect(read('a', 'oof.csv')).not.toBe(read('c', 'oof.csv'));
  });

  test('prints one JSON document with --json, and its events on standard error, one a line', async () => {
    const { stdout, stderr } = await workplace.run('run', 'mail', '--json');
    const document = JSON.parse(stdout) as { winner: string; pipelines: { scores: object }[]; folder: string };
    expect(document.winner).toBe('plain');
    expect(document.pipelines[0].scores).toHaveProperty('accuracy');
    const events = stderr.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; score?: number });
    expect(events.map(({ type }) => type)).toEqual(['data', 'pipeline', 'start', 'fold', 'fold', 'fold', 'refit', 'predict', 'diagnose']);
    expect(events[3].score).toBe(1);
  });

  test('writes a plain line for each fold where there is no terminal, and nothing with --quiet', async () => {
    expect((await workplace.run('run', 'mail')).stderr).toContain('plain 3/3 accuracy 1.0000\n');
    expect(await workplace.run('run', 'mail', '--quiet')).toMatchObject({ stdout: '', stderr: '' });
  });

  test('looks at what the winner leans on, unless it is to be quick', async () => {
    await workplace.run('run', 'mail', '--quick');
    const [quick] = readdirSync(workplace.path('outputs/mail')).filter((name) => !name.startsWith('.'));
    expect(existsSync(workplace.path(`outputs/mail/${quick}/diagnostics.json`))).toBe(false);
    expect((await workplace.run('run', 'mail')).status).toBe(0);
    const [, whole] = readdirSync(workplace.path('outputs/mail')).filter((name) => !name.startsWith('.')).sort();
    const { hardest, hardestBy } = JSON.parse(readFileSync(workplace.path(`outputs/mail/${whole}/diagnostics.json`), 'utf8')) as { hardest: object[]; hardestBy: string };
    expect([hardest.length > 0, hardestBy]).toEqual([true, 'probability']);
    expect(readFileSync(workplace.path(`outputs/mail/${whole}/report.html`), 'utf8')).toContain('Hardest rows');
  });

  test('keeps whole numbers whole and the test file’s order of rows', async () => {
    const train = readFileSync(workplace.path('competitions/mail/data/train.csv'), 'utf8');
    workplace.write('competitions/mail/data/train.csv', train.replaceAll(',spam,', ',1,').replaceAll(',ham,', ',0,'));
    workplace.write('competitions/mail/data/sample.csv', 'name,label\nt2,0\nt1,0\n');
    expect((await workplace.run('run', 'mail')).status).toBe(0);
    expect(readFileSync(join(onlyRun(), 'submission.csv'), 'utf8')).toBe('name,label\nt1,1\nt2,0\n');
  });

  test('submits probabilities where the metric ranks by them', async () => {
    workplace.write('competitions/mail/competition.ts', competitionSource({ metric: 'rocAuc' }));
    workplace.write('competitions/mail/data/sample.csv', 'name,label\nt1,0.5\nt2,0.5\n');
    expect((await workplace.run('run', 'mail')).status).toBe(0);
    const [, first, second] = readFileSync(join(onlyRun(), 'submission.csv'), 'utf8').split('\n');
    expect(Number(first.split(',')[1])).toBeGreaterThan(0.5);
    expect(Number(second.split(',')[1])).toBeLessThan(0.5);
  });

  test('shows nothing when it is interrupted: what it has done is kept in a hidden folder', async () => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../dist/cli/main.js'), 'run', 'mail'], { cwd: workplace.folder });
    const interrupted = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_, signal) => done(signal)));
    child.stderr.on('data', (text: Buffer) => {
      if (String(text).includes('1/3')) child.kill('SIGINT');
    });
    expect(await interrupted).toBe('SIGINT');
    expect(readdirSync(workplace.path('outputs/mail'))).toEqual(['.unfinished']);
  });
});

describe('refit score', () => {
  test('scores the newest run against the solution and shows what the refit brought', async () => {
    workplace.write('competitions/mail/competition.ts', competitionSource({ solution: 'data/solution.csv' }));
    workplace.write('competitions/mail/data/solution.csv', 'name,label\nt2,ham\nt1,ham\n');
    await workplace.run('run', 'mail');
    const { stdout } = await workplace.run('score', 'mail');
    expect(stdout).toContain('accuracy 0.5000 on 2 rows');
    expect(stdout).toContain('The 3 fold models');
  });

  test('says what is missing when there is no solution or no run', async () => {
    expect((await workplace.run('score', 'mail')).stderr).toMatch(/there is no run of mail/);
    await workplace.run('run', 'mail');
    expect((await workplace.run('score', 'mail')).stderr).toMatch(/needs the true targets/);
  });
});

describe('refit', () => {
  test('shows every command in its help, and a command’s options in that command’s', async () => {
    const { stdout } = await workplace.run('--help');
    for (const command of ['refit run', 'refit score', 'refit list']) expect(stdout).toContain(command);
    expect((await workplace.run('run', '--help')).stdout).toContain('--seed <n>');
  });

  test('lists the competitions of the folder and of the package', async () => {
    const { stdout } = await workplace.run('list');
    const names = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(['chatgpt-detector', 'mail', 'spam-detector']));
    expect(names.slice(0, -1)).toEqual(names.slice(0, -1).sort());
  });
});
