import type { BenchItem } from '../bench-item.ts';
import { largeCsv } from '../large-csv.ts';

/** Reads a CSV of numbers with gaps, text and whole numbers; both sides keep text as bytes until somebody asks for it. */
export const readLargeCsv: BenchItem = {
  name: 'read-csv',
  title: 'readCsv against polars, 100 MB of numbers and text',
  timed: 'call',
  target: { ratio: 1.2 },
  input: (_, quick) => largeCsv(quick ? 1e7 : 1e8),
  async ours(file) {
    const { readCsv } = await import('refit');
    return {
      run: () => readCsv(file),
      numbers: (table: Awaited<ReturnType<typeof readCsv>>) => {
        const sum = (name: string): number => table.numbers(name).reduce((total, value) => (value === value ? total + value : total), 0);
        return {
          rows: table.rows,
          columns: table.names.length,
          missing: table.column('n0').missing,
          sum: sum('n0'),
          label: sum('label'),
          texts: table.strings('c6').reduce((total, text) => total + Number(text === 'level 1'), 0),
        };
      },
    };
  },
  peer: { script: 'read_csv.py' },
  tolerance: 1e-9,
};
