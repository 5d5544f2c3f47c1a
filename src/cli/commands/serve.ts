import { relative } from 'node:path';
import { loadCompetition } from '../../competition/load-competition.ts';
import { loadRun } from '../../competition/load-run.ts';
import { loginFromEnvironment } from '../../serve/login-from-environment.ts';
import { modelDemo } from '../../serve/model-demo.ts';
import { modelForm } from '../../serve/model-form.ts';
import { untilStopped } from '../../serve/until-stopped.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const loaded = await loadRun(competition, { out: options.out as string | undefined, run: options.run as string | undefined });
  const form = await modelForm(competition, loaded);
  const from = `${loaded.record.winner} of ${relative(process.cwd(), loaded.folder) || loaded.folder}`;
  if (options.export !== undefined) {
    const { exportDemo } = await import('../../serve/export-demo.ts');
    const folder = await exportDemo(competition, loaded, form, options.export as string);
    process.stdout.write(`${relative(process.cwd(), folder) || folder}: a demo of ${from}. Run it with npm install and npm start, or build its Dockerfile.\n`);
    return 0;
  }
  const demo = await modelDemo(form, loaded.model).launch({
    port: (options.port as number | undefined) ?? null,
    host: options.host as string | undefined,
    allowedHosts: options['allow-host'] as string[] | undefined,
    allowedOrigins: options['allow-origin'] as string[] | undefined,
    flagFolder: options.flags as string | undefined,
    auth: loginFromEnvironment(process.env.REFIT_LOGIN),
  });
  process.stdout.write(`${form.title}\n  ${from}\n  page  ${demo.url}\n  API   ${demo.url}/#api\nCtrl-C stops it.\n`);
  await untilStopped(demo);
  return 0;
}
