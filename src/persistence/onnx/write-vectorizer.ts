import type { CompleteAnalyzerOptions } from '../../text/analysis.ts';
import { stopWordSet } from '../../text/analysis.ts';
import type { CountVectorizer } from '../../text/count-vectorizer.ts';
import { asRunPattern, PYTHON_SPACE } from '../../text/python-pattern.ts';
import type { TfidfVectorizer } from '../../text/tfidf-vectorizer.ts';
import type { TfidfOptions } from '../../text/tfidf-weights.ts';
import { re2Class } from './code-points.ts';
import type { Flow, MatrixFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';
import { splitCharacters, writePreparation } from './write-characters.ts';

/** Numbers of tokens that are no known word; terms have none of them. */
const UNKNOWN = -1;
const DROPPED = -2;

/**
 * Counts of a vocabulary's terms. Rows are worked on one at a time: texts of very different length would else all take the
 * room of the longest.
 */
export function writeCountVectorizer(w: OnnxWriter, { options, fitted, owner }: CountVectorizer | TfidfVectorizer, X: Flow): MatrixFlow {
  if (X.kind !== 'texts') return w.refuse(`texts must come in, got a ${X.kind}.`);
  for (const name of ['preprocessor', 'tokenizer', 'analyzer', 'stripAccents'] as const) {
    if (typeof options[name] === 'function') w.refuse(`${owner}: ${name} is a function, which ONNX has no word for. Use the other options, or save the model with saveModel.`);
  }
  const { vocabulary } = fitted;
  const body = w.body('document');
  const row = body.builder.input(body.fresh('row'), 'int64', []);
  const go = body.builder.input(body.fresh('go'), 'bool', []);
  const text = body.reshape(body.op('Gather', [X.name, row]), [1]);
  const counts = options.analyzer === 'word' ? words(body, text, owner, options, vocabulary) : letters(body, text, owner, options, vocabulary);
  body.builder.output(body.fresh('go'), body.op('Identity', [go]), 'bool', []);
  body.builder.output(body.fresh('counts'), body.reshape(counts, [vocabulary.length]), 'float', [vocabulary.length]);
  const rows = w.reshape(w.rowCount(X.name), []);
  const counted = w.op('Loop', [rows, w.bools([true], [])], { body: { graph: body.subgraph() } });
  const values = options.binary ? w.cast(w.cast(counted, 'bool'), 'double') : w.cast(counted, 'double');
  return w.matrix(values, vocabulary.length);
}

export function writeTfidfVectorizer(w: OnnxWriter, stage: TfidfVectorizer, X: Flow): MatrixFlow {
  return writeTfidf(w, stage.options, stage.fitted.idf, writeCountVectorizer(w, stage, X));
}

/** Counts → weights, as tfidf-weights.ts. */
export function writeTfidf(w: OnnxWriter, { sublinearTf, norm }: Readonly<Required<TfidfOptions>>, idf: Float64Array | null, X: MatrixFlow): MatrixFlow {
  let { name } = X;
  // A count of 0 stays 0; 1 in its place has the logarithm 0, and is not counted as 1 + 0.
  if (sublinearTf) {
    const isCount = w.op('Not', [w.op('Equal', [name, w.double(0)])]);
    const logs = w.op('Log', [w.op('Where', [isCount, name, w.double(1)])]);
    name = w.op('Where', [isCount, w.add(logs, w.double(1)), w.double(0)]);
  }
  if (idf) name = w.mul(name, w.doubles(idf));
  return w.matrix(norm === null ? name : writeNorm(w, name, norm), X.cols);
}

/** Rows divided by their norm; a row of zeros stays. */
export function writeNorm(w: OnnxWriter, name: string, norm: 'l1' | 'l2' | 'max'): string {
  const sizes = norm === 'max' ? w.op('ReduceMax', [w.op('Abs', [name]), w.ints([1])]) : w.op(norm === 'l1' ? 'ReduceL1' : 'ReduceL2', [name, w.ints([1])]);
  return w.div(name, w.op('Where', [w.op('Equal', [sizes, w.double(0)]), w.double(1), sizes]));
}

function words(w: OnnxWriter, text: string, owner: string, options: CompleteAnalyzerOptions, vocabulary: readonly string[]): string {
  const { tokenPattern } = options;
  const run = asRunPattern(owner, tokenPattern);
  if (run === null) return w.refuse(`${owner}: tokenPattern must be a run of one class, such as /\\w+/u or /[a-z']{2,}/u, to be written as ONNX, got ${String(tokenPattern)}.`);
  const { member, minLength } = run;
  const hasPairs = options.ngramRange[1] > 1;
  if (hasPairs && member.test(' ')) return w.refuse(`${owner}: tokenPattern must not match a space where terms have several words, got ${String(tokenPattern)}.`);
  const stopWords = [...(stopWordSet(options.stopWords) ?? [])];
  const known = new Set([...vocabulary, ...stopWords].flatMap((term) => [...term]));
  const isWord = (one: string): boolean => member.test(one);
  const alike = (before: string, after: string): boolean => after !== '' && [...after].every((one) => isWord(one) === isWord(before));
  const prepared = writePreparation(w, text, owner, options, { known, alike });

  const tokenized = w.tokens(prepared, { pattern: `${re2Class(member)}{${minLength},}` });
  const terms = vocabulary.map((term) => (hasPairs ? term.split(' ') : [term]));
  const numbers = new Map<string, number>();
  for (const one of terms.flat()) if (!numbers.has(one)) numbers.set(one, numbers.size);
  for (const word of stopWords) numbers.set(word, DROPPED);
  // One unknown token, so that there is a token.
  let tokens = w.concat([numbered(w, w.reshape(tokenized, [1, -1]), numbers), w.ints([UNKNOWN], [1, 1])]);
  if (stopWords.length > 0 && hasPairs) tokens = withoutDropped(w, tokens);
  // A given term with a stop word in it never occurs: it gets a number that nothing else has.
  return grams(w, tokens, terms.map((term, column) => term.map((one) => (numbers.get(one) === DROPPED ? -10 - column : (numbers.get(one) as number)))));
}

/** Runs of characters: of the whole text, or of each word with a space on both sides. */
function letters(w: OnnxWriter, text: string, owner: string, options: CompleteAnalyzerOptions, vocabulary: readonly string[]): string {
  const known = new Set(vocabulary.flatMap((term) => [...term]));
  const isSpace = (one: string): boolean => PYTHON_SPACE.test(one);
  const alike = (before: string, after: string): boolean => [...after].length === 1 && isSpace(after) === isSpace(before);
  const prepared = writePreparation(w, text, owner, options, { known, alike });
  const numbers = new Map([...known].map((one, i) => [one, i] as const));
  const chars = splitCharacters(w, prepared);
  const codes = numbered(w, chars, numbers);
  const spaces = Array.from({ length: 0x3001 }, (_, code) => String.fromCodePoint(code)).filter(isSpace);
  const kind = w.ml('LabelEncoder', [chars], { keys_strings: { strings: [...spaces, ''] }, values_int64s: { ints: [...spaces.map(() => 1), 2] }, default_int64: { int: 0 } });
  const space = w.op('Equal', [kind, w.int(1)]);
  const isEnd = w.op('Equal', [kind, w.int(2)]);
  const shifted = (values: string, by: -1 | 1): string => {
    const nothing = w.bools([false], [1, 1]);
    const slice = (from: number, to: number): string => w.op('Slice', [values, w.ints([from]), w.ints([to]), w.ints([1])]);
    return by === -1 ? w.concat([nothing, slice(0, -1)]) : w.concat([slice(1, 2 ** 31), nothing]);
  };
  const blank = w.int(numbers.get(' ') ?? UNKNOWN);
  const gone = w.int(DROPPED);
  const where = (test: string, then: string, otherwise: string): string => w.op('Where', [test, then, otherwise]);
  let row: string;
  if (options.analyzer === 'char') {
    // Of a run of white space one blank is left; a single one stays what it is.
    const after = shifted(space, -1);
    const before = shifted(space, 1);
    row = where(w.op('And', [space, after]), gone, where(w.op('And', [space, before]), blank, codes));
  } else {
    const isLetter = w.op('Not', [w.op('Or', [space, isEnd])]);
    const opens = w.op('And', [isLetter, w.op('Not', [shifted(isLetter, -1)])]);
    const closes = w.op('And', [isLetter, w.op('Not', [shifted(isLetter, 1)])]);
    const three = [where(opens, blank, gone), where(isLetter, codes, gone), where(closes, blank, gone)].map((one) => w.reshape(one, [1, -1, 1]));
    row = w.reshape(w.concat(three, 2), [1, -1]);
  }
  const kept = w.concat([withoutDropped(w, row), w.ints([UNKNOWN], [1, 1])]);
  return grams(w, kept, vocabulary.map((term) => [...term].map((one) => numbers.get(one) as number)));
}

function numbered(w: OnnxWriter, tokens: string, numbers: ReadonlyMap<string, number>): string {
  return w.ml('LabelEncoder', [tokens], { keys_strings: { strings: [...numbers.keys()] }, values_int64s: { ints: [...numbers.values()] }, default_int64: { int: UNKNOWN } });
}

/** A row without the tokens to be dropped: the others move together. */
function withoutDropped(w: OnnxWriter, row: string): string {
  const flat = w.flat(row);
  const stays = w.op('Not', [w.op('Equal', [flat, w.int(DROPPED)])]);
  return w.reshape(w.op('Compress', [flat, stays]), [1, -1]);
}

/** 1 × tokens → 1 × terms: how often each term's tokens follow each other. */
function grams(w: OnnxWriter, tokens: string, terms: readonly (readonly number[])[]): string {
  const longest = terms.reduce((most, term) => Math.max(most, term.length), 1);
  const shortest = terms.reduce((least, term) => Math.min(least, term.length), longest);
  const starts: number[] = [];
  const columns: number[] = [];
  const pool: number[] = [];
  for (let length = 1; length <= longest; length++) {
    starts.push(pool.length);
    terms.forEach((term, column) => {
      if (term.length !== length) return;
      pool.push(...term);
      columns.push(column);
    });
  }
  return w.op('TfIdfVectorizer', [tokens], {
    min_gram_length: { int: shortest },
    max_gram_length: { int: longest },
    max_skip_count: { int: 0 },
    mode: { string: 'TF' },
    ngram_counts: { ints: starts },
    ngram_indexes: { ints: columns },
    pool_int64s: { ints: pool },
  });
}
