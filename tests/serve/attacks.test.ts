import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, until } from './demo.ts';
import { postFiles, postJson, request, sendRaw } from './request.ts';

type Demo = Awaited<ReturnType<typeof start>>;
let demo: Demo;
afterEach(() => demo?.close());

const callOf = (data: unknown[], fn_index = 0): object => ({ data, fn_index, session_hash: `s${Math.random().toString(36).slice(2)}` });
const works = async (): Promise<void> => expect((await postJson(demo.port, '/gradio_api/run/double', { data: [21] })).body).toContain('"data":[42,');
const runOn = (path: string, data: unknown[]) => postJson(demo.port, `/gradio_api/run/${path}`, { data });

describe('who may call', () => {
  test('listens on loopback only, unless told otherwise', async () => {
    demo = await start();
    expect(demo.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each(['evil.example', 'evil.example:7860', '127.0.0.1.evil.example', 'localhost.evil.example:80', '10.1.2.3', '[::2]', 'a@127.0.0.1', '127.0.0.1:80:80'])('refuses the foreign Host %j', async (host) => {
    demo = await start();
    for (const path of ['/', '/config', '/gradio_api/info', '/gradio_api/queue/data?session_hash=a', '/assets/page.js']) {
      const { status, headers } = await request(demo.port, path, { headers: { host } });
      expect([400, 403]).toContain(status);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await postJson(demo.port, '/gradio_api/run/double', { data: [1] }, { host })).status).toBeGreaterThanOrEqual(400);
  });

  test('refuses an empty Host and none', async () => {
    demo = await start();
    for (const line of ['Host:\r\n', '']) expect((await sendRaw(demo.port, `GET /config HTTP/1.1\r\n${line}Connection: close\r\n\r\n`)).text).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  test('answers to localhost by its names, and to the names it was given', async () => {
    demo = await start({ allowedHosts: ['demo.example'] });
    for (const host of [`localhost:${demo.port}`, 'LOCALHOST', '127.0.0.1', '[::1]:7860', 'demo.example', 'Demo.Example:443']) expect((await request(demo.port, '/config', { headers: { host } })).status).toBe(200);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1.evil.example', 'http://localhost:1', 'file://', 'http://good.example.evil.example', 'HTTP://GOOD.EXAMPLE'])('refuses calls of pages of the origin %s', async (origin) => {
    demo = await start({ allowedOrigins: ['http://good.example'] });
    for (const answer of [
      await postJson(demo.port, '/gradio_api/run/double', { data: [1] }, { origin }),
      await postJson(demo.port, '/gradio_api/queue/join', callOf(['x']), { origin }),
      await postFiles(demo.port, [{ name: 'a', content: 'x' }], { origin }),
      await request(demo.port, '/config', { headers: { origin } }),
      await request(demo.port, '/gradio_api/queue/join', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(demo.counts).toMatchObject({ sessions: 0, files: 0 });
  });

  test('lets a listed origin in, to the letter, without credentials', async () => {
    demo = await start({ allowedOrigins: ['http://good.example'] });
    const origin = 'http://good.example';
    const preflight = await request(demo.port, '/gradio_api/queue/data', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type, x-gradio-user, authorization', 'access-control-allow-methods': 'GET, POST', vary: 'Origin' });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await postJson(demo.port, '/gradio_api/run/double', { data: [1] }, { origin })).headers['access-control-allow-origin']).toBe(origin);
    const own = await request(demo.port, '/config', { headers: { origin: `http://127.0.0.1:${demo.port}` } });
    expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, undefined]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', ''])('takes JSON only as application/json, not as %j', async (type) => {
    demo = await start();
    for (const path of ['queue/join', 'run/double', 'call/double', 'call/v2/double', 'cancel', 'reset']) {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      expect((await request(demo.port, `/gradio_api/${path}`, { method: 'POST', headers, body: JSON.stringify(callOf([1])) })).status).toBe(415);
    }
    expect((await request(demo.port, '/refit/flag', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).status).toBe(415);
  });

  test('sends nobody elsewhere, whatever the path', async () => {
    demo = await start();
    for (const path of ['//evil.example', '////evil.example/%2f..', '/\\evil.example', '/?next=https://evil.example', '/gradio_api/file=https://evil.example', '/gradio_api/proxy=https://evil.example', '/login?redirect=https://evil.example']) {
      const { status, headers } = await request(demo.port, path);
      expect(status < 300 || status >= 400).toBe(true);
      expect(headers.location).toBeUndefined();
    }
  });
});

describe('files', () => {
  test.each([
    '../../../../etc/passwd', '..%2f..%2f..%2fetc%2fpasswd', '/etc/passwd', '%2fetc%2fpasswd', '....//....//etc/passwd', 'C:\\Windows\\win.ini', '%5c%5cserver%5cshare', '%00', '%', '%c0%ae%c0%ae/etc/passwd',
    'file:///etc/passwd', 'http://169.254.169.254/', 'package.json', '', '.', '__proto__', 'constructor',
  ])('serves nothing at %s', async (path) => {
    demo = await start();
    const { status, body } = await request(demo.port, `/gradio_api/file=${path}`);
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('root:');
  });

  test('takes as input only what it issued as an upload', async () => {
    demo = await start();
    const [path] = JSON.parse((await postFiles(demo.port, [{ name: 'a.txt', content: 'hello' }])).body) as string[];
    expect(path).toMatch(/^[0-9a-f]{32}\/a\.txt$/);
    const output = (JSON.parse((await runOn('echo', [{ path }])).body) as { data: [{ path: string }] }).data[0];
    for (const foreign of [{ path: '/etc/passwd' }, { path: `${path}/../a.txt` }, { path: output.path }, { path: `${'0'.repeat(32)}/a.txt` }, { url: 'http://127.0.0.1/' }, { path: 'http://127.0.0.1:22/' }, path, null, 7, [], { path: { toString: path } }, { path: ['a'] }]) {
      const { status, body } = await runOn('echo', [foreign]);
      expect([status, body]).toEqual([500, expect.stringMatching(/must be (an uploaded file|a file uploaded to this server)/)]);
    }
    expect(demo.errors).toEqual([]);
  });

  test('shows pictures, and has everything else downloaded, where nothing in it runs', async () => {
    demo = await start();
    for (const [name, type, disposition] of [
      ['page.html', 'application/octet-stream', 'attachment'],
      ['drawing.svg', 'application/octet-stream', 'attachment'],
      ['script.js', 'application/octet-stream', 'attachment'],
      ['data.xml', 'application/octet-stream', 'attachment'],
      ['photo.PNG', 'image/png', 'inline'],
    ]) {
      const [path] = JSON.parse((await postFiles(demo.port, [{ name, content: '<script>alert(1)</script>', header: 'Content-Type: text/html\r\n' }])).body) as string[];
      const { headers } = await request(demo.port, `/gradio_api/file=${path}`);
      expect(headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'", 'cross-origin-resource-policy': 'same-origin' });
      expect(headers['content-disposition']?.split(';')[0]).toBe(disposition);
    }
  });

  test('names files without folders, devices and line breaks', async () => {
    demo = await start();
    const names = ['../../tmp/evil.sh', 'C:\\fakepath\\a.csv', 'con.txt', 'x%0D%0ASet-Cookie: a=b', '.htaccess', `${'long'.repeat(500)}.csv`, '...'];
    const paths = JSON.parse((await postFiles(demo.port, names.map((name) => ({ name, content: 'x' })))).body) as string[];
    expect(paths.map((path) => path.slice(33))).toEqual(['evil.sh', 'a.csv', '_con.txt', 'x  Set-Cookie_ a=b', 'htaccess', `${'long'.repeat(24)}.csv`, 'file']);
    for (const path of paths) expect((await request(demo.port, `/gradio_api/file=${encodeURIComponent(path)}`)).headers['set-cookie']).toBeUndefined();
  });

  test('lie in a private folder, go by age, and all go when the server closes', async () => {
    const before = new Set(readdirSync(tmpdir()));
    demo = await start({ limits: { fileSeconds: 0.2 } });
    const folder = join(tmpdir(), readdirSync(tmpdir()).find((name) => name.startsWith('refit-serve-') && !before.has(name)) as string);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const [path] = JSON.parse((await postFiles(demo.port, [{ name: 'a', content: 'x' }])).body) as string[];
    await until(() => demo.counts.files === 0 && readdirSync(folder).length === 0, 'the file is removed by age');
    expect((await request(demo.port, `/gradio_api/file=${path}`)).status).toBe(404);
    await postFiles(demo.port, [{ name: 'a', content: 'x' }]);
    await demo.close();
    expect(existsSync(folder)).toBe(false);
  });

  test('use no more room than allowed, and what is refused leaves nothing', async () => {
    demo = await start({ limits: { diskBytes: 1000, uploadBytes: 5000, uploadFiles: 3, partHeaderBytes: 500 } });
    expect((await postFiles(demo.port, [{ name: 'a', content: 'x'.repeat(900) }])).status).toBe(200);
    expect((await postFiles(demo.port, [{ name: 'b', content: 'x'.repeat(200) }])).status).toBe(507);
    expect((await postFiles(demo.port, [{ name: 'c', content: 'x'.repeat(6000) }])).status).toBe(413);
    expect((await postFiles(demo.port, Array.from({ length: 4 }, () => ({ name: 'd', content: '' })))).status).toBe(413);
    expect((await postFiles(demo.port, [{ name: 'n'.repeat(4000), content: '' }])).status).toBe(413);
    expect((await postFiles(demo.port, [{ name: 'e', content: '', header: `X: ${'y'.repeat(4000)}\r\n` }])).status).toBe(413);
    expect((await postFiles(demo.port, [{ field: 'other', name: 'f', content: '' }])).status).toBe(400);
    expect((await request(demo.port, '/gradio_api/upload', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=XX' }, body: '--XX\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nbroken off' })).status).toBe(400);
    expect((await request(demo.port, '/gradio_api/upload', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })).status).toBe(415);
    // Chunked, so that no length is announced.
    const chunked = await sendRaw(demo.port, `POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=XX\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n${'x'.repeat(0x2000)}\r\n`);
    expect(chunked.text).toMatch(/^HTTP\/1\.1 413 /);
    await until(() => demo.counts.files === 1, 'only the first is kept');
    expect(demo.counts.fileBytes).toBe(900);
    await works();
  });
});

describe('requests meant to break it', () => {
  test('bodies that are too long are refused by what they announce and by what comes', async () => {
    demo = await start({ limits: { jsonBytes: 1000 } });
    expect((await postJson(demo.port, '/gradio_api/queue/join', callOf(['x'.repeat(2000)]))).status).toBe(413);
    const chunked = await sendRaw(demo.port, `POST /gradio_api/run/score HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n${'['.repeat(0x800)}\r\n`);
    expect(chunked.text).toMatch(/^HTTP\/1\.1 413 /);
    await works();
  });

  test('whoever is still sending a body that is too long gets to read why it is refused', async () => {
    demo = await start({ limits: { jsonBytes: 1000 } });
    const bytes = 30 * 0x10000;
    const errors: Error[] = [];
    let text = '';
    const socket = connect(demo.port, '127.0.0.1');
    socket.on('error', (error) => errors.push(error)).on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.write(`POST /gradio_api/run/score HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`);
    for (let sent = 0; sent < bytes; sent += 0x10000, await sleep(3)) socket.write(Buffer.alloc(0x10000, '['));
    await until(() => socket.closed, 'the connection ends');
    expect(errors).toEqual([]);
    expect(text).toMatch(/^HTTP\/1\.1 413 [^]*The body must have at most 1000 bytes\."\}$/);
  });

  test.each(['', '{', 'null', '[]', '7', '"x"', '{"data":7}', '{"data":{"length":1}}', '\ud800', `{"data":${'['.repeat(100_000)}`, '{}'])('the body %j is an error of its sender', async (body) => {
    demo = await start();
    for (const path of ['queue/join', 'run/score', 'call/score']) {
      const { status } = await postJson(demo.port, `/gradio_api/${path}`, body);
      expect(status >= 400 && status < 500).toBe(true);
    }
    expect(demo.errors).toEqual([]);
  });

  test('values nested ever so deep fail one call only', async () => {
    demo = await start();
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect((await postJson(demo.port, '/gradio_api/run/score', `{"data":[${deep}]}`)).status).toBe(500);
    await works();
  });

  test('no name in JSON reaches a prototype', async () => {
    demo = await start();
    const pollution = '{"__proto__":{"polluted":1,"data":["win"]},"constructor":{"prototype":{"polluted":1}},"message":"win","data":["win"],"fn_index":0,"session_hash":"a"}';
    for (const path of ['queue/join', 'run/score', 'call/score', 'call/v2/score', 'cancel']) await postJson(demo.port, `/gradio_api/${path}`, pollution);
    expect((await postJson(demo.port, '/gradio_api/run/score', '{"__proto__":{"data":["win"]}}')).status).toBe(422);
    expect((await postJson(demo.port, '/gradio_api/run/sums', '{"data":[{"headers":["__proto__","a"],"data":[[1,2]]}]}')).body).toContain('"data":[{"headers":');
    for (const path of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) expect((await postJson(demo.port, `/gradio_api/run/${path}`, { data: [] })).status).toBe(404);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(demo.errors).toEqual([]);
  });

  test('what is no HTTP ends its connection and nothing else', async () => {
    demo = await start();
    for (const bytes of ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'y'.repeat(30_000)}\r\n\r\n`, 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n']) {
      expect((await sendRaw(demo.port, bytes)).text).not.toMatch(/^HTTP\/1\.1 200/);
    }
    await works();
  });

  test('clients that send slowly are cut off', async () => {
    demo = await start({ limits: { headerSeconds: 0.3, requestSeconds: 0.6 } });
    const [silent, header, body] = await Promise.all([
      sendRaw(demo.port, ''),
      sendRaw(demo.port, 'POST /gradio_api/run/double HTTP/1.1\r\nHost: 127.0.0.1\r\n'),
      sendRaw(demo.port, 'POST /gradio_api/run/double HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"da'),
    ]);
    for (const one of [silent, header, body]) expect(one.milliseconds).toBeLessThan(5000);
    await works();
  });

  test('a reader that does not read is cut off before it fills the memory', async () => {
    const { Interface, inputs, outputs } = await import('refit');
    const flood = new Interface({
      inputs: inputs.number({ name: 'n' }),
      outputs: outputs.text(),
      async *fn(n) {
        for (let i = 0; i < n; i++) {
          yield `${i}${'x'.repeat(2 ** 20)}`;
          await sleep(1);
        }
      },
    });
    demo = await start({}, flood);
    await postJson(demo.port, '/gradio_api/queue/join', { data: [200], fn_index: 0, session_hash: 'lazy' });
    const socket = connect(demo.port, '127.0.0.1', () => {
      socket.write('GET /gradio_api/queue/data?session_hash=lazy HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
      socket.pause();
    });
    socket.on('error', () => undefined);
    await until(() => demo.counts.streams === 1, 'the stream is open');
    await until(() => demo.counts.streams === 0 && demo.counts.sessions === 0 && demo.counts.running === 0, 'the stream is cut and the call cancelled');
    socket.destroy();
  });

  test('thousands of sessions are bounded, and go when nobody reads them', async () => {
    demo = await start({ limits: { sessions: 50, waitingCalls: 100 } });
    const statuses: number[] = [];
    for (let i = 0; i < 2000; i += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, j) => postJson(demo.port, '/gradio_api/queue/join', { data: [1], fn_index: 7, session_hash: `s${i + j}` })));
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.filter((status) => status === 503)).toHaveLength(1950);
    expect(demo.counts.sessions).toBe(50);
    expect((await request(demo.port, '/gradio_api/queue/data?session_hash=s1')).body).toContain('"success":true');
    await until(() => demo.counts.sessions === 49, 'a session that was read is forgotten');
    await works();
  });

  test('streams, calls of a session and kept results are bounded', async () => {
    demo = await start({ limits: { streams: 3, callsPerSession: 2, results: 10 } });
    const sockets = Array.from({ length: 3 }, (_, i) => {
      const socket = connect(demo.port, '127.0.0.1', () => socket.write(`GET /gradio_api/heartbeat/h${i} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
      return socket;
    });
    await until(() => demo.counts.streams === 3, 'three streams are open');
    expect((await request(demo.port, '/gradio_api/heartbeat/h4')).status).toBe(503);
    for (const socket of sockets) socket.destroy();
    await until(() => demo.counts.streams === 0, 'they are closed');
    const join = (): Promise<{ status: number }> => postJson(demo.port, '/gradio_api/queue/join', { data: [300], fn_index: 2, session_hash: 'one' });
    expect([(await join()).status, (await join()).status, (await join()).status]).toEqual([200, 200, 503]);
    for (let i = 0; i < 30; i++) await postJson(demo.port, '/gradio_api/call/double', { data: [i] });
    expect(demo.counts.results).toBe(10);
    for (const hash of ['', 'x'.repeat(65), 'a b', '../x', 7, null, ['a']]) expect((await postJson(demo.port, '/gradio_api/queue/join', { data: [1], fn_index: 0, session_hash: hash })).status).toBe(400);
  });

  test('only who knows session and call can cancel', async () => {
    demo = await start();
    const { event_id } = JSON.parse((await postJson(demo.port, '/gradio_api/queue/join', { data: [400], fn_index: 2, session_hash: 'mine' })).body) as { event_id: string };
    await until(() => demo.counts.running === 1, 'the call runs');
    for (const body of [{ event_id, session_hash: 'other' }, { event_id }, { session_hash: 'mine' }, { event_id: 'x', session_hash: 'mine' }]) expect((await postJson(demo.port, '/gradio_api/cancel', body)).status).toBe(200);
    expect((await request(demo.port, '/gradio_api/queue/data?session_hash=mine')).body).toContain('"data":["done "]');
  });
});

describe('what is told', () => {
  test('internal errors keep their words to themselves on every route', async () => {
    demo = await start();
    const { event_id } = JSON.parse((await postJson(demo.port, '/gradio_api/call/fail', { data: ['internal'] })).body) as { event_id: string };
    await postJson(demo.port, '/gradio_api/queue/join', { data: ['internal'], fn_index: 3, session_hash: 'e' });
    for (const answer of [await runOn('fail', ['internal']), await request(demo.port, `/gradio_api/call/fail/${event_id}`), await request(demo.port, '/gradio_api/queue/data?session_hash=e')]) {
      expect(answer.body).toMatch(/rror/);
      expect(answer.body).not.toMatch(/hunter2|\bat \b|\.ts/);
    }
    expect(demo.errors).toHaveLength(3);
  });

  test('the page has a strict policy, and nothing is kept by caches', async () => {
    demo = await start();
    const { headers } = await request(demo.port, '/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin' });
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('with a login', () => {
  const logIn = async (name = 'ada', password = 'engine'): Promise<{ status: number; cookie: string; setCookie: string }> => {
    const { status, headers } = await request(demo.port, '/login', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ username: name, password }).toString() });
    const setCookie = headers['set-cookie']?.[0] ?? '';
    return { status, cookie: setCookie.split(';')[0], setCookie };
  };

  test('every route is closed to strangers', async () => {
    demo = await start({ auth: { ada: 'engine' } });
    for (const path of ['/config', '/openapi.json', '/assets/page.js', '/gradio_api/info', '/gradio_api/app_id', '/gradio_api/queue/data?session_hash=a', '/gradio_api/heartbeat/a', '/gradio_api/file=a', '/gradio_api/call/score/a', '/nothing']) {
      expect([path, (await request(demo.port, path)).status]).toEqual([path, 401]);
      expect((await request(demo.port, path, { headers: { cookie: `refit=${'0'.repeat(64)}` } })).status).toBe(401);
    }
    for (const path of ['queue/join', 'cancel', 'reset', 'run/score', 'call/score', 'call/v2/score', 'upload']) expect([path, (await postJson(demo.port, `/gradio_api/${path}`, callOf(['x']))).status]).toEqual([path, 401]);
    for (const path of ['/refit/flag', '/logout']) expect((await postJson(demo.port, path, {})).status).toBe(401);
    const page = await request(demo.port, '/');
    expect(page.body).toContain('id="login"');
    expect(page.body).not.toContain('page.js');
  });

  test('the cookie is out of scripts’ reach, new with every login, and dead after the logout', async () => {
    demo = await start({ auth: { ada: 'engine' } });
    const first = await logIn();
    expect(first.setCookie).toMatch(/^refit_[0-9a-f]{16}=[0-9a-f]{64}; HttpOnly; SameSite=Lax; Path=\/; Max-Age=43200$/);
    const second = await logIn();
    expect(second.cookie).not.toBe(first.cookie);
    expect((await request(demo.port, '/config', { headers: { cookie: second.cookie } })).status).toBe(200);
    await postJson(demo.port, '/logout', {}, { cookie: second.cookie });
    expect((await request(demo.port, '/config', { headers: { cookie: second.cookie } })).status).toBe(401);
    expect((await request(demo.port, '/config', { headers: { cookie: first.cookie } })).status).toBe(200);
  });

  test.each([['ada', 'wrong'], ['nobody', 'engine'], ['__proto__', 'x'], ['constructor', 'Object'], ['ada', ''], ['', '']])('%j with %j is refused', async (name, password) => {
    demo = await start({ auth: { ada: 'engine' } });
    expect(await logIn(name, password)).toMatchObject({ status: 401, cookie: '' });
  });

  test('guessing ends after some failures, for the right password too', async () => {
    demo = await start({ auth: { ada: 'engine', bob: 'builder' }, limits: { failedLogins: 3 } });
    const guesses = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((password) => logIn('ada', password)));
    expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429]);
    expect((await logIn('ada', 'engine')).status).toBe(429);
    expect((await logIn('bob', 'builder')).status).toBe(429);
  });

  test('a page of another origin cannot log in for its visitor', async () => {
    demo = await start({ auth: { ada: 'engine' } });
    const { status } = await request(demo.port, '/login', { method: 'POST', headers: { origin: 'http://evil.example', 'content-type': 'application/x-www-form-urlencoded' }, body: 'username=ada&password=engine' });
    expect(status).toBe(403);
  });

  test('users cannot reach each other’s sessions, results and files', async () => {
    demo = await start({ auth: { ada: 'engine', bob: 'builder' } });
    const ada = { cookie: (await logIn()).cookie };
    const bob = { cookie: (await logIn('bob', 'builder')).cookie };
    const [path] = JSON.parse((await postFiles(demo.port, [{ name: 'a', content: 'secret' }], ada)).body) as string[];
    expect((await request(demo.port, `/gradio_api/file=${path}`, { headers: bob })).status).toBe(404);
    expect((await request(demo.port, `/gradio_api/file=${path}`, { headers: ada })).body).toBe('secret');
    expect((await postJson(demo.port, '/gradio_api/run/echo', { data: [{ path }] }, bob)).body).toContain('must be a file uploaded to this server');
    const { event_id } = JSON.parse((await postJson(demo.port, '/gradio_api/call/double', { data: [1] }, ada)).body) as { event_id: string };
    expect((await request(demo.port, `/gradio_api/call/double/${event_id}`, { headers: bob })).status).toBe(404);
    await postJson(demo.port, '/gradio_api/queue/join', { data: [300], fn_index: 2, session_hash: 'hers' }, ada);
    expect((await postJson(demo.port, '/gradio_api/queue/join', { data: [1], fn_index: 2, session_hash: 'hers' }, bob)).status).toBe(403);
    expect((await request(demo.port, '/gradio_api/queue/data?session_hash=hers', { headers: bob })).body).toContain('Session not found');
    expect((await request(demo.port, '/gradio_api/queue/data?session_hash=hers', { headers: ada })).body).toContain('done');
  });
});
