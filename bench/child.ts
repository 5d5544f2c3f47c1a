/**
 * Our side of one item, in a process of its own:
 *
 *   node --import ./dist/register.js bench/child.ts <item> <input>
 *
 * Prints one JSON document: times of the calls and the numbers both sides must agree on.
 */
import { item } from './items.ts';
import { timeCalls } from './time-calls.ts';

const [name, input] = process.argv.slice(2);
const { timed, ours } = item(name);
if (ours === undefined) throw new Error(`bench: ${name} is a program of its own, see its command.`);
const work = await ours(input);
const { times, result } = await timeCalls(work.run, timed === 'process');
process.stdout.write(`${JSON.stringify({ times, numbers: await work.numbers(result) })}\n`);
