import type { Payload } from './config.ts';

/** How far a call is, as the page shows it. */
export type CallState =
  | { at: 'waiting'; rank: number; waiting: number; seconds: number | null }
  | { at: 'running' }
  | { at: 'progress'; done: number; total: number | null; text: string; unit: string }
  | { at: 'note'; text: string; level: string }
  | { at: 'partial'; data: Payload[] }
  | { at: 'done'; data: Payload[]; seconds: number }
  | { at: 'failed'; message: string; title: string };

export interface Call {
  cancel(): void;
  /** Resolves when the call has ended, in whatever way. */
  ended: Promise<void>;
}

interface Message {
  msg: string;
  rank?: number;
  queue_size?: number;
  rank_eta?: number | null;
  progress_data?: { index: number; length: number | null; unit: string; desc: string }[];
  log?: string;
  level?: string;
  success?: boolean;
  message?: string;
  output?: { data?: Payload[]; error?: string | null; title?: string; duration?: number };
}

const postJson = (path: string, body: object): Promise<Response> => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Starts a call and tells its states; the last one is 'done' or 'failed'. */
export function startCall(id: number, data: Payload[], tell: (state: CallState) => void): Call {
  const session = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const abort = new AbortController();
  let eventId: string | null = null;
  let isCancelled = false;
  let isOver = false;
  const over = (state: CallState): void => {
    if (!isOver) tell(state);
    isOver = true;
  };
  const work = async (): Promise<void> => {
    const joined = await postJson('gradio_api/queue/join', { data, fn_index: id, session_hash: session, event_data: null, trigger_id: null });
    const answer = (await joined.json()) as { event_id?: string; detail?: unknown };
    if (!joined.ok || answer.event_id === undefined) throw new Error(typeof answer.detail === 'string' ? answer.detail : `The server answered with status ${joined.status}.`);
    eventId = answer.event_id;
    if (isCancelled) void cancelOnServer();
    const stream = await fetch(`gradio_api/queue/data?session_hash=${session}`, { signal: abort.signal });
    let last: Payload[] = [];
    for await (const message of messages(stream)) {
      const state = stateOf(message, last);
      if (state === null) continue;
      if (state.at === 'partial') last = state.data;
      if (state.at === 'done' || state.at === 'failed') {
        over(state);
        break;
      }
      if (!isOver) tell(state);
    }
    abort.abort();
    over({ at: 'failed', title: 'Connection lost', message: 'The server has closed the connection. Try again.' });
  };
  const cancelOnServer = (): Promise<unknown> => postJson('gradio_api/cancel', { event_id: eventId, session_hash: session, fn_index: id }).catch(() => undefined);
  return {
    cancel() {
      isCancelled = true;
      if (eventId !== null) void cancelOnServer();
      over({ at: 'failed', title: 'Cancelled', message: 'The call was cancelled.' });
    },
    ended: work().catch((error: unknown) => over({ at: 'failed', title: 'Error', message: error instanceof TypeError ? 'The server cannot be reached.' : (error as Error).message })),
  };
}

function stateOf(message: Message, last: Payload[]): CallState | null {
  const { output } = message;
  switch (message.msg) {
    case 'estimation':
      return { at: 'waiting', rank: message.rank ?? 0, waiting: message.queue_size ?? 1, seconds: message.rank_eta ?? null };
    case 'process_starts':
      return { at: 'running' };
    case 'progress': {
      const [progress] = message.progress_data ?? [];
      return progress ? { at: 'progress', done: progress.index, total: progress.length, text: progress.desc, unit: progress.unit } : null;
    }
    case 'log':
      return { at: 'note', text: message.log ?? '', level: message.level ?? 'info' };
    case 'process_generating':
      return { at: 'partial', data: last.length === 0 ? (output?.data ?? []) : last.map((value, j) => applied(value, (output?.data?.[j] ?? []) as unknown as Change[])) };
    case 'process_completed':
      if (message.success) return { at: 'done', data: output?.data ?? [], seconds: output?.duration ?? 0 };
      return { at: 'failed', title: output?.title ?? 'Error', message: output?.error ?? 'An error occurred on the server.' };
    case 'unexpected_error':
      return { at: 'failed', title: 'Error', message: message.message ?? 'An error occurred.' };
    default:
      return null;
  }
}

type Change = [operation: string, path: (string | number)[], value: Payload];

/** A value with the changes that our server sends: always of the whole. */
function applied(value: Payload, changes: Change[]): Payload {
  let changed = value;
  for (const [operation, , by] of changes) changed = operation === 'append' ? `${changed as string}${by as string}` : by;
  return changed;
}

async function* messages(response: Response): AsyncGenerator<Message> {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n\n');
    rest = lines.pop() as string;
    for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as Message;
  }
}

/** Uploads a file. @returns what names it as an input */
export async function uploadFile(file: File): Promise<Payload> {
  const form = new FormData();
  form.append('files', file, file.name);
  const response = await fetch('gradio_api/upload', { method: 'POST', body: form });
  const answer = (await response.json()) as string[] | { detail: string };
  if (!Array.isArray(answer)) throw new Error(`The upload failed: ${answer.detail}`);
  return { path: answer[0], orig_name: file.name, meta: { _type: 'gradio.FileData' } };
}

/** Writes a result down as flagged. */
export async function sendFlag(flag: { api_name: string; data: Payload[]; results: Payload[]; flag: string; note: string }): Promise<void> {
  const response = await postJson('refit/flag', flag);
  if (!response.ok) throw new Error(((await response.json()) as { detail: string }).detail);
}
