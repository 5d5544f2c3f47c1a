import { isMissing, type ColumnKind } from '../table/column-data.ts';
import type { Table } from '../table/table.ts';

/** How values are written that not every library knows. */
export interface PlainStyle {
  /** A moment, from milliseconds since 1970-01-01 UTC. */
  date: (ms: number) => unknown;
  /** A value that is missing. */
  gap: (kind: ColumnKind) => unknown;
}

/** A Table's columns as arrays of plain values, by name. */
export function plainColumns(table: Table, { date, gap }: PlainStyle): Record<string, unknown[]> {
  return Object.fromEntries(
    table.names.map((name) => {
      const data = table.data(name);
      const values = Array.from({ length: table.rows }, (_, i) => {
        if (isMissing(data, i)) return gap(data.kind);
        return data.kind === 'date' ? date(data.values[i]) : data.values[i];
      });
      return [name, values];
    }),
  );
}
