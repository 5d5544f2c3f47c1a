import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandIndex, commandPage } from '../../src/cli/command-page.ts';
import { commands } from '../../src/cli/commands.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

const docs = resolve(import.meta.dirname, '../../docs');
const folder = join(docs, 'commands');

describe('docs/commands, written by npm run command-pages', () => {
  test('has a page for every command, and no other', () => {
    expect(readdirSync(folder).sort()).toEqual([...commands.map(({ name }) => `${name}.md`), 'README.md'].sort());
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(commandIndex(commands));
  });

  test.each(commands.map((command) => [command.name, command] as const))('%s is up to date, and its examples are understood', (name, command) => {
    expect(readFileSync(join(folder, `${name}.md`), 'utf8')).toBe(commandPage(command));
    for (const example of command.examples) {
      const [refit, named, ...words] = example.replace(/^(\w+=\S+ )+/, '').match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
      expect([refit, named]).toEqual(['refit', name]);
      expect(() => parseArguments(command, words)).not.toThrow();
    }
  });
});
