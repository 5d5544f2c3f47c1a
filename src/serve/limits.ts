import { integer, positive, type Rules } from '../core/rules.ts';

/** What a server spends at most. Every limit has an end: none can be turned off. */
export interface Limits {
  /** Calls that wait, all endpoints together; further ones are refused with 503. Default 500. */
  waitingCalls?: number;
  /** Calls of one session that are not done yet. Default 200. */
  callsPerSession?: number;
  /** Sessions with calls that are not done or not read yet. Default 2,000. */
  sessions?: number;
  /** Open event streams. Default 1,000. */
  streams?: number;
  /** Open connections. Default 2,000. */
  connections?: number;
  /** Bytes of a JSON body. Default 4 MiB. */
  jsonBytes?: number;
  /** Bytes of an upload request, files and form together. Default 64 MiB. */
  uploadBytes?: number;
  /** Files in one upload request. Default 20. */
  uploadFiles?: number;
  /** Bytes of one part's header in an upload, the file name included. Default 8 KiB. */
  partHeaderBytes?: number;
  /** Bytes of all uploads and outputs kept. Default 1 GiB. */
  diskBytes?: number;
  /** Uploads and outputs kept. Default 10,000. */
  files?: number;
  /** Seconds after which uploads and outputs are removed. Default 3,600. */
  fileSeconds?: number;
  /** Seconds in which a request's header must arrive. Default 10. */
  headerSeconds?: number;
  /** Seconds in which a whole request must arrive. Default 120. */
  requestSeconds?: number;
  /** Seconds for which the result of a call made with curl is kept. Default 300. */
  resultSeconds?: number;
  /** Results of calls made with curl that are kept; the oldest go first. Default 1,000. */
  results?: number;
  /** Failed logins in a minute, from one address or for one name; further ones are refused with 429. Default 10. */
  failedLogins?: number;
  /** Seconds that a login lasts. Default 43,200 (12 hours). */
  loginSeconds?: number;
}

const MiB = 2 ** 20;
const count = (standard: number) => integer(standard, { min: 1 });

export const limitRules: Rules<Limits> = {
  waitingCalls: count(500),
  callsPerSession: count(200),
  sessions: count(2000),
  streams: count(1000),
  connections: count(2000),
  jsonBytes: count(4 * MiB),
  uploadBytes: count(64 * MiB),
  uploadFiles: count(20),
  partHeaderBytes: count(8192),
  diskBytes: count(1024 * MiB),
  files: count(10_000),
  fileSeconds: positive(3600),
  headerSeconds: positive(10),
  requestSeconds: positive(120),
  resultSeconds: positive(300),
  results: count(1000),
  failedLogins: count(10),
  loginSeconds: positive(43_200),
};
