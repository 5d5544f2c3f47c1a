import { spawn, type ChildProcess } from 'node:child_process';

/** A process that serves a demo, and the address that it has told. */
export interface Served {
  url: string;
  port: number;
  output: () => string;
  /** Asks it to end as Ctrl-C does. @returns its exit status */
  stop(): Promise<number | null>;
}

/** Starts a command and waits until it tells its address. */
export function serve(words: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Served> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, words, { cwd, env: { ...process.env, ...env } });
    let output = '';
    const exited = new Promise<number | null>((done) => child.once('exit', done));
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /http:\/\/[\w.[\]:]+:\d+/.exec(output)?.[0];
      if (url !== undefined) {
        resolve({
          url,
          port: Number(new URL(url).port),
          output: () => output,
          stop: () => {
            child.kill('SIGINT');
            return exited;
          },
        });
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void exited.then((status) => reject(new Error(`ended with ${status}: ${output}`)));
  });
}
