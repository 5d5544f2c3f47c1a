import type { CsvPart } from './csv-share.ts';

/** Places in the words by which threads are called to a CSV file, and see that one of them has ended. */
export const CALL = 0;
export const GONE = 1;

/** What a thread sends when it has read its share of a job, or cannot. */
export interface CsvAnswer {
  id: number;
  part?: CsvPart;
  error?: string;
}
