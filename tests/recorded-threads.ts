import * as threads from 'node:worker_threads';

/** node:worker_threads, for jest.unstable_mockModule, that keeps what is made: the threads, and this side's ports of their channels. */
export function recordedThreads(): { started: threads.Worker[]; ports: threads.MessagePort[]; module: () => typeof threads } {
  const started: threads.Worker[] = [];
  const ports: threads.MessagePort[] = [];
  const module = (): typeof threads => ({
    ...threads,
    Worker: class extends threads.Worker {
      constructor(file: string, options: threads.WorkerOptions) {
        super(file, options);
        started.push(this);
      }
    },
    MessageChannel: class extends threads.MessageChannel {
      constructor() {
        super();
        ports.push(this.port1);
      }
    },
  });
  return { started, ports, module };
}
