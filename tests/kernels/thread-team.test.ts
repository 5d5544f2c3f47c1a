import { WorkerError } from '../../src/core/errors.ts';
import { withArena } from '../../src/kernels/arena.ts';
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
