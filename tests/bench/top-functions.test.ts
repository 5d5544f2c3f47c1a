import { topFunctions, type CpuProfile } from '../../bench/top-functions.ts';

const frame = (functionName: string, url = '', lineNumber = 0) => ({ functionName, url, lineNumber });
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(idle)') },
    { id: 2, callFrame: frame('fit', `file://${process.cwd()}/dist/linear/a.js`, 9) },
    { id: 3, callFrame: frame('fit', `file://${process.cwd()}/dist/linear/a.js`, 9) },
    { id: 4, callFrame: frame('', 'node:fs', 0) },
  ],
  samples: [1, 2, 3, 4, 2],
  timeDeltas: [1000, 10, 20, 25, 45],
};

test('adds up the samples of a function wherever it was called from, most first, idle time left out', () => {
  expect(topFunctions(profile)).toEqual([
    [0.75, 'fit dist/linear/a.js:10'],
    [0.25, '(anonymous) node:fs:1'],
  ]);
});

test('keeps to the number asked for', () => {
  expect(topFunctions(profile, 1)).toHaveLength(1);
});
