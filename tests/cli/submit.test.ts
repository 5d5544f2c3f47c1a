import { readFileSync } from 'node:fs';
import { KaggleServer } from '../competition/kaggle-server.ts';
import { Workplace } from './workplace.ts';

let workplace: Workplace;
let server: KaggleServer;
let api: string[];
const login = { KAGGLE_USERNAME: 'me', KAGGLE_KEY: 'secret-key', KAGGLE_API_TOKEN: '' };
beforeAll(async () => {
  workplace = new Workplace();
  await workplace.run('run', 'mail', '--quiet');
});
afterAll(() => workplace.remove());
beforeEach(async () => {
  server = new KaggleServer();
  api = ['--api', `${await server.start()}/v1`, '--kaggle', 'spam'];
});
afterEach(() => server.stop());

test('refit submit uploads the newest run, waits for its score and enters it; the same file goes up once', async () => {
  const { status, stdout } = await workplace.runWith(login, 'submit', 'mail', ...api);
  expect(status).toBe(0);
  expect(stdout).toMatch(/plain +1\.0000 ± 0\.0000 +0\.7775 +−0\.2225 +– +complete/);
  const ledger = readFileSync(workplace.path('outputs/mail/ledger.csv'), 'utf8');
  expect(ledger).toMatch(/,accuracy,1(\.0)?,0(\.0)?,0\.77751,,complete,40001,"plain, .*, cv 1\.0000",[0-9a-f]{64}\n$/);
  expect(ledger).not.toContain('secret-key');
  expect(readFileSync(workplace.path('outputs/mail/ledger.svg'), 'utf8')).toContain('Upload 1');
  const again = await workplace.runWith(login, 'submit', 'mail', ...api);
  expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/^Submit: .*submission\.csv was uploaded at .* already, as 40001\./)]);
});

test('refit submit sends nothing that would be refused, and needs the competition’s name', async () => {
  workplace.write('mine.csv', 'name,label\nt1,ham\n');
  const { stderr } = await workplace.runWith(login, 'submit', 'mail', '--run', 'mine.csv', ...api);
  expect(stderr).toMatch(/^Submit: mine\.csv would be refused\. 1 id of sample\.csv is missing: t2\. Predict every row of test\.csv\./);
  expect(server.received).toEqual([]);
  expect((await workplace.run('submit', 'mail')).stderr).toMatch(/^refit submit: --kaggle must be given/);
});

test('refit submit tells why Kaggle could not score a file', async () => {
  server.answers = [{ status: 'ERROR', errorDescription: 'Evaluation Exception' }];
  workplace.write('mine.csv', 'name,label\nt1,ham\nt2,spam\n');
  const { status, stderr } = await workplace.runWith(login, 'submit', 'mail', '--run', 'mine.csv', ...api);
  expect([status, stderr]).toEqual([1, expect.stringContaining('Submit: Kaggle could not score mine.csv: Evaluation Exception.')]);
});

test('refit ledger takes scores by hand, and warns where they part from cross-validation', async () => {
  const { stdout } = await workplace.run('ledger', 'mail', '--run', 'mail', '--score', '0.5', '--private', '0.4', '--message', 'a try');
  expect(stdout).toMatch(/0\.5000 +−0\.5000 +0\.4000/);
  expect((await workplace.run('ledger', 'mail', '--score', 'much')).stderr).toBe('refit ledger: --score must be a number, got "much".\n');
  expect((await workplace.run('ledger', 'cars')).stdout).toMatch(/^Nothing has been uploaded yet\./);
});
