/** Writes docs/commands/: a page for each command, from the commands' own data. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIndex, commandPage } from '../src/cli/command-page.ts';
import { commands } from '../src/cli/commands.ts';

const folder = join(import.meta.dirname, '../docs/commands');
mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder)) rmSync(join(folder, old));
for (const command of commands) writeFileSync(join(folder, `${command.name}.md`), commandPage(command));
writeFileSync(join(folder, 'README.md'), commandIndex(commands));
console.log(`${commands.length} pages in docs/commands`);
