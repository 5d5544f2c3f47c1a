import { useTypeScript } from './loader/use-typescript.ts';

/**
 * Lets Node run TypeScript files that import 'refit', as `node --import refit/register script.ts`.
 * The `refit` command does the same for competition and pipeline files.
 */
await useTypeScript(new URL('./loader/typescript-hooks.js', import.meta.url));
