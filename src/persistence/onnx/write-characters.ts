import { preparation, type CompleteAnalyzerOptions } from '../../text/analysis.ts';
import { changedCharacters, charactersOf } from './code-points.ts';
import type { OnnxWriter } from './onnx-writer.ts';

/** Stands for "as it is" among the values of a table; no text holds it, for it is no character. */
const KEEP = '\uffff';
const SIGMA = 'Σ';

/** What matters of a character once the text is prepared. */
export interface Relevance {
  /** Characters that known terms and stop words are made of. */
  known: ReadonlySet<string>;
  /** Whether a text may stand for another one where neither has known characters. */
  alike(before: string, after: string): boolean;
}

/**
 * Lowercasing and stripping accents, character by character from a table: what JavaScript and Python do, whatever the locale of
 * the machine that runs the graph. Only characters that can make a difference to known terms are in the table.
 *
 * @param text one string @returns one string
 */
export function writePreparation(w: OnnxWriter, text: string, owner: string, options: CompleteAnalyzerOptions, relevance: Relevance): string {
  const { lowercase, stripAccents } = options;
  if (!lowercase && stripAccents === null) return text;
  const dropsOthers = stripAccents === 'ascii';
  const changed = changesBy(owner, options).filter(
    ([before, after]) => before !== KEEP && (dropsOthers || relevance.known.has(before) || [...after].some((one) => relevance.known.has(one)) || !relevance.alike(before, after)),
  );
  // What is not in the table stays; or goes, where all but ASCII goes.
  const table = dropsOthers ? [...charactersOf(/[\0-\x7f]/u).map((one) => [one, one]), ...changed].filter(([, after]) => after !== '') : changed;
  const keys = [...new Map(table as [string, string][]).keys()];
  const values = [...new Map(table as [string, string][]).values()];
  const chars = splitCharacters(w, text);
  let mapped = w.ml('LabelEncoder', [chars], { keys_strings: { strings: keys }, values_strings: { strings: values }, default_string: { string: dropsOthers ? '' : KEEP } });
  if (!dropsOthers) mapped = w.op('Where', [w.op('Equal', [mapped, w.texts([KEEP], [])]), chars, mapped]);
  if (lowercase && !dropsOthers && relevance.known.has('ς')) mapped = withFinalSigma(w, chars, mapped);
  return joinCharacters(w, mapped);
}

/** What each way of preparation changes; it takes a while to find out. */
const changes = new Map<string, readonly (readonly [before: string, after: string])[]>();

function changesBy(owner: string, options: CompleteAnalyzerOptions): readonly (readonly [before: string, after: string])[] {
  const key = `${options.lowercase} ${String(options.stripAccents)}`;
  const known = changes.get(key) ?? changedCharacters(preparation(owner, options).prepare);
  changes.set(key, known);
  return known;
}

/** One string → 1 × length strings of one character each, at least one, the last one empty. */
export function splitCharacters(w: OnnxWriter, text: string): string {
  return w.concat([w.reshape(w.tokens(text, 'characters'), [1, -1]), w.texts([''], [1, 1])]);
}

/** 1 × length strings → one string, by joining neighbours until one is left. */
function joinCharacters(w: OnnxWriter, characters: string): string {
  const body = w.body('join');
  const { builder } = body;
  builder.input(body.fresh('turn'), 'int64', []);
  builder.input(body.fresh('go'), 'bool', []);
  const parts = builder.input(body.fresh('parts'), 'string', [1, null]);
  const width = body.op('Shape', [parts], { start: { int: 1 }, end: { int: 2 } });
  const half = body.op('Div', [body.add(width, body.ints([1])), body.ints([2])]);
  const end = body.mul(half, body.ints([2]));
  const even = body.concat([parts, body.texts([''], [1, 1])]);
  const every = (start: number): string => body.op('Slice', [even, body.ints([start]), end, body.ints([1]), body.ints([2])]);
  const joined = body.op('StringConcat', [every(0), every(1)]);
  const more = body.op('Greater', [body.reshape(half, []), body.int(1)]);
  builder.output(body.fresh('more'), more, 'bool', []);
  builder.output(body.fresh('joined'), joined, 'string', [1, null]);
  return w.flat(w.op('Loop', ['', w.bools([true], []), characters], { body: { graph: body.subgraph() } }));
}

/**
 * Σ is ς at the end of a word: after a cased letter and not before one, whatever signs that count as part of a word (an
 * apostrophe, combining marks) lie between.
 * Source: the Unicode Standard, table 3-17, Final_Sigma.
 */
function withFinalSigma(w: OnnxWriter, chars: string, mapped: string): string {
  const ignorable = charactersOf(/\p{Case_Ignorable}/u);
  const casedOnly = charactersOf(/(?!\p{Case_Ignorable})\p{Cased}/u);
  const keys = [...ignorable, ...casedOnly];
  const kinds = [...ignorable.map(() => 2), ...casedOnly.map(() => 1)];
  const row = w.flat(chars);
  const kind = w.ml('LabelEncoder', [row], { keys_strings: { strings: keys }, values_int64s: { ints: kinds }, default_int64: { int: 0 } });
  const counts = w.op('Not', [w.op('Equal', [kind, w.int(2)])]);
  // Whether the k-th character that counts is cased, with one that is not before the first and after the last.
  const cased = w.concat([w.ints([0]), w.op('Compress', [kind, counts]), w.ints([0, 0])], 0);
  const rank = w.op('CumSum', [w.cast(counts, 'int64'), w.int(0)]);
  const isCased = (ranks: string): string => w.op('Equal', [w.op('Gather', [cased, ranks]), w.int(1)]);
  const isBefore = isCased(w.op('Max', [w.sub(rank, w.ints([1])), w.ints([0])]));
  const isFinal = w.op('And', [isBefore, w.op('Not', [isCased(w.add(rank, w.ints([1])))])]);
  const isFinalSigma = w.op('And', [isFinal, w.op('Equal', [row, w.texts([SIGMA], [])])]);
  return w.op('Where', [w.reshape(isFinalSigma, [1, -1]), w.texts(['ς'], []), mapped]);
}
