import { TeamChoice } from '../../src/kernels/team-choice.ts';

/** Which of so many steps a choice takes with a team, where one takes so long with it or without. */
function steps(count: number, time: (withTeam: boolean, step: number) => number): boolean[] {
  let now = 0;
  const choice = new TeamChoice(() => now);
  return Array.from({ length: count }, (_, step) => {
    let taken = false;
    choice.take((withTeam) => {
      taken = withTeam;
      now += time(withTeam, step);
    });
    return taken;
  });
}

test('a team that helps takes every step but the third', () => {
  expect(steps(100, (withTeam) => (withTeam ? 6 : 10)).map((taken, i) => (taken ? -1 : i)).filter((i) => i >= 0)).toEqual([2]);
});

test('a team that is late once is no reason to do without it', () => {
  expect(steps(20, (withTeam, step) => (step === 9 ? 50 : withTeam ? 6 : 10)).filter((taken) => !taken)).toHaveLength(1);
});

test('a team that is slower is asked again after 8 steps, 16, 32', () => {
  const taken = steps(70, (withTeam) => (withTeam ? 20 : 10));
  const alone = taken.join().split(/(?:true,?)+/).map((run) => run.split('false').length - 1);
  expect(alone).toEqual([0, 1, 8, 16, 32, 3]);
});
