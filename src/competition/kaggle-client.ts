import { existsSync, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';

/** A submission as Kaggle lists it. */
export interface KaggleSubmission {
  ref: string;
  status: 'pending' | 'complete' | 'error';
  publicScore: number | null;
  privateScore: number | null;
  /** Why it could not be scored. */
  error: string | null;
}

const KAGGLE_API = 'https://api.kaggle.com/v1';
const SERVICE = 'competitions.CompetitionApiService';
const PATIENCE_MS = 60_000;

/**
 * Uploads submissions to Kaggle and asks what became of them, by the HTTP that Kaggle's own client speaks: StartSubmissionUpload tells where
 * the file goes, a PUT takes it there, CreateSubmission enters it, ListSubmissions tells status and scores.
 *
 * @throws CompetitionError for an answer that is none, with what to do where the status tells
 */
export class KaggleClient {
  readonly #api: string;
  readonly #authorization: string;

  /** @param authorization the header's value; see kaggleAuthorization */
  constructor(authorization: string, api: string = KAGGLE_API) {
    this.#api = api.replace(/\/$/, '');
    this.#authorization = authorization;
  }

  /** Uploads a file and enters it. @returns Kaggle's number of the submission */
  async submit(competition: string, file: string, message: string): Promise<string> {
    const content = await readFile(file);
    const { mtimeMs } = await stat(file);
    const { token, createUrl } = await this.#call<{ token?: string; createUrl?: string }>('StartSubmissionUpload', {
      competitionName: competition,
      fileName: basename(file),
      contentLength: content.length,
      lastModifiedEpochSeconds: Math.floor(mtimeMs / 1000),
    });
    if (!token || !createUrl) throw new CompetitionError('Kaggle: StartSubmissionUpload must answer with token and createUrl, one is missing. Upload the file on the competition’s page.');
    // The address is for this file alone, and needs no login.
    await this.#fetch('the upload', createUrl, { method: 'PUT', body: content, headers: { 'content-type': 'text/csv' } });
    const { ref, message: answer } = await this.#call<{ ref?: number | string; message?: string }>('CreateSubmission', { competitionName: competition, blobFileTokens: token, submissionDescription: message });
    if (ref === undefined || ref === null) throw new CompetitionError(`Kaggle: CreateSubmission must answer with ref, got ${JSON.stringify(answer ?? null)}. Look at the competition's page whether the file arrived.`);
    return String(ref);
  }

  /** The newest submissions. */
  async submissions(competition: string): Promise<KaggleSubmission[]> {
    const { submissions = [] } = await this.#call<{ submissions?: Record<string, unknown>[] }>('ListSubmissions', { competitionName: competition, page: 1 });
    return submissions.map(({ ref, status, publicScore, privateScore, errorDescription }) => ({
      ref: String(ref),
      status: statusOf(status),
      publicScore: scoreOf(publicScore),
      privateScore: scoreOf(privateScore),
      error: typeof errorDescription === 'string' && errorDescription !== '' ? errorDescription : null,
    }));
  }

  async #call<T>(method: string, body: object): Promise<T> {
    const response = await this.#fetch(method, `${this.#api}/${SERVICE}/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: this.#authorization },
    });
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new CompetitionError(`Kaggle: ${method} must answer with JSON, got something else. Try again later.`, { cause: error });
    }
  }

  async #fetch(what: string, url: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      const { name, cause } = error as Error & { cause?: Error };
      throw new CompetitionError(`Kaggle: ${new URL(url).host} must answer, ${name === 'TimeoutError' ? `got nothing for ${PATIENCE_MS / 1000} s` : `got ${cause?.message ?? (error as Error).message}`}. Check the network and try again.`, { cause: error });
    }
    if (response.ok) return response;
    throw new CompetitionError(`Kaggle: ${what} answered ${response.status}${await reasonOf(response)}. ${NEXT_STEPS[response.status] ?? 'Try again later.'}`);
  }
}

const NEXT_STEPS: Record<number, string> = {
  400: 'Check the file with refit check, and on the competition’s page whether it still takes submissions and today’s number is not used up.',
  401: 'The token is not valid: make a new one under kaggle.com/settings.',
  403: 'Join the competition and accept its rules on its page first.',
  404: 'The name must be that in the competition’s address: kaggle.com/competitions/<name>. Give it with --kaggle.',
  429: 'There were too many requests. Wait some minutes.',
};

/** What the body says, cut to a line. */
async function reasonOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  let reason = text;
  try {
    const { message, error } = JSON.parse(text) as { message?: string; error?: string | { message?: string } };
    reason = message ?? (typeof error === 'string' ? error : error?.message) ?? '';
  } catch {
    if (text.trimStart().startsWith('<')) reason = '';
  }
  reason = reason.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return reason === '' ? '' : `: ${reason.slice(0, 200)}`;
}

/** Kaggle writes COMPLETE, SubmissionStatus.COMPLETE or complete, as its clients do. */
function statusOf(status: unknown): KaggleSubmission['status'] {
  const word = String(status).toLowerCase().split('.').at(-1);
  return word === 'complete' ? 'complete' : word === 'error' ? 'error' : 'pending';
}

function scoreOf(score: unknown): number | null {
  if (score === null || score === undefined || score === '') return null;
  const value = Number(score);
  return Number.isFinite(value) ? value : null;
}

/**
 * The login from where Kaggle's own client takes it: KAGGLE_API_TOKEN, KAGGLE_USERNAME with KAGGLE_KEY, or kaggle.json in
 * KAGGLE_CONFIG_DIR or ~/.kaggle.
 * @throws CompetitionError where there is none
 */
export function kaggleAuthorization(env: NodeJS.ProcessEnv = process.env): string {
  if (env.KAGGLE_API_TOKEN) return `Bearer ${env.KAGGLE_API_TOKEN}`;
  const basic = (username: string, key: string): string => `Basic ${Buffer.from(`${username}:${key}`).toString('base64')}`;
  if (env.KAGGLE_USERNAME && env.KAGGLE_KEY) return basic(env.KAGGLE_USERNAME, env.KAGGLE_KEY);
  const file = join(env.KAGGLE_CONFIG_DIR ?? join(homedir(), '.kaggle'), 'kaggle.json');
  if (existsSync(file)) {
    try {
      const { username, key } = JSON.parse(readFileSync(file, 'utf8')) as { username?: string; key?: string };
      if (username && key) return basic(username, key);
    } catch {
      // Falls through to the error, which names the file.
    }
    throw new CompetitionError(`Kaggle: ${file} must hold username and key as JSON. Download it again under kaggle.com/settings.`);
  }
  throw new CompetitionError('Kaggle: a login must be given. Set KAGGLE_API_TOKEN, or KAGGLE_USERNAME and KAGGLE_KEY, or put kaggle.json into ~/.kaggle; kaggle.com/settings makes them.');
}
