import type { ReadCsvOptions } from '../table/read-csv.ts';

/** How a competition's CSV files are written. */
export interface CsvFormat {
  /** As TextDecoder names it. */
  encoding: string;
  /** What stands between fields; null for a tab in files called .tsv, else a comma. */
  delimiter: string | null;
  /** What stands before decimals. */
  decimal: '.' | ',';
}

/** The format as readCsv takes it. */
export function csvOptions({ encoding, delimiter, decimal }: CsvFormat): Pick<ReadCsvOptions, 'encoding' | 'delimiter' | 'decimal'> {
  return { encoding, decimal, ...(delimiter !== null && { delimiter }) };
}
