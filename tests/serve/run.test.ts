import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Workplace } from '../cli/workplace.ts';
import { connect } from './gradio.ts';
import { postJson, request } from './request.ts';
import { serve, type Served } from './served.ts';

const repository = resolve(import.meta.dirname, '../..');
const main = join(repository, 'dist/cli/main.js');

let workplace: Workplace;
beforeAll(async () => {
  workplace = new Workplace();
  cpSync(join(repository, 'competitions/penguins'), workplace.path('competitions/penguins'), { recursive: true });
  cpSync(join(repository, 'competitions/cars'), workplace.path('competitions/cars'), { recursive: true });
  cpSync(join(repository, 'pipelines'), workplace.path('pipelines'), { recursive: true });
  for (const words of [['mail'], ['penguins', '--pipeline', 'table-logistic'], ['cars', '--pipeline', 'table-ridge']]) {
    const { status, stderr } = await workplace.run('run', ...words, '--workers', '1', '--quiet');
    expect([status, stderr]).toEqual([0, '']);
  }
});
afterAll(() => workplace.remove());

async function served(competition: string, work: (server: Served) => Promise<void>, words: string[] = [], env: Record<string, string> = {}): Promise<void> {
  const server = await serve([main, 'serve', competition, '--port', '0', ...words], workplace.folder, env);
  try {
    await work(server);
  } finally {
    expect(await server.stop()).toBe(0);
  }
}

describe('refit serve', () => {
  test('a model of texts: probabilities, the terms that pushed it, examples of the test set', async () => {
    await served('mail', async ({ url, port }) => {
      const client = await connect(url);
      const [answer, why] = (await client.predict('/predict', { content: 'win money now at' })).data as [{ label: string; confidences: { label: string; confidence: number }[] }, { toward: string; against: string; pushes: { name: string; push: number }[] }];
      expect(answer.label).toBe('spam');
      expect(answer.confidences.map(({ label }) => label)).toEqual(['spam', 'ham']);
      // The shares of all terms and the intercept make the log-odds.
      expect([why.toward, why.against]).toEqual(['spam', 'ham']);
      const push = Object.fromEntries(why.pushes.map((one) => [one.name, one.push]));
      expect(Object.keys(push).sort()).toEqual(['at', 'money', 'now', 'win']);
      expect(push.win).toBeGreaterThan(0);
      expect(push.at).toBeLessThan(0);
      const empty = (await client.predict('/predict', { content: '' })).data[0] as typeof answer;
      const logOdds = ({ confidences }: typeof answer): number => Math.log(confidences.find(({ label }) => label === 'spam')!.confidence / confidences.find(({ label }) => label === 'ham')!.confidence);
      expect(Object.values(push).reduce((a, b) => a + b, 0)).toBeCloseTo(logOdds(answer) - logOdds(empty), 8);
      const config = JSON.parse((await request(port, '/config')).body) as { refit: { tabs: { title: string; examples: unknown[] }[]; description: string } };
      expect(config.refit.tabs.map(({ title }) => title)).toEqual(['One text', 'A whole file']);
      expect(config.refit.tabs[0].examples).toEqual([['win money'], ['agenda, noon']]);
      expect(config.refit.description).toMatch(/^plain · accuracy \d\.\d{4} ± \d\.\d{4} in cross-validation · trained on 30 rows$/);
    });
  });

  test('a whole file: the test set comes back as a checked submission, other rows as predictions', async () => {
    await served('mail', async ({ url }) => {
      const client = await connect(url);
      const fileOf = async (name: string, content: string): Promise<[string, string, string]> => {
        const [said, file] = (await client.predict('/predict_file', [new File([content], name)])).data as [string, { url: string; orig_name: string }];
        return [said, file.orig_name, await (await fetch(file.url)).text()];
      };
      expect(await fileOf('test.csv', readFileSync(workplace.path('competitions/mail/data/test.csv'), 'utf8'))).toEqual([
        'These are the 2 rows of the test set: a submission, checked against the sample.',
        'submission.csv',
        readFileSync(join(workplace.path('outputs/mail'), readdirSync(workplace.path('outputs/mail'))[0], 'submission.csv'), 'utf8'),
      ]);
      const [said, name, text] = await fileOf('new.csv', 'content\nwin money now\n"noon, agenda"\n');
      expect([said, name]).toEqual(['2 rows predicted. There is no column name: rows are numbered.', 'predictions.csv']);
      expect(text).toMatch(/^row,label,P\(ham\),P\(spam\)\n1,spam,0\.\d+,0\.\d+\n2,ham,0\.\d+,0\.\d+\n$/);
      await expect(client.predict('/predict_file', [new File(['name,text\n1,x\n'], 'wrong.csv')])).rejects.toThrow('wrong.csv: there is no feature column "content". Columns are name, text.');
      await expect(client.predict('/predict_file', [new File(['content\n"open\n'], 'quote.csv')])).rejects.toThrow(/^readCsv: quote\.csv line 2/);
      await expect(client.predict('/predict_file', [new File(['x'], 'page.html')])).rejects.toThrow('must be a file ending in .csv');
    });
  });

  test('a model of a table: a field for each column, and the columns that pushed it', async () => {
    await served('penguins', async ({ url, port }) => {
      const { refit } = JSON.parse((await request(port, '/config')).body) as { refit: { tabs: { inputs: { name: string; type: string; help: string; initial: unknown; choices?: string[] }[]; examples: unknown[][] }[] } };
      const [{ inputs, examples }] = refit.tabs;
      const byName = Object.fromEntries(inputs.map((one) => [one.name, one]));
      expect(byName.species).toMatchObject({ type: 'dropdown', choices: expect.arrayContaining(['Adelie', 'Gentoo', 'Chinstrap']) });
      expect(byName.body_mass_g).toMatchObject({ type: 'number', help: expect.stringMatching(/^\d+ to \d+ in training$/) });
      expect(examples).toHaveLength(5);
      const client = await connect(url);
      const heavy = (await client.predict('/predict', { ...Object.fromEntries(inputs.map(({ name, initial }) => [name, initial])), body_mass_g: 6000 })).data as [{ label: string }, { toward: string; pushes: { name: string; value: unknown; push: number }[] }];
      expect(heavy[0].label).toBe('male');
      expect(heavy[1].pushes[0]).toMatchObject({ name: expect.stringMatching(/mass/), value: 6000 });
      expect(heavy[1].pushes[0].push).toBeGreaterThan(0);
      // Every example, missing values among them, is answered as the run's own submission has it.
      const submission = readFileSync(join(workplace.path('outputs/penguins'), readdirSync(workplace.path('outputs/penguins'))[0], 'submission.csv'), 'utf8').split('\n').slice(1, 6).map((line) => line.split(',')[1]);
      const answers = await Promise.all(examples.map(async (example) => ((await client.predict('/predict', example)).data[0] as { label: string }).label));
      expect(answers).toEqual(submission);
    });
  });

  test('a forest: Shapley values of the form’s columns, which add up', async () => {
    const run = await workplace.run('run', 'penguins', '--pipeline', 'table-forest', '--workers', '1', '--quiet', '--out', 'forest');
    expect([run.status, run.stderr]).toEqual([0, '']);
    await served(
      'penguins',
      async ({ port }) => {
        const { refit } = JSON.parse((await request(port, '/config')).body) as { refit: { tabs: { examples: unknown[][]; inputs: { label: string }[] }[] } };
        const [{ examples, inputs }] = refit.tabs;
        const answers = await Promise.all(
          examples.map(async (example) => {
            const { data } = JSON.parse((await postJson(port, '/gradio_api/run/predict', { data: example })).body) as { data: [{ confidences: { label: string; confidence: number }[] }, { toward: string; unit: string; pushes: { name: string; push: number }[] }] };
            expect(data[1].toward).toBe('male');
            expect(data[1].unit).toMatch(/^Share in the probability.*Shapley/);
            for (const { name } of data[1].pushes) expect(inputs.map(({ label }) => label)).toContain(name);
            const male = data[0].confidences.find(({ label }) => label === 'male')!.confidence;
            return male - data[1].pushes.reduce((sum, { push }) => sum + push, 0);
          }),
        );
        // What is left is the mean prediction, the same for every row.
        for (const base of answers) expect(base).toBeCloseTo(answers[0], 9);
        expect(answers[0]).toBeGreaterThan(0.3);
        expect(answers[0]).toBeLessThan(0.7);
      },
      ['--out', 'forest'],
    );
  });

  test('a regression: a number, and what raised and lowered it', async () => {
    await served('cars', async ({ port }) => {
      const { refit } = JSON.parse((await request(port, '/config')).body) as { refit: { tabs: { examples: unknown[][] }[] } };
      const { data } = JSON.parse((await postJson(port, '/gradio_api/run/predict', { data: refit.tabs[0].examples[0] })).body) as { data: [{ label: string }, { toward: string; against: string; pushes: unknown[] }] };
      const submission = readFileSync(join(workplace.path('outputs/cars'), readdirSync(workplace.path('outputs/cars'))[0], 'submission.csv'), 'utf8').split('\n')[1].split(',')[1];
      expect(data[0].label).toBe(submission);
      expect([data[1].toward, data[1].against]).toEqual(['more miles_per_gallon', 'less miles_per_gallon']);
      expect(data[1].pushes.length).toBeGreaterThan(0);
    });
  });

  test('a running call ends before the server does, and the login comes from the environment', async () => {
    await served(
      'mail',
      async ({ port }) => expect((await request(port, '/config')).status).toBe(401),
      [],
      { REFIT_LOGIN: 'ada:engine' },
    );
  });

  test.each([
    [['serve', 'mial'], /there is no "mial"\. Did you mean mail\?/],
    [['serve', 'mail', '--run', '2020-01-01'], /there is no run 2020-01-01/],
    [['serve', 'mail', '--port', '70000'], /launch: port must be a whole number in \[0, 65535\], or null, got 70000\./],
    [['serve', 'mail', '--allow-origin', 'example.org'], /allowedOrigins must be origins such as "https:\/\/example\.org", got "example\.org"/],
    [['serve', 'mail', '--export', 'pipelines'], /pipelines must be new or empty/],
  ])('%j ends with a clear error', async (words, message) => {
    const { status, stderr } = await workplace.run(...words);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(1);
  });
});

describe('refit serve --export', () => {
  test('writes a folder that runs by itself, with the same answers', async () => {
    const folder = workplace.path('exported');
    const { status, stdout, stderr } = await workplace.run('serve', 'mail', '--export', 'exported');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^exported: a demo of plain of outputs\/mail\//);
    expect(readdirSync(folder).sort()).toEqual(expect.arrayContaining(['.dockerignore', '.npmrc', 'Dockerfile', 'README.md', 'demo', 'package.json', 'server.js']));
    expect(readdirSync(workplace.folder).filter((name) => name.startsWith('.exporting'))).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: { refit: string } };
    expect(dependencies.refit).toMatch(/^file:\.\/refit-.*\.tgz$/);
    expect(statSync(join(folder, dependencies.refit.slice(5))).size).toBeGreaterThan(100_000);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/^---\ntitle: "[^"]+"\nemoji: .+\ncolorFrom: \w+\ncolorTo: \w+\nsdk: docker\napp_port: 7860\n/);
    // The packages of this repository stand for what npm install would fetch.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(repository, join(folder, 'node_modules/refit'));
    const server = await serve(['server.js'], folder, { PORT: '0', SPACE_HOST: 'demo.hf.space' });
    try {
      expect((await postJson(server.port, '/gradio_api/run/predict', { data: ['win money'] }, { host: 'demo.hf.space' })).body).toContain('"label":"spam"');
      expect((await request(server.port, '/', { headers: { host: 'evil.example' } })).status).toBe(403);
      expect((await request(server.port, '/')).headers['content-security-policy']).toContain("frame-ancestors 'self' https://huggingface.co");
      const client = await connect(server.url);
      const [said] = (await client.predict('/predict_file', [new File([readFileSync(workplace.path('competitions/mail/data/test.csv'))], 'test.csv')])).data;
      expect(said).toBe('These are the 2 rows of the test set: a submission, checked against the sample.');
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  test('takes modules along whose functions the model holds', async () => {
    workplace.write('pipelines/words.ts', `export const lower = (text: string): string => text.toLowerCase();\n`);
    workplace.write(
      'pipelines/own.ts',
      `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';\nimport { lower } from './words.ts';\nexport default () => new Pipeline([['count', new CountVectorizer({ preprocessor: lower })], ['classify', new LogisticRegression()]]);\n`,
    );
    expect((await workplace.run('run', 'mail', '--pipeline', 'own', '--workers', '1', '--quiet', '--out', 'own')).status).toBe(0);
    expect((await workplace.run('serve', 'mail', '--out', 'own', '--export', 'exported-own')).status).toBe(0);
    const folder = workplace.path('exported-own');
    expect(existsSync(join(folder, 'demo/source/pipelines/words.ts'))).toBe(true);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(repository, join(folder, 'node_modules/refit'));
    const server = await serve(['server.js'], folder, { PORT: '0' });
    try {
      expect((await postJson(server.port, '/gradio_api/run/predict', { data: ['WIN MONEY'] })).body).toContain('"label":"spam"');
    } finally {
      await server.stop();
    }
  });
});
