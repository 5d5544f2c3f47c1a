import { setTimeout as sleep } from 'node:timers/promises';
import { Interface, TabbedInterface, UserError, inputs, outputs } from 'refit';
import { start, until } from './demo.ts';
import { postJson, request } from './request.ts';

type Demo = Awaited<ReturnType<typeof start>>;
let demo: Demo;
afterEach(() => demo?.close());

/** The messages of a session's stream, up to its end. */
async function messages(port: number, hash: string): Promise<{ msg: string; event_id: string; rank?: number; success?: boolean; output?: { data?: unknown[]; error?: string } }[]> {
  const { body } = await request(port, `/gradio_api/queue/data?session_hash=${hash}`);
  return body.split('\n\n').filter((line) => line !== '').map((line) => JSON.parse(line.slice(6)) as never);
}

describe('the queue', () => {
  test('200 clients at once each get their own answer', async () => {
    demo = await start();
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const { event_id } = JSON.parse((await postJson(demo.port, '/gradio_api/queue/join', { data: [1000 + i], fn_index: 7, session_hash: `client${i}` })).body) as { event_id: string };
        const told = await messages(demo.port, `client${i}`);
        expect(told.filter((one) => one.event_id !== null).every((one) => one.event_id === event_id)).toBe(true);
        return told.find(({ msg }) => msg === 'process_completed')?.output?.data?.[0];
      }),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => 2 * (1000 + i)));
    await until(() => demo.counts.sessions === 0, 'no session is left');
  });

  test('calls run in the order they came, and are told their place', async () => {
    demo = await start();
    const hashes = ['a', 'b', 'c'];
    for (const hash of hashes) await postJson(demo.port, '/gradio_api/queue/join', { data: [60, hash], fn_index: 2, session_hash: hash });
    const told = await Promise.all(hashes.map((hash) => messages(demo.port, hash)));
    expect(told.map((one) => one.find(({ msg }) => msg === 'estimation')?.rank)).toEqual([0, 0, 1]);
    expect(told.map((one) => one.find(({ msg }) => msg === 'process_completed')?.output?.data)).toEqual([['done a'], ['done b'], ['done c']]);
    expect(told[2].map(({ msg }) => msg).filter((msg, i, all) => msg !== all[i - 1])).toEqual(['estimation', 'process_starts', 'process_completed', 'close_stream']);
  });

  test('messages are single data lines, as the Python client needs them', async () => {
    demo = await start();
    await postJson(demo.port, '/gradio_api/queue/join', { data: [3], fn_index: 1, session_hash: 'lines' });
    const { body, headers } = await request(demo.port, '/gradio_api/queue/data?session_hash=lines');
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    expect(body.endsWith('\n\n')).toBe(true);
    for (const line of body.slice(0, -2).split('\n\n')) {
      expect(line).toMatch(/^data: \{.*\}$/);
      expect(line).toContain('"event_id":');
    }
  });

  test('a waiting call can be cancelled, and takes nobody’s place', async () => {
    demo = await start();
    const ids: string[] = [];
    for (const hash of ['x', 'y', 'z']) ids.push((JSON.parse((await postJson(demo.port, '/gradio_api/queue/join', { data: [80, hash], fn_index: 2, session_hash: hash })).body) as { event_id: string }).event_id);
    await postJson(demo.port, '/gradio_api/cancel', { event_id: ids[1], session_hash: 'y', fn_index: 2 });
    const [cancelled, last] = await Promise.all([messages(demo.port, 'y'), messages(demo.port, 'z')]);
    expect(cancelled.find(({ msg }) => msg === 'process_completed')).toMatchObject({ success: false, output: { error: 'Cancelled' } });
    expect(last.find(({ msg }) => msg === 'process_completed')?.output?.data).toEqual(['done z']);
  });

  test('as many calls run at a time as the interface says', async () => {
    let running = 0;
    let most = 0;
    const two = new Interface({
      inputs: inputs.number({ name: 'x' }),
      outputs: outputs.number(),
      concurrency: 2,
      fn: async (x) => {
        most = Math.max(most, ++running);
        await sleep(10);
        running--;
        return x;
      },
    });
    demo = await start({}, two);
    await Promise.all(Array.from({ length: 8 }, (_, x) => postJson(demo.port, '/gradio_api/run/predict', { data: [x] })));
    expect(most).toBe(2);
  });

  test('a caller who goes away has the call cancelled', async () => {
    demo = await start();
    const abort = new AbortController();
    const answer = fetch(`${demo.url}/gradio_api/run/slow`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"data":[60000]}', signal: abort.signal }).catch(() => 'gone');
    await until(() => demo.counts.running === 1, 'the call runs');
    abort.abort();
    expect(await answer).toBe('gone');
    await until(() => demo.counts.running === 0, 'its function has heard of it');
  });
});

describe('plain calls', () => {
  test('tell partial results and the last, as often as they are asked', async () => {
    demo = await start();
    const { event_id } = JSON.parse((await postJson(demo.port, '/gradio_api/call/count', { data: [3] })).body) as { event_id: string };
    const { body } = await request(demo.port, `/gradio_api/call/count/${event_id}`);
    expect(body.endsWith('event: complete\ndata: ["1 2 3"]\n\n')).toBe(true);
    expect((await request(demo.port, `/gradio_api/call/count/${event_id}`)).body).toBe('event: complete\ndata: ["1 2 3"]\n\n');
    expect((await request(demo.port, '/gradio_api/call/count/unknown')).status).toBe(404);
  });

  test('take values by name, and tell errors', async () => {
    demo = await start();
    const byName = JSON.parse((await postJson(demo.port, '/gradio_api/call/v2/score', { message: 'win', age: 4 })).body) as { event_id: string };
    expect((await request(demo.port, `/gradio_api/call/v2/score/${byName.event_id}`)).body).toContain('"win",8,');
    const wrong = JSON.parse((await postJson(demo.port, '/gradio_api/call/score', { data: [] })).body) as { event_id: string };
    expect((await request(demo.port, `/gradio_api/call/score/${wrong.event_id}`)).body).toBe('event: error\ndata: {"error":"Message: it must be given, got no value.","title":"Error"}\n\n');
  });

  test('the OpenAPI description names every path with its types', async () => {
    demo = await start();
    const document = JSON.parse((await request(demo.port, '/openapi.json')).body) as { openapi: string; paths: Record<string, Record<string, { operationId: string; requestBody?: { content: { 'application/json': { example: { data: unknown[] } } } } }>> };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/gradio_api/run/score', '/gradio_api/call/score', '/gradio_api/call/score/{event_id}', '/gradio_api/upload', '/gradio_api/file={path}']));
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
    // Its example is a call that works.
    const { data } = document.paths['/gradio_api/run/score'].post.requestBody!.content['application/json'].example;
    expect((await postJson(demo.port, '/gradio_api/run/score', { data })).status).toBe(200);
  });
});

describe('an Interface', () => {
  const fn = (): string => '';
  const refusals: [make: () => unknown, message: string][] = [
    [() => new Interface({ inputs: inputs.text(), outputs: outputs.text() }), 'Interface: either fn or batchFn must be given, and not both.'],
    [() => new Interface({ outputs: outputs.text(), fn } as never), 'Interface: inputs and outputs must be given.'],
    [() => new Interface({ inputs: 7, outputs: outputs.text(), fn } as never), 'Interface: inputs must be an input, or a list of inputs, such as inputs.text(), got 7.'],
    [() => new Interface({ inputs: inputs.text(), outputs: outputs.text(), fn, apiName: '/predict' }), 'Interface: apiName must be letters, digits, _ and -, got "/predict".'],
    [() => new Interface({ inputs: inputs.text(), outputs: outputs.text(), fn, titel: 'x' } as never), 'Interface: there is no option titel. Did you mean title? Options are fn, batchFn, inputs, outputs, title, description, examples, apiName, flagging, concurrency, maxBatchSize, generator.'],
    [() => new Interface({ inputs: [inputs.text(), inputs.text({ label: 'B' })], outputs: outputs.text(), fn, examples: [['one']] }), 'Interface: every example must have 2 values, example 1 has 1.'],
    [() => new Interface({ inputs: inputs.text({ name: 'api_name' }), outputs: outputs.text(), fn }), 'Interface: an input\'s name must be letters, digits and _, and none of api_name, fn_index, result_callbacks, headers, self, got "api_name".'],
    [() => inputs.choice({ choices: [] }), 'Choice: choices must be a list of different texts, got [].'],
    [() => inputs.slider({ min: 2, max: 1 }), 'Value: min must not exceed max, got 2 and 1.'],
    [() => new TabbedInterface({ title: 'x', tabs: {} }), 'TabbedInterface: tabs must hold one demo at least, got none.'],
    [
      () => {
        const one = new Interface({ inputs: inputs.text(), outputs: outputs.text(), fn });
        return new TabbedInterface({ title: 'x', tabs: { a: one, b: one } });
      },
      'TabbedInterface: every demo must have its own apiName, two are called predict.',
    ],
  ];
  test.each(refusals.map(([make, message]) => [message, make] as const))('is refused: %s', (message, make) => expect(make).toThrow(new Error(message)));

  test('names parameters after labels, each its own', async () => {
    const { parameterNames } = await import('../../src/serve/parameter-names.ts');
    expect(parameterNames([inputs.text({ label: 'Bill length (mm)' }), inputs.text({ label: 'Größe' }), inputs.text({ label: '2nd' }), inputs.text({ label: 'Größe' }), inputs.text({ label: '文' }), inputs.text({ label: 'x', name: 'y' })])).toEqual(['bill_length_mm', 'groe', 'param_2', 'groe_2', 'param_4', 'y']);
  });

  test('a port that is taken is an error, unless any will do', async () => {
    demo = await start();
    await expect(start({ port: demo.port })).rejects.toThrow(`launch: cannot listen on 127.0.0.1, port ${demo.port} is taken. Choose another, or 0 for any that is free.`);
    await expect(start({ limits: { streams: 0 } })).rejects.toThrow('launch: limits: streams must be a whole number in [1, ∞), got 0.');
    await expect(start({ allowedHosts: ['a.example:80'] })).rejects.toThrow('launch: allowedHosts must be host names such as "demo.example.org", without port, got "a.example:80".');
  });

  test('a UserError keeps its title', () => expect(new UserError('x', { title: 'Oops' })).toMatchObject({ message: 'x', title: 'Oops', name: 'UserError' }));
});
