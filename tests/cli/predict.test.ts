import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const runFolder = (competition: string): string => {
  const [run] = readdirSync(workplace.path(`outputs/${competition}`)).filter((name) => !name.startsWith('.'));
  return workplace.path(`outputs/${competition}/${run}`);
};
const read = (path: string): string => readFileSync(path, 'utf8');

describe('refit predict', () => {
  test('predicts the test rows as the run did, and new rows with every probability', async () => {
    expect((await workplace.run('run', 'mail')).stdout).toMatch(/ {2}model {7}outputs\/mail\/.*\/model\.safetensors/);
    const run = runFolder('mail');
    expect(await workplace.run('predict', 'mail')).toMatchObject({ status: 0, stdout: `predictions.csv: 2 rows predicted by plain of outputs/mail/${basename(run)}\n` });
    expect(read(workplace.path('predictions.csv'))).toBe(read(join(run, 'submission.csv')));

    workplace.write('new.csv', 'content,extra,name\nwin money,1,a\nagenda,2,7\n12,3,c\n');
    const { stdout } = await workplace.run('predict', 'mail', '--run', basename(run), '--input', 'new.csv', '--output', 'out.csv', '--proba', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ file: 'out.csv', rows: 3, pipeline: 'plain', warnings: [] });
    const lines = read(workplace.path('out.csv')).trimEnd().split('\n');
    expect(lines[0]).toBe('name,label,P(ham),P(spam)');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([['a', 'spam'], ['7', 'ham'], ['c', 'ham']]);
    for (const line of lines.slice(1)) expect(line.split(',').slice(2).map(Number).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  test('does without the pipeline’s file, once the model is saved', async () => {
    await workplace.run('run', 'mail');
    rmSync(workplace.path('pipelines/plain.ts'));
    expect(await workplace.run('predict', 'mail')).toMatchObject({ status: 0 });
    expect(read(workplace.path('predictions.csv'))).toBe(read(join(runFolder('mail'), 'submission.csv')));
  });

  test('finds functions that a pipeline’s module exports, and runs without a model where a function has no name', async () => {
    workplace.write('competitions/mail/words.ts', 'export const words = (text: string): string[] => text.split(/\\W+/u).filter((word) => word.length > 2);\n');
    workplace.write(
      'competitions/mail/pipelines/own.ts',
      `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';
import { words } from '../words.ts';
export default () => new Pipeline([['count', new CountVectorizer({ tokenizer: words })], ['classify', new LogisticRegression()]]);
`,
    );
    await workplace.run('run', 'mail', '--pipeline', 'own');
    expect(await workplace.run('predict', 'mail', '--output', 'own.csv')).toMatchObject({ status: 0, stderr: '' });
    expect(read(workplace.path('own.csv'))).toBe(read(join(runFolder('mail'), 'submission.csv')));

    rmSync(workplace.path('outputs'), { recursive: true });
    workplace.write(
      'pipelines/plain.ts',
      `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer({ tokenizer: (text) => text.split(' ') })], ['classify', new LogisticRegression()]]);
`,
    );
    const { status, stdout } = await workplace.run('run', 'mail');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'Note: The model was not saved. saveModel: count.options.tokenizer must be data that a file can hold, got the function tokenizer. A file holds no code: export it by name from a module.\n',
    );
    expect(existsSync(join(runFolder('mail'), 'model.safetensors'))).toBe(false);
    expect((await workplace.run('predict', 'mail')).stderr).toContain('mail: there is no run with a saved model in outputs/mail. Run refit run mail first.');
  });

  test('says what is wrong with run, input and model, and writes nothing', async () => {
    expect((await workplace.run('predict', 'mail')).stderr).toContain('mail: there is no run with a saved model in outputs/mail. Run refit run mail first.');
    await workplace.run('run', 'mail');
    const run = basename(runFolder('mail'));
    expect((await workplace.run('predict', 'mail', '--run', '../mail')).stderr).toContain('mail: there is no run ../mail in outputs/mail.');
    expect((await workplace.run('predict', 'mail', '--run', `${run}-9`)).stderr).toContain(`Did you mean ${run}?`);
    workplace.write('bad.csv', 'name,contents\na,b\n');
    expect((await workplace.run('predict', 'mail', '--input', 'bad.csv')).stderr).toContain('bad.csv: there is no feature column "content". Did you mean contents?');
    workplace.write(`outputs/mail/${run}/model.safetensors`, 'nothing');
    const damaged = await workplace.run('predict', 'mail');
    expect(damaged.stderr).toContain(`model.safetensors: the file must begin as a model that saveModel wrote. It is damaged or of another kind.`);
    expect(damaged.status).toBe(1);
    expect(existsSync(workplace.path('predictions.csv'))).toBe(false);
  });
});

describe('refit export', () => {
  test('writes a graph that predicts what the run predicted', async () => {
    await workplace.run('run', 'mail');
    const { stdout } = await workplace.run('export', 'mail', '--output', 'mail.onnx');
    expect(stdout).toMatch(/^mail\.onnx: plain of outputs\/mail\/\S+ as ONNX, \d+ bytes\n$/);
    const session = await InferenceSession.create(workplace.path('mail.onnx'));
    const { label } = await session.run({ text: new Tensor('string', ['win money', 'agenda, noon'], [2]) });
    expect(label.data).toEqual(['spam', 'ham']);
  });

  test('names the stage that has no words in ONNX, and writes nothing', async () => {
    workplace.write(
      'pipelines/plain.ts',
      `import { HashingVectorizer, LogisticRegression, Pipeline } from 'refit';
export default () => new Pipeline([['hash', new HashingVectorizer({ nFeatures: 64 })], ['classify', new LogisticRegression()]]);
`,
    );
    await workplace.run('run', 'mail');
    const { status, stderr } = await workplace.run('export', 'mail');
    expect([status, stderr]).toEqual([1, expect.stringContaining('exportOnnx: step "hash": HashingVectorizer cannot be written as ONNX. Leave it out, or save the model with saveModel.')]);
    expect(existsSync(workplace.path('mail.onnx'))).toBe(false);
  });
});
