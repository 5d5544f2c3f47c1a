import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';

test('the built command can be executed: npm makes it so once, and a later build writes it anew', () => {
  accessSync(resolve(import.meta.dirname, '../../dist/cli/main.js'), constants.X_OK);
});
