import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kaggleAuthorization, KaggleClient } from '../../src/competition/kaggle-client.ts';
import { KaggleServer } from './kaggle-server.ts';

let server: KaggleServer;
let api: string;
let folder: string;
let file: string;
beforeEach(async () => {
  server = new KaggleServer();
  api = `${await server.start()}/v1`;
  folder = mkdtempSync(join(tmpdir(), 'refit-kaggle-'));
  file = join(folder, 'submission.csv');
  writeFileSync(file, 'id,target\n1,ä\n');
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const client = (): KaggleClient => new KaggleClient('Basic bWU6a2V5', api);

describe('KaggleClient', () => {
  test('asks where to, puts the file there, and enters it', async () => {
    expect(await client().submit('titanic', file, 'first')).toBe('40001');
    const [start, put, create] = server.received;
    expect(JSON.parse(start.body)).toEqual({ competitionName: 'titanic', fileName: 'submission.csv', contentLength: 15, lastModifiedEpochSeconds: expect.any(Number) });
    expect(put).toMatchObject({ method: 'PUT', path: '/blob/1', body: 'id,target\n1,ä\n', authorization: undefined });
    expect(JSON.parse(create.body)).toEqual({ competitionName: 'titanic', blobFileTokens: 'token-of-titanic', submissionDescription: 'first' });
    expect([start.authorization, create.authorization]).toEqual(['Basic bWU6a2V5', 'Basic bWU6a2V5']);
  });

  test.each([
    [{ status: 'COMPLETE', publicScore: '0.5', privateScore: '0.25' }, { status: 'complete', publicScore: 0.5, privateScore: 0.25, error: null }],
    [{ status: 'SubmissionStatus.COMPLETE', publicScore: 0 }, { status: 'complete', publicScore: 0, privateScore: null, error: null }],
    [{ status: 'pending', publicScore: '' }, { status: 'pending', publicScore: null, privateScore: null, error: null }],
    [{ status: 'ERROR', errorDescription: 'Evaluation Exception' }, { status: 'error', publicScore: null, privateScore: null, error: 'Evaluation Exception' }],
  ])('reads what became of it: %j', async (answer, expected) => {
    server.answers = [answer];
    expect((await client().submissions('titanic'))[0]).toEqual({ ref: '40001', ...expected });
  });

  test.each<[string, number, string, RegExp]>([
    ['StartSubmissionUpload', 401, '{"code":401,"message":"Unauthorized"}', /^Kaggle: StartSubmissionUpload answered 401: Unauthorized\. The token is not valid: make a new one/],
    ['StartSubmissionUpload', 403, '', /^Kaggle: StartSubmissionUpload answered 403\. Join the competition and accept its rules on its page first\.$/],
    ['StartSubmissionUpload', 404, '<html>no</html>', /^Kaggle: StartSubmissionUpload answered 404\. The name must be that in the competition’s address/],
    ['CreateSubmission', 400, '{"message":"daily limit.\\n"}', /^Kaggle: CreateSubmission answered 400: daily limit\. Check the file with refit check/],
    ['/blob/1', 503, '', /^Kaggle: the upload answered 503\. Try again later\.$/],
    ['StartSubmissionUpload', 200, '{}', /^Kaggle: StartSubmissionUpload must answer with token and createUrl/],
    ['CreateSubmission', 200, '{"message":"Closed"}', /^Kaggle: CreateSubmission must answer with ref, got "Closed"/],
    ['CreateSubmission', 200, 'hello', /^Kaggle: CreateSubmission must answer with JSON/],
  ])('says what to do when %s answers %i %s', async (method, status, body, message) => {
    server.refuse = { method, status, body };
    await expect(client().submit('titanic', file, 'x')).rejects.toThrow(message);
  });

  test('says that nobody answers', async () => {
    await server.stop();
    await expect(client().submissions('titanic')).rejects.toThrow(/^Kaggle: 127\.0\.0\.1:\d+ must answer, got .*ECONNREFUSED.*\. Check the network and try again\./);
    api = `${await server.start()}/v1`;
  });
});

describe('kaggleAuthorization', () => {
  test('takes the login from where the Kaggle client does, and never shows it', () => {
    expect(kaggleAuthorization({ KAGGLE_API_TOKEN: 'abc' })).toBe('Bearer abc');
    expect(kaggleAuthorization({ KAGGLE_USERNAME: 'me', KAGGLE_KEY: 'key' })).toBe('Basic bWU6a2V5');
    writeFileSync(join(folder, 'kaggle.json'), '{"username":"me","key":"key"}');
    expect(kaggleAuthorization({ KAGGLE_CONFIG_DIR: folder })).toBe('Basic bWU6a2V5');
    writeFileSync(join(folder, 'kaggle.json'), '{"username":"me","secret":"hush"}');
    expect(() => kaggleAuthorization({ KAGGLE_CONFIG_DIR: folder })).toThrow(/kaggle\.json must hold username and key as JSON\. Download it again/);
    expect(() => kaggleAuthorization({ KAGGLE_CONFIG_DIR: join(folder, 'none') })).toThrow(/^Kaggle: a login must be given\./);
  });
});
