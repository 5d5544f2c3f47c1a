import { setTimeout as sleep } from 'node:timers/promises';
import { Interface, TabbedInterface, UserError, inputs, outputs, type CallContext, type LaunchOptions, type RunningDemo } from 'refit';

/** One demo with an endpoint for everything that clients do. */
export function manyEndpoints(): TabbedInterface {
  const score = new Interface({
    apiName: 'score',
    inputs: [
      inputs.text({ label: 'Message', name: 'message' }),
      inputs.number({ label: 'Age', name: 'age', min: 0, max: 120, value: 30 }),
      inputs.choice({ label: 'Colour', name: 'colour', choices: ['red', 'green'], value: 'red' }),
      inputs.checkbox({ label: 'Loud', name: 'loud' }),
      inputs.multipleChoice({ label: 'Toppings', name: 'toppings', choices: ['a', 'b', 'c'] }),
    ],
    outputs: [outputs.label(), outputs.text(), outputs.number(), outputs.json()],
    fn: async (message, age, colour, loud, toppings) => {
      const spam = message.includes('win') ? 0.9 : 0.2;
      return [{ spam, ham: 1 - spam }, loud ? message.toUpperCase() : message, age * 2, { colour, toppings }];
    },
    examples: [['win money', 30, 'red', false, []]],
  });
  const count = new Interface({
    apiName: 'count',
    inputs: inputs.number({ label: 'To', name: 'to', whole: true, min: 1, max: 100 }),
    outputs: outputs.text(),
    async *fn(to, context: CallContext) {
      let text = '';
      for (let i = 1; i <= to; i++) {
        context.progress(i, to, 'counting', 'numbers');
        if (i === 2) context.log('halfway', 'info');
        text += i === 1 ? '1' : ` ${i}`;
        yield text;
        await sleep(2);
      }
    },
  });
  const slow = new Interface({
    apiName: 'slow',
    inputs: [inputs.number({ label: 'Milliseconds', name: 'milliseconds' }), inputs.text({ name: 'tag', value: '' })],
    outputs: outputs.text(),
    concurrency: 1,
    fn: async (milliseconds, tag, { signal }) => {
      await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
      return signal.aborted ? 'aborted' : `done ${tag}`;
    },
  });
  const fail = new Interface({
    apiName: 'fail',
    inputs: inputs.text({ name: 'how' }),
    outputs: outputs.text(),
    fn: (how) => {
      if (how === 'user') throw new UserError('That is too short.', { title: 'Oops' });
      throw new Error('secret: the database password is hunter2');
    },
  });
  const echo = new Interface({
    apiName: 'echo',
    inputs: inputs.file({ label: 'Document', name: 'document' }),
    outputs: [outputs.file(), outputs.json()],
    fn: async (document) => [{ name: document.name, content: await document.bytes() }, { name: document.name, size: document.size }],
  });
  const picture = new Interface({
    apiName: 'picture',
    inputs: inputs.image({ name: 'image' }),
    outputs: [outputs.image(), outputs.chart(), outputs.text()],
    fn: async (image) => [await image.bytes(), '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4" fill="var(--ink)"/></svg>', image.format],
  });
  const sums = new Interface({
    apiName: 'sums',
    inputs: inputs.table({ label: 'Numbers', name: 'numbers', maxRows: 100 }),
    outputs: outputs.table(),
    fn: (numbers) => Object.fromEntries(numbers.names.map((name) => [name, [numbers.numbers(name).reduce((a, b) => a + b, 0)]])),
  });
  const batches: number[] = [];
  const double = new Interface({
    apiName: 'double',
    inputs: inputs.number({ name: 'x' }),
    outputs: [outputs.number(), outputs.number()],
    batchFn: (rows) => {
      batches.push(rows.length);
      if (rows.some(([x]) => x === 13)) {
        if (rows.length > 1) throw new Error('a batch with 13 fails as a whole');
        throw new UserError('13 brings bad luck.');
      }
      return rows.map(([x]) => (x === 7 ? new UserError('7 is refused.') : [2 * x, rows.length]));
    },
  });
  return new TabbedInterface({ title: 'Many things', tabs: { Score: score, Count: count, Slow: slow, Fail: fail, Echo: echo, Picture: picture, Sums: sums, Double: double } });
}

/** A demo that listens on any free port; errors that callers are not told land in `errors`. */
export async function start(options: LaunchOptions = {}, demo: { launch(options: LaunchOptions): Promise<RunningDemo> } = manyEndpoints()): Promise<RunningDemo & { errors: unknown[] }> {
  const errors: unknown[] = [];
  const running = await demo.launch({ port: 0, onError: (error) => errors.push(error), closeSeconds: 2, ...options });
  return Object.assign(Object.create(running) as RunningDemo, { errors, close: () => running.close(), url: running.url, port: running.port });
}

/** Waits until something holds; fails after some seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (holds()) return;
    await sleep(10);
  }
  throw new Error(`never happened: ${what}`);
}
