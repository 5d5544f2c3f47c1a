import { jest } from '@jest/globals';
import { WorkerError } from '../../src/core/errors.ts';
import { withArena } from '../../src/kernels/arena.ts';
import { kernelsOn } from '../../src/kernels/kernel-instance.ts';
import { thisInstance } from '../../src/kernels/kernel-memory.ts';
import { mergeLoneColumns } from '../../src/kernels/lone-columns.ts';
import { keptTeam } from '../../src/kernels/shared-team.ts';
import { ThreadTeam } from '../../src/kernels/thread-team.ts';

/** An address beyond what any of these tests have. */
const NOWHERE = 2 ** 31 - 64;

function errorOf(work: () => unknown): Error & { cause?: unknown } {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('There was no error.');
}

test('kernels on a memory that is there look how large it is by now', () => {
  withArena(() => {
    const { memory, modules } = thisInstance()!;
    const grow = jest.spyOn(memory, 'grow');
    kernelsOn(modules, memory);
    expect(grow.mock.calls).toEqual([[0]]);
    grow.mockRestore();
  });
});

test('what failed in a job comes through, with its cause', () => {
  withArena(() => {
    const team = ThreadTeam.start(2)!;
    const error = errorOf(() => team.run('leaves', 2, [100, NOWHERE, NOWHERE, NOWHERE]));
    team.end();
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe("ThreadTeam: threads must not fail, but job 'leaves' met RuntimeError: memory access out of bounds. Fit with workers: 1, which needs no threads.");
    expect((error.cause as Error).message).toBe('RuntimeError: memory access out of bounds');
    expect((error.cause as Error).stack).toContain('addLeafValues');
  });
});

test('an error of another thread comes through as well', () => {
  withArena(() => {
    const team = ThreadTeam.start(2)!;
    const until = Date.now() + 4000;
    // This thread takes part only once the other has failed.
    const error = errorOf(() => team.run('sort', 1, [NOWHERE, 0, 0, 0], [], () => { while (team.isWhole && Date.now() < until); }));
    team.end();
    expect(error.message).toContain("job 'sort' met RangeError: ");
    // Tests run from the sources, threads what was built.
    expect((error.cause as Error).stack).toContain('/dist/');
  });
});

test('a team in which a thread failed is not kept', () => {
  withArena(() => {
    const first = keptTeam(2)!;
    expect(keptTeam(2)).toBe(first);
    expect(errorOf(() => first.run('leaves', 2, [100, NOWHERE, NOWHERE, NOWHERE]))).toBeInstanceOf(WorkerError);
    const second = keptTeam(2)!;
    expect(second).not.toBe(first);
    expect(second.isWhole).toBe(true);
    first.end();
    second.end();
  });
});

test('a thread that starts finds what it sets in the memory as it is', () => {
  withArena((arena) => {
    // Columns 0 and 1 are shared by rows, column 2 is not.
    const X = arena.copyCsr({ kind: 'csr', rows: 3, cols: 3, indptr: Int32Array.of(0, 2, 4, 6), indices: Int32Array.of(0, 1, 0, 1, 0, 2), data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    mergeLoneColumns(arena, X, { places: arena.int32(3), shares: arena.float64(3), largest: arena.float64(3) });
    const { memory, modules } = thisInstance()!;
    // The kernels' own, where all threads see it.
    const page = new Uint8Array(memory.buffer, 0, 65_536);
    const before = page.slice();
    kernelsOn(modules, memory);
    expect(Buffer.compare(page, before)).toBe(0);
  });
});
