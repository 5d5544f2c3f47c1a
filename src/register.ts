import { register } from 'node:module';

/**
 * Lets Node run TypeScript files that import 'refit', as `node --import refit/register script.ts`.
 * The `refit` command does the same for competition and pipeline files.
 */
register('./loader/typescript-hooks.js', import.meta.url);
