import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODEL_FILE } from '../competition/model-file-name.ts';
import { loadModel } from '../persistence/load-model.ts';
import type { Modules } from '../persistence/known-names.ts';
import { loginFromEnvironment } from './login-from-environment.ts';
import { modelDemo } from './model-demo.ts';
import type { ModelForm } from './model-form.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * Serves a demo that `refit serve --export` wrote, with settings from the environment (see its README), until it is told to stop.
 * @param demo its folder `demo/`, with a slash at the end
 */
export async function serveExport(demo: URL, environment: Readonly<Record<string, string | undefined>> = process.env): Promise<void> {
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, demo), 'utf8'));
  const form = read('form.json') as ModelForm;
  const modules: [string, object][] = [];
  for (const [path, copy] of Object.entries(read('modules.json') as Record<string, string>)) modules.push([path, (await import(new URL(copy, demo).href)) as object]);
  const model = await loadModel(fileURLToPath(new URL(MODEL_FILE, demo)), { modules: Object.fromEntries(modules) as Modules });
  const list = (text: string | undefined): string[] => (text ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');
  const { HOST, PORT, ALLOWED_HOSTS, ALLOWED_ORIGINS, REFIT_LOGIN, FLAG_FOLDER, SPACE_HOST } = environment;
  const running = await modelDemo({ ...form, sample: form.sample && fileURLToPath(new URL(form.sample, demo)) }, model).launch({
    host: HOST,
    port: PORT === undefined ? 7860 : Number(PORT),
    // A Hugging Face Space tells its own name, and is shown in a frame of the site.
    allowedHosts: [...list(ALLOWED_HOSTS), ...list(SPACE_HOST)],
    frameAncestors: SPACE_HOST === undefined ? [] : ['https://huggingface.co'],
    allowedOrigins: list(ALLOWED_ORIGINS),
    auth: loginFromEnvironment(REFIT_LOGIN),
    flagFolder: FLAG_FOLDER,
  });
  process.stdout.write(`${form.title}\n  ${running.url}\n`);
  await untilStopped(running);
}
