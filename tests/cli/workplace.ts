import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');

export interface Finished {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A temporary folder with a small competition in it, to run the built command in as a user would. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'refit-test-'));

  /** 30 messages in two classes that words tell apart, and a pipeline. */
  constructor() {
    const text = (i: number): string => (i % 3 === 0 ? `win money now offer${i % 4}` : `meeting at noon agenda${i % 4}`);
    const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 3 === 0 ? 'spam' : 'ham'},"${text(i)}, x"`);
    this.write('competitions/mail/data/train.csv', ['name,label,content', ...rows, ''].join('\n'));
    this.write('competitions/mail/data/test.csv', 'name,content\nt1,win money\nt2,"agenda, noon"\n');
    this.write('competitions/mail/data/sample.csv', 'name,label\nt1,ham\nt2,ham\n');
    this.write('competitions/mail/competition.ts', competitionSource({}));
    this.write(
      'pipelines/plain.ts',
      `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
`,
    );
  }

  write(path: string, content: string | Uint8Array): this {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return this;
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  run(...words: string[]): Promise<Finished> {
    return this.runWith({}, ...words);
  }

  /** With further variables of the environment. */
  runWith(env: Record<string, string>, ...words: string[]): Promise<Finished> {
    return new Promise((done) => {
      const child = execFile(process.execPath, [main, ...words], { cwd: this.folder, maxBuffer: 1 << 26, env: { ...process.env, ...env } }, (_, stdout, stderr) => {
        done({ status: child.exitCode, signal: child.signalCode, stdout, stderr });
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** competition.ts of the small competition, with some entries changed; null leaves an entry out. */
export function competitionSource(changes: Record<string, unknown>): string {
  const definition: Record<string, unknown> = {
    title: 'Which mail is spam?',
    train: 'data/train.csv',
    test: 'data/test.csv',
    id: 'name',
    target: 'label',
    features: 'content',
    metric: 'accuracy',
    cv: { nSplits: 3, randomState: 7 },
    submission: { sample: 'data/sample.csv' },
    pipelines: ['plain'],
    ...changes,
  };
  for (const name of Object.keys(definition)) if (definition[name] === null) delete definition[name];
  return `import { defineCompetition } from 'refit';\nexport default defineCompetition(${JSON.stringify(definition)});\n`;
}
