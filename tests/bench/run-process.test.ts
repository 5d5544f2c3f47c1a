import { runProcess } from '../../bench/run-process.ts';

const node = [process.execPath, '--import', './bench/report-usage.mjs', '-e'];

test('gives what the program printed and what it used', async () => {
  const usage = await runProcess([...node, 'const kept = Buffer.alloc(64e6, 1); console.log(kept.length)'], process.env);
  expect(usage.stdout).toBe('64000000\n');
  expect(usage.peakBytes).toBeGreaterThan(64e6);
  expect(usage.cpuSeconds).toBeGreaterThan(0);
  expect(usage.wallSeconds).toBeGreaterThan(0);
});

test('a program that fails is an error with its own words', async () => {
  await expect(runProcess([...node, 'throw new Error("no such luck")'], process.env)).rejects.toThrow('no such luck');
});

test('a program that is not there is an error', async () => {
  await expect(runProcess(['/no/such/program'], process.env)).rejects.toThrow('ENOENT');
});
