/** The texts of a column as numbers. */
export interface TextCodes {
  /** One per row: its text's position in `texts`, −1 where it is missing. */
  readonly codes: Int32Array;
  /** Distinct texts; those of rows taken from another column may hold some that no row has. */
  readonly texts: readonly string[];
}

type Texts = readonly (string | null)[];

interface Origin {
  from: Texts;
  rows: Int32Array;
}

const origins = new WeakMap<Texts, Origin>();
const known = new WeakMap<Texts, TextCodes>();

/** Rows of a text column, remembering where they come from. `rows` must not change afterwards. */
export function takeTexts(from: Texts, rows: Int32Array): (string | null)[] {
  const taken: (string | null)[] = [];
  for (let i = 0; i < rows.length; i++) taken.push(from[rows[i]]);
  origins.set(taken, { from, rows });
  return taken;
}

/** Whether a list of values is a column of text that was taken from another one. */
export function isTaken(values: ArrayLike<unknown>): boolean {
  return origins.has(values as Texts);
}

/**
 * A column of text that was taken from another one, as numbers: the texts of that one are looked up once, however many
 * folds take their rows from it.
 * @param values as a Table stores them
 * @returns undefined for any other list of values
 */
export function textCodes(values: ArrayLike<unknown>): TextCodes | undefined {
  const origin = origins.get(values as Texts);
  return origin === undefined ? undefined : codesTaken(values as Texts, origin);
}

function codesTaken(values: Texts, { from, rows }: Origin): TextCodes {
  let found = known.get(values);
  if (found !== undefined) return found;
  const { codes, texts } = codesOf(from);
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = codes[rows[i]];
  known.set(values, (found = { codes: taken, texts }));
  return found;
}

function codesOf(values: Texts): TextCodes {
  const origin = origins.get(values);
  if (origin !== undefined) return codesTaken(values, origin);
  let found = known.get(values);
  if (found !== undefined) return found;
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    if (value === null) {
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = codeOf.size));
    codes[i] = code;
  }
  known.set(values, (found = { codes, texts: [...codeOf.keys()] }));
  return found;
}
