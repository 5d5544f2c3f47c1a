import { connect as connectTo, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interface, inputs, outputs } from 'refit';
import { start, until } from './demo.ts';
import { connect as connectClient, fileAt, type GradioClient } from './gradio.ts';

type Demo = Awaited<ReturnType<typeof start>>;
let demo: Demo;
beforeEach(async () => {
  demo = await start();
});
afterEach(() => demo.close());

const connect = (events = ['data']): Promise<GradioClient> => connectClient(demo.url, { events });
const data = async (result: Promise<{ data: unknown[] }>): Promise<unknown[]> => (await result).data;

describe('the official JavaScript client, unmodified', () => {
  test('connects and lists the endpoints with their parameters', async () => {
    const client = await connect();
    const api = await client.view_api();
    expect(Object.keys(api.named_endpoints)).toEqual(['/score', '/count', '/slow', '/fail', '/echo', '/picture', '/sums', '/double']);
    expect(api.named_endpoints['/score'].parameters.map(({ parameter_name, parameter_has_default, label }) => [parameter_name, parameter_has_default, label])).toEqual([
      ['message', false, 'Message'],
      ['age', true, 'Age'],
      ['colour', true, 'Colour'],
      ['loud', true, 'Loud'],
      ['toppings', true, 'Toppings'],
    ]);
    expect(api.named_endpoints['/score'].returns).toHaveLength(4);
  });

  test('predicts by position, by name and with defaults', async () => {
    const client = await connect();
    const label = { label: 'spam', confidences: [{ label: 'spam', confidence: 0.9 }, { label: 'ham', confidence: expect.closeTo(0.1, 12) }] };
    expect(await data(client.predict('/score', ['win now', 7, 'green', true, ['c', 'a']]))).toEqual([label, 'WIN NOW', 14, { colour: 'green', toppings: ['a', 'c'] }]);
    expect(await data(client.predict('/score', { message: 'win now', loud: true, age: 8 }))).toEqual([label, 'WIN NOW', 16, { colour: 'red', toppings: [] }]);
    expect(await data(client.predict('/score', ['win']))).toEqual([label, 'win', 60, { colour: 'red', toppings: [] }]);
  });

  test('calls by number', async () => {
    const client = await connect();
    expect((await data(client.predict(0, ['win'])))[1]).toBe('win');
  });

  test('sees the events of a job', async () => {
    const client = await connect(['data', 'status', 'log']);
    const events: string[] = [];
    const texts: string[] = [];
    let progress: unknown;
    for await (const message of client.submit('/count', [4])) {
      events.push(message.type === 'status' ? `${message.type} ${message.stage}` : message.type);
      if (message.type === 'data') texts.push(message.data[0] as string);
      if (message.type === 'status' && message.progress_data) progress = message.progress_data[0];
      if (message.type === 'log') expect([message.log, message.level]).toEqual(['halfway', 'info']);
    }
    expect(texts).toEqual(['1', '1 2', '1 2 3', '1 2 3 4', '1 2 3 4']);
    expect(progress).toEqual({ index: 4, length: 4, unit: 'numbers', progress: null, desc: 'counting' });
    expect(events).toContain('log');
    expect(events[0]).toBe('status pending');
    expect(events.at(-1)).toMatch(/^(data|status complete)$/);
  });

  test('cancels a job while its neighbour runs on', async () => {
    const client = await connect(['data', 'status']);
    const doomed = client.submit('/slow', [5000, 'a']);
    const seen: string[] = [];
    const watching = (async () => {
      for await (const message of doomed) if (message.type === 'status' && message.stage) seen.push(message.stage);
    })();
    // The second status comes with the server's answer: without its id the client cancels nothing.
    await until(() => demo.counts.running === 1 && seen.length > 1, 'the first job runs, and the client knows it');
    const neighbour = client.predict('/count', [20]);
    await doomed.cancel();
    expect((await data(neighbour))[0]).toMatch(/ 20$/);
    await until(() => demo.counts.running === 0, 'the slow function has heard its signal');
    await Promise.race([watching, sleep(1000)]);
    expect(seen.slice(0, 2)).toEqual(['pending', 'pending']);
    expect(seen).not.toContain('complete');
    // The client can be used on.
    expect((await data(client.predict('/slow', [1, 'b'])))[0]).toBe('done b');
  });

  test('gets each of many parallel calls its own answer', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect()));
    const answers = await Promise.all(clients.flatMap((client, i) => Array.from({ length: 10 }, async (_, j) => [1000 + 100 * i + j, (await data(client.predict('/double', [1000 + 100 * i + j])))[0]])));
    expect(answers.every(([x, doubled]) => doubled === 2 * (x as number))).toBe(true);
  });

  test('uploads and downloads byte by byte', async () => {
    const client = await connect();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31 + (i >> 8)) % 256);
    const [file, described] = await data(client.predict('/echo', [new File([bytes], 'Übung "1".bin')]));
    expect(described).toEqual({ name: expect.stringMatching(/^Übung .1.\.bin$/), size: 70_000 });
    const response = await fetch((file as { url: string }).url);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  test('sends images, and gets images and charts', async () => {
    const client = await connect();
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const [image, chart, format] = (await data(client.predict('/picture', [new Blob([png], { type: 'image/png' })]))) as [{ url: string }, { plot: string }, string];
    expect(format).toBe('png');
    expect(Buffer.from(await (await fetch(image.url)).arrayBuffer())).toEqual(png);
    expect(Buffer.from(chart.plot.split(',')[1], 'base64').toString()).toContain('fill="#1a1d21"');
    await expect(client.predict('/picture', [new Blob(['<svg onload="alert(1)"/>'], { type: 'image/png' })])).rejects.toThrow(/must be a PNG, JPEG, GIF or WebP image/);
  });

  test('sends and gets tables', async () => {
    const client = await connect();
    const table = { headers: ['a', 'b'], data: [[1, 2], [3, null], [5, 6]], metadata: null };
    expect(await data(client.predict('/sums', [{ ...table, data: [[1, 2], [3, 4]] }]))).toEqual([{ headers: ['a', 'b'], data: [[4, 6]], metadata: null }]);
    expect(await data(client.predict('/sums', [table]))).toEqual([{ headers: ['a', 'b'], data: [[9, null]], metadata: null }]);
  });

  test('never has an address fetched', async () => {
    const client = await connect();
    await expect(client.predict('/echo', [fileAt('http://169.254.169.254/latest/meta-data')])).rejects.toThrow(/uploaded to this server.*addresses are not fetched/);
  });

  test('hears errors that are meant for users, and no others', async () => {
    const client = await connect();
    await expect(client.predict('/fail', ['user'])).rejects.toMatchObject({ message: 'That is too short.', title: 'Oops' });
    await expect(client.predict('/fail', ['internal'])).rejects.toThrow(/^((?!hunter2).)*$/s);
    expect(String(demo.errors[0])).toContain('hunter2');
    await expect(client.predict('/score', { message: 7, colour: 'red' })).rejects.toThrow('Message: it must be a text, got 7.');
    await expect(client.predict('/score', { message: 'x', colour: 'gren' })).rejects.toThrow('Colour: it must be one of red, green, got "gren". Did you mean green?');
    await expect(client.predict('/score', { message: 'x', age: 121 })).rejects.toThrow('Age: it must be a number from 0 to 120, got 121.');
  });

  test('answers calls that wait together in one batch, and fails only the bad ones', async () => {
    const client = await connect();
    const settled = await Promise.allSettled([1, 2, 7, 13, 5].map((x) => client.predict('/double', [x])));
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.data[0] : (one.reason as Error).message))).toEqual([2, 4, '7 is refused.', '13 brings bad luck.', 10]);
    const together = await Promise.all(Array.from({ length: 30 }, (_, x) => data(client.predict('/double', [100 + x]))));
    expect(Math.max(...together.map(([, size]) => size as number))).toBeGreaterThan(1);
  });

  test('is told when the server closes before a job is done', async () => {
    const brief = await start({ closeSeconds: 0.1 });
    const client = await connectClient(brief.url);
    const failed = expect(client.predict('/slow', [10_000])).rejects.toThrow('The server was shut down before the call was done.');
    await until(() => brief.counts.running === 1 && brief.counts.streams === 1, 'the job runs');
    await brief.close();
    await failed;
  });

  test('gets the result of a job that is running when the server is asked to close', async () => {
    const client = await connect();
    const answer = data(client.predict('/slow', [300, 'still']));
    const waiting = expect(client.predict('/slow', [1])).rejects.toThrow('The server is shutting down.');
    await until(() => demo.counts.running === 1 && demo.counts.streams === 1, 'the job runs');
    await demo.close();
    expect(await answer).toEqual(['done still']);
    await waiting;
  });

  test('is told when the connection dies during a job, and leaves nothing behind', async () => {
    const sockets = new Set<Socket>();
    const proxy = createServer((socket) => {
      const through = connectTo(demo.port, '127.0.0.1');
      for (const one of [socket, through]) sockets.add(one.on('error', () => undefined));
      socket.pipe(through).pipe(socket);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const client = await connectClient(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const failed = expect(client.predict('/slow', [10_000])).rejects.toThrow(/Connection errored out/);
    await until(() => demo.counts.running === 1 && demo.counts.streams === 1, 'the job runs');
    for (const socket of sockets) socket.resetAndDestroy();
    await failed;
    await until(() => demo.counts.running === 0 && demo.counts.sessions === 0 && demo.counts.streams === 0, 'the job is cancelled and its session forgotten');
    proxy.close();
  });

  test('many calls one after the other use one stream', async () => {
    const client = await connect();
    for (let i = 0; i < 50; i++) expect((await data(client.predict('/double', [50 + i])))[0]).toBe(100 + 2 * i);
    expect(demo.counts.streams).toBe(1);
    await until(() => demo.counts.streams === 0 && demo.counts.sessions === 0, 'the stream is closed after its grace');
    expect((await data(client.predict('/double', [4])))[0]).toBe(8);
  });
});

describe('with limits', () => {
  test('a full queue refuses', async () => {
    // The first job ends when the test says so: on a busy machine a job of some milliseconds is over before the last one comes.
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const waits = new Interface({
      apiName: 'wait',
      inputs: inputs.text({ name: 'tag' }),
      outputs: outputs.text(),
      fn: async (tag) => {
        await finished;
        return `done ${tag}`;
      },
      concurrency: 1,
    });
    const small = await start({ limits: { waitingCalls: 2 } }, waits);
    try {
      const client = await connectClient(small.url);
      const running = client.predict('/wait', ['a']);
      await until(() => small.counts.running === 1, 'the first job runs');
      const waiting = [client.predict('/wait', ['b']), client.predict('/wait', ['c'])];
      await until(() => small.counts.waiting === 2, 'two jobs wait');
      await expect(client.predict('/wait', ['d'])).rejects.toThrow(/busy/);
      finish();
      expect((await Promise.all([running, ...waiting])).map((one) => one.data[0])).toEqual(['done a', 'done b', 'done c']);
    } finally {
      finish();
      await small.close();
    }
  });

  test('an upload that is too large fails with its limit', async () => {
    const small = await start({ limits: { uploadBytes: 10_000 } });
    try {
      const client = await connectClient(small.url);
      await expect(client.predict('/echo', [new Blob([new Uint8Array(20_000)])])).rejects.toThrow(/must be an uploaded file|at most 10000 bytes|exceeds/);
      expect(small.counts).toMatchObject({ files: 0, fileBytes: 0 });
    } finally {
      await small.close();
    }
  });
});

describe('with a login', () => {
  test('the right password opens, a wrong one and none do not', async () => {
    const closed = await start({ auth: { ada: 'engine' }, authMessage: 'Members only.' });
    try {
      const client = await connectClient(closed.url, { auth: ['ada', 'engine'] });
      expect((await client.predict('/score', ['win'])).data[1]).toBe('win');
      const bytes = new Uint8Array([1, 2, 3]);
      expect((await client.predict('/echo', [new Blob([bytes])])).data[1]).toMatchObject({ size: 3 });
      await expect(connectClient(closed.url, { auth: ['ada', 'wrong'] })).rejects.toThrow(/credentials|login/i);
      await expect(connectClient(closed.url)).rejects.toThrow(/Members only/);
    } finally {
      await closed.close();
    }
  });
});
