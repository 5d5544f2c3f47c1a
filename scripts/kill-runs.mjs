/**
 * Kills runs with SIGKILL at random moments, goes on with `refit run --resume`, and holds what comes out against an unbroken run:
 * the same bytes, and never a half-written file under a visible name. Half of the runs are killed a second time while they go on.
 *
 *   node scripts/kill-runs.mjs [kills] [seed]      default 50 kills, seed 1
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [kills = 50, seed = 1] = process.argv.slice(2).map(Number);
const main = join(import.meta.dirname, '../dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'refit-kill-'));
/** Files that hold no time. */
const LASTING = ['submission.csv', 'scores.json', 'oof.csv', 'test-predictions.csv', 'roc.svg', 'pr.svg', 'confusion.svg'];

let state = seed;
/** A number in [0, 1); the moments should be the same for a seed, as far as a machine allows. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

function write(path, content) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** 300 texts of 60 words: a run of about a second. */
function prepare() {
  const words = (i) => Array.from({ length: 60 }, (_, k) => (k < 4 && i % 3 === 0 ? 'offer' : `w${(i * 31 + k * k * 7) % 211}`)).join(' ');
  const rows = (n, first) => Array.from({ length: n }, (_, i) => i + first);
  write('competitions/mail/data/train.csv', ['name,label,content', ...rows(300, 0).map((i) => `a${i},${i % 3 === 0 ? 'spam' : 'ham'},${words(i)}`), ''].join('\n'));
  write('competitions/mail/data/test.csv', ['name,content', ...rows(60, 1000).map((i) => `a${i},${words(i)}`), ''].join('\n'));
  write('competitions/mail/competition.ts', `import { defineCompetition } from 'refit';
export default defineCompetition({ title: 'Mail', train: 'data/train.csv', test: 'data/test.csv', id: 'name', target: 'label', features: 'content',
  metric: 'accuracy', cv: { nSplits: 5, randomState: 7 }, pipelines: ['c01', 'c1', 'c10', 'bayes'] });
`);
  for (const [name, C] of [['c01', 0.1], ['c1', 1], ['c10', 10]]) {
    write(`pipelines/${name}.ts`, `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer({ ngramRange: [1, 2] })], ['classify', new LogisticRegression({ C: ${C} })]]);
`);
  }
  write('pipelines/bayes.ts', `import { CountVectorizer, MultinomialNB, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);
`);
}

/** Folds of a run: four pipelines in five folds. */
const FOLDS = 20;

/** A moment to kill at: so many folds are done, and then a part of a whole run's time more. */
const anyMoment = () => ({ folds: Math.floor(random() * (FOLDS + 1)), wait: random() * 0.15 });

/** Runs; kills at a moment, or not. @returns whether it ended by itself, and its milliseconds */
function run(out, words, moment) {
  return new Promise((done, fail) => {
    const started = performance.now();
    const child = spawn(process.execPath, [main, 'run', 'mail', '--out', out, '--json', ...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    let timer;
    const look = () => {
      if (moment === undefined || timer !== undefined || errors.split('"type":"fold"').length - 1 < moment.folds) return;
      timer = setTimeout(() => child.kill('SIGKILL'), moment.wait * whole.milliseconds);
    };
    child.stderr.on('data', (text) => {
      errors += text;
      look();
    });
    child.on('spawn', look);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal !== 'SIGKILL' && code !== 0) return fail(new Error(`${words.join(' ')}: status ${code}\n${errors}`));
      done({ ended: code === 0, milliseconds: performance.now() - started });
    });
  });
}

const visible = (out) => {
  try {
    return readdirSync(join(folder, out, 'mail')).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
};

/** @throws where a visible run is not whole */
function compare(out, reference, when) {
  for (const name of visible(out)) {
    const files = readdirSync(join(folder, out, 'mail', name)).sort();
    if (files.join() !== reference.files.join()) throw new Error(`${when}: ${name} has ${files.join()}`);
    for (const file of LASTING) {
      if (!readFileSync(join(folder, out, 'mail', name, file)).equals(reference.contents[file])) throw new Error(`${when}: ${file} of ${name} differs`);
    }
  }
}

prepare();
const whole = await run('whole', []);
const unbroken = join(folder, 'whole', 'mail', visible('whole')[0]);
const reference = { files: readdirSync(unbroken).sort(), contents: Object.fromEntries(LASTING.map((file) => [file, readFileSync(join(unbroken, file))])) };
console.log(`an unbroken run takes ${(whole.milliseconds / 1000).toFixed(1)} s`);

const counts = { kills: 0, before: 0, between: 0, after: 0 };
for (let round = 0; counts.kills < kills; round++) {
  const out = `out${round}`;
  const workers = ['--workers', String(1 + (round % 2))];
  let { ended } = await run(out, workers, anyMoment());
  for (let again = round % 2; !ended; again--) {
    counts.kills++;
    compare(out, reference, `round ${round}, after a kill`);
    const journal = readdirSafe(join(folder, out, 'mail', '.unfinished'));
    counts[visible(out).length > 0 ? 'after' : journal.length > 0 ? 'between' : 'before']++;
    ({ ended } = await run(out, [...workers, '--resume'], again > 0 ? anyMoment() : undefined));
  }
  compare(out, reference, `round ${round}, at the end`);
  if (visible(out).length === 0) throw new Error(`round ${round}: nothing came out`);
  const hidden = readdirSync(join(folder, out, 'mail')).filter((name) => name.startsWith('.'));
  if (hidden.length > 0) throw new Error(`round ${round}: ${hidden.join()} left behind`);
}
rmSync(folder, { recursive: true });
console.log(`${counts.kills} kills (${counts.before} before the first fold was done, ${counts.between} after, ${counts.after} once the run was written): every run went on to the same bytes`);

function readdirSafe(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
