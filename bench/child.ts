/**
 * Our side of one item, in a process of its own:
 *
 *   node --import ./dist/register.js bench/child.ts <item> <input>
 *
 * Prints one JSON document: times of the calls and the numbers both sides must agree on.
 */
import { existsSync } from 'node:fs';
import type { BenchItem } from './bench-item.ts';
import { timeCalls } from './time-calls.ts';

const [name, input] = process.argv.slice(2);
const { timed, ours } = await itemAlone(name);
if (ours === undefined) throw new Error(`bench: ${name} is a program of its own, see its command.`);
const work = await ours(input);
const { times, result } = await timeCalls(work.run, timed === 'process');
process.stdout.write(`${JSON.stringify({ times, numbers: await work.numbers(result) })}\n`);

/** An item without the modules of the others, where it has a file of its own: the peer's script is one file too. */
async function itemAlone(wanted: string): Promise<BenchItem> {
  const own = new URL(`./items/${wanted}.ts`, import.meta.url);
  const found = existsSync(own) ? Object.values((await import(own.href)) as Record<string, BenchItem>).find((one) => one.name === wanted) : undefined;
  return found ?? (await import('./items.ts')).item(wanted);
}
