import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const root = resolve(import.meta.dirname, '../..');

/** What a run of an embedded competition found, by pipeline and metric. */
function scoresOf(competition: string): Record<string, Record<string, { folds: number[] }>> {
  const out = mkdtempSync(join(tmpdir(), 'refit-embedded-'));
  try {
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'run', competition, '--quick', '--quiet', '--out', out], { cwd: root });
    const runs = join(out, competition);
    const { pipelines } = JSON.parse(readFileSync(join(runs, readdirSync(runs)[0], 'scores.json'), 'utf8'));
    return Object.fromEntries(pipelines.map(({ name, scores }: { name: string; scores: object }) => [name, scores]));
  } finally {
    rmSync(out, { recursive: true });
  }
}

describe('the competition that npm start runs has scikit-learn’s scores in every fold', () => {
  let scores: ReturnType<typeof scoresOf>;
  beforeAll(() => {
    scores = scoresOf('spam-detector');
  });

  test.each(fixture('embedded-competitions').cases)('$name', ({ name, expected, tolerance }) => {
    for (const [metric, folds] of Object.entries(expected)) expect(scores[name][metric].folds).toBeAllClose(folds, { relative: tolerance });
  });
});
