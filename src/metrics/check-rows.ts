import { ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';

/** @throws ShapeError unless every named part is a list, they are equally long, and not empty. */
export function checkRows(owner: string, parts: Readonly<Record<string, unknown>>): number {
  const entries = Object.entries(parts);
  let first: readonly [string, number] | undefined;
  for (const [name, part] of entries) {
    const rows = rowsOf(part);
    if (rows === undefined) throw new ShapeError(`${owner}: ${name} must be an array, got ${show(part)}. Pass one value per row.`);
    if (first && rows !== first[1]) {
      throw new ShapeError(`${owner}: ${first[0]} has ${first[1]} rows, but ${name} has ${rows}. Give one value per row in both.`);
    }
    first ??= [name, rows];
  }
  const [name, rows] = first as readonly [string, number];
  if (rows === 0) throw new ShapeError(`${owner}: ${name} must have at least 1 row, got 0.`);
  return rows;
}

function rowsOf(part: unknown): number | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  if ('kind' in part && 'rows' in part) return part.rows as number;
  const length = (part as ArrayLike<unknown>).length as unknown;
  return typeof length === 'number' ? length : undefined;
}
