import { thisThread } from '../../src/core/this-thread.ts';
import { withArena } from '../../src/kernels/arena.ts';
import { keptTeam, sharedTeam } from '../../src/kernels/shared-team.ts';

/** Multiplications that a team is started for, and that one is called for. */
const MANY = 50_000_000;
const SOME = 2_000_000;

afterEach(() => {
  thisThread.share = null;
});

test('products beside other folds take no more threads than their share', () => {
  withArena(() => {
    thisThread.share = 1;
    expect(sharedTeam(MANY)).toBeUndefined();
    const three = keptTeam(3)!;
    expect(sharedTeam(MANY)).toBeUndefined();
    thisThread.share = 3;
    expect(sharedTeam(SOME)).toBe(three);
    thisThread.share = 2;
    expect(sharedTeam(SOME)).toBeUndefined();
    expect(three.isWhole).toBe(true);
    const fewer = sharedTeam(MANY);
    expect(fewer?.threads ?? 1).toBeLessThanOrEqual(2);
    expect(three.isWhole).toBe(false);
    fewer?.end();
  });
});
