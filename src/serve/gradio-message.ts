import { diffPayload } from './diff-payload.ts';
import type { JobEvent } from './job.ts';

/** A job's event as a line of Gradio's event stream (protocol sse_v3). */
export function gradioMessage(id: string, event: JobEvent): string {
  const event_id = id;
  switch (event.type) {
    case 'estimation':
      return line({ msg: 'estimation', event_id, rank: event.rank, queue_size: event.waiting, rank_eta: event.seconds });
    case 'starts':
      return line({ msg: 'process_starts', event_id, eta: event.seconds });
    case 'progress':
      return line({ msg: 'progress', event_id, progress_data: [{ index: event.done, length: event.total, unit: event.unit, progress: null, desc: event.text }] });
    case 'log':
      return line({ msg: 'log', event_id, log: event.message, level: event.level, duration: 10, visible: true, title: event.level === 'info' ? 'Info' : event.level === 'warning' ? 'Warning' : 'Success' });
    case 'partial': {
      // The first partial result goes whole, later ones as what changed.
      const { before } = event;
      const data = before === null ? event.data : event.data.map((value, j) => diffPayload(before[j], value));
      return line({ msg: 'process_generating', event_id, success: true, time_limit: null, output: { data, is_generating: true } });
    }
    case 'completed':
      return line({
        msg: 'process_completed',
        event_id,
        output: { data: event.data, is_generating: false, duration: event.seconds, average_duration: event.average },
        success: true,
        title: null,
      });
    case 'failed':
      return failure(event_id, event.message, event.title);
    case 'cancelled':
      return failure(event_id, 'Cancelled', 'Cancelled');
  }
}

export const heartbeat = line({ msg: 'heartbeat', event_id: null });
export const closeStream = line({ msg: 'close_stream', event_id: null });
export const noSession = line({ msg: 'unexpected_error', event_id: null, message: 'Session not found', session_not_found: true, success: false });

function failure(event_id: string, error: string | null, title: string): string {
  return line({ msg: 'process_completed', event_id, output: { error, title, duration: 10, visible: true }, success: false, title });
}

/** One message, one line, and nothing else: the Python client breaks on comments and on other fields. */
function line(message: object): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}
