import { jest } from '@jest/globals';
import { WorkerError } from '../../src/core/errors.ts';
import { recordedThreads } from '../recorded-threads.ts';

const { started, module } = recordedThreads();
jest.unstable_mockModule('node:worker_threads', module);
const { withArena } = await import('../../src/kernels/arena.ts');
const { keptTeam } = await import('../../src/kernels/shared-team.ts');

/** Doubles whose sorting takes longer than ending a thread. */
const MANY = 2 ** 22;

test('a thread that is ended in the middle of a block is told of, with its job, and another team takes its place', async () => {
  const exits = withArena((arena) => {
    const columns = [arena.float64(1), arena.float64(MANY)];
    for (let i = 0; i < MANY; i++) columns[1][i] = 1 / (1 + i);
    const places = arena.int32(4);
    places.set(columns.flatMap((column) => [column.byteOffset, column.length]));
    const scratch = arena.float64(2 * MANY);
    const moved = new Int32Array(scratch.buffer, scratch.byteOffset + 8 * MANY, 2 * MANY);
    const counts = arena.int32(2 * 6 * 2048);
    const team = keptTeam(2)!;
    const [thread] = started;
    const exit = new Promise((resolve) => void thread.once('exit', resolve));
    // The second block's is the other thread's: once it has begun to move numbers, it is ended.
    const end = (): void => {
      while (Atomics.load(moved, MANY + 1) === 0);
      void thread.terminate();
    };
    const run = (): unknown => team.run('sort', 2, [places.byteOffset, scratch.byteOffset, MANY, counts.byteOffset], [], end);
    expect(run).toThrow(
      new WorkerError(
        "ThreadTeam: a thread must live until its work is done, but one ended in the middle of job 'sort', perhaps for want of memory. Fit smaller data, or with workers: 1 where that is an option.",
      ),
    );
    expect(team.isWhole).toBe(false);
    const next = keptTeam(2)!;
    expect(next).not.toBe(team);
    next.end();
    return [exit, new Promise((resolve) => void started[1].once('exit', resolve))];
  });
  await Promise.all(exits);
});
