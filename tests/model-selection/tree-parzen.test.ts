import { logUniform } from '../../src/model-selection/log-uniform.ts';
import { randint } from '../../src/model-selection/randint.ts';
import { TreeParzen } from '../../src/model-selection/tree-parzen.ts';
import { uniform } from '../../src/model-selection/uniform.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('tree-parzen');
const of = (kind: string) => cases.filter(({ input }) => input.kind === kind).map((one) => [one.name, one] as const);

type P = any;
const square = (x: number): number => x * x;
/** The functions of the fixtures with their spaces. */
const functions: Record<string, [space: object, value: (p: P) => number]> = {
  branin: [
    { x: uniform(-5, 10), y: uniform(0, 15) },
    ({ x, y }) => square(y - (5.1 / (4 * Math.PI ** 2)) * square(x) + (5 / Math.PI) * x - 6) + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10,
  ],
  rosenbrock: [{ x: uniform(-2, 2), y: uniform(-1, 3) }, ({ x, y }) => 100 * square(y - square(x)) + square(1 - x)],
  ackley: [
    { x: uniform(-5, 5), y: uniform(-5, 5), z: uniform(-5, 5) },
    ({ x, y, z }) =>
      -20 * Math.exp(-0.2 * Math.sqrt((square(x) + square(y) + square(z)) / 3)) -
      Math.exp((Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y) + Math.cos(2 * Math.PI * z)) / 3) + 20 + Math.E,
  ],
  mixed: [
    { depth: randint(1, 12), kind: ['linear', 'tree', 'net'], rate: logUniform(1e-4, 1) },
    ({ depth, kind, rate }) => square(Math.log10(rate) + 2) + 0.1 * square(depth - 7) + { linear: 1, tree: 0, net: 0.5 }[kind as 'net'],
  ],
};

function run(name: string, trials: number, options: object): { params: any[]; values: number[] } {
  const [space, value] = functions[name];
  const sign = (options as { direction?: string }).direction === 'maximize' ? -1 : 1;
  const tpe = new TreeParzen(space, options);
  const params: any[] = [];
  const values: number[] = [];
  for (let t = 0; t < trials; t++) {
    const asked = tpe.ask();
    params.push(asked.params);
    values.push(sign * value(asked.params));
    tpe.tell(asked.id, values[t]);
  }
  return { params, values };
}

describe('TreeParzen, as Optuna,', () => {
  test.each(of('points'))('%s', (_, { input, options, expected, tolerance }) => {
    const { params, values } = run(input.function, input.trials, options);
    expect(params.map(({ kind }) => kind)).toEqual(expected.params.map(({ kind }: { kind?: string }) => kind));
    const numbers = (list: any[]): number[][] => list.map((p) => Object.keys(p).sort().flatMap((key) => (typeof p[key] === 'number' ? [p[key]] : [])));
    expect(numbers(params)).toBeAllClose(numbers(expected.params), { relative: tolerance, absolute: tolerance });
    expect(values).toBeAllClose(expected.values, { relative: 100 * tolerance, absolute: 100 * tolerance });
  });

  test.each(of('best'))('%s', (_, { input, expected, tolerance }) => {
    let sum = 0;
    for (let randomState = 0; randomState < input.seeds; randomState++) sum += Math.min(...run(input.function, input.trials, { randomState }).values);
    expect(sum / input.seeds).toBeLessThanOrEqual(expected.mean * (1 + tolerance));
  });
});
