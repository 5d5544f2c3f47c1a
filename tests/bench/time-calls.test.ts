import { timeCalls } from '../../bench/time-calls.ts';

test('a cold call is made once and timed', async () => {
  let calls = 0;
  const { times, result } = await timeCalls(async () => ++calls, true);
  expect(result).toBe(1);
  expect(times.wallSeconds).toHaveLength(1);
  expect(times.cpuSeconds).toHaveLength(1);
});
