import { readFileSync } from 'node:fs';
import { compileFusedPanels } from '../../src/kernels/fused-panels.ts';
import type { KernelExports } from '../../src/kernels/kernel-exports.ts';
import { kernelsOn, newKernelInstance, type KernelModules } from '../../src/kernels/kernel-instance.ts';
import * as twins from '../../src/kernels/twins/panels.ts';
import { webAssembly } from '../../src/kernels/web-assembly.ts';
import { numbers } from './both.ts';

const { modules } = newKernelInstance()!;
const fused = kernelsWith(modules);
const plain = kernelsWith({ ...modules, fusedPanels: undefined });

/** Kernels on a memory of their own, and what puts arrays there. */
function kernelsWith(compiled: KernelModules): { kernels: KernelExports; put: (values: Float64Array, at: number) => Float64Array } {
  const memory = new webAssembly!.Memory({ initial: 10, maximum: 10, shared: true });
  return {
    kernels: kernelsOn(compiled, memory),
    put(values, at) {
      const held = new Float64Array(memory.buffer, at, values.length);
      held.set(values);
      return held;
    },
  };
}

const [A, B, OUT, PACKED, SUMS] = [65_536, 262_144, 458_752, 524_288, 589_824];

/** out += a·b of each kernel that multiplies, once by the twins. */
const PRODUCTS: Record<string, { run: (kernels: KernelExports, a: Float64Array, b: Float64Array, out: Float64Array) => void; twin: (a: Float64Array, b: Float64Array, out: Float64Array) => void }> = {
  multiplyPanels: {
    run: (kernels, a, b, out) => kernels.multiplyPanels(2, 3, 257, a.byteOffset, b.byteOffset, out.byteOffset, 12, 0, 0),
    twin: (a, b, out) => twins.multiplyPanels(2, 3, 257, a, b, out, 12, null),
  },
  multiplyRows: {
    run: (kernels, a, b, out) => kernels.multiplyRows(0, 7, 257, 257, a.byteOffset, 3, b.byteOffset, out.byteOffset, 0),
    twin: (a, b, out) => twins.multiplyRows(7, 257, 257, a, 3, b, out),
  },
  addSelfProduct: {
    run: (kernels, a, _, out) => kernels.addSelfProduct(171, 12, 64, a.byteOffset, 0, PACKED, SUMS, out.byteOffset),
    twin: (a, _, out) => twins.addSelfProduct(171, 12, 64, a, undefined, new Float64Array(64 * 12), new Float64Array(12), out),
  },
};

describe.each(Object.entries(PRODUCTS))('%s', (_, { run, twin }) => {
  const a = numbers(257 * 8, 1);
  const b = numbers(257 * 12, 2);
  const start = numbers(144, 3);
  const expected = start.slice();
  twin(a, b, expected);
  const made = ({ kernels, put }: typeof plain): Float64Array => {
    const out = put(start, OUT);
    run(kernels, put(a, A), put(b, B), out);
    return Float64Array.from(out);
  };

  test('has the bits of the twin without fused multiply-add', () => {
    expect(made(plain)).toEqual(expected);
  });

  test('agrees with fused multiply-add within the rounding of a sum', () => {
    const sizes = start.map(Math.abs);
    twin(a.map(Math.abs), b.map(Math.abs), sizes);
    const product = made(fused);
    expect(product.every((value, p) => Math.abs(value - expected[p]) <= 2 * 257 * Number.EPSILON * sizes[p])).toBe(true);
  });
});

test('a product is rounded with the sum that takes it, or before, as the processor has it', () => {
  const x = 1 + 2 ** -30;
  const { kernels, put } = fused;
  const a = put(Float64Array.from([1, 0, 0, 0, x, 0, 0, 0]), A);
  const b = put(Float64Array.from([-(x * x), 0, 0, 0, x, 0, 0, 0]), B);
  const out = put(new Float64Array(16), OUT);
  kernels.multiplyPanels(1, 1, 2, a.byteOffset, b.byteOffset, out.byteOffset, 4, 0, 0);
  expect([2 ** -60, 0]).toContain(out[0]);
});

test('the engine takes no more instructions afterwards than before', () => {
  const bytes = readFileSync(new URL('../../dist/kernels/fused-panels.wasm', import.meta.url));
  const before = webAssembly!.validate(bytes);
  expect(Object.prototype.toString.call(compileFusedPanels())).toBe('[object WebAssembly.Module]');
  expect(webAssembly!.validate(bytes)).toBe(before);
});

test('REFIT_FUSED=off leaves the plain kernels', () => {
  process.env.REFIT_FUSED = 'off';
  try {
    expect(compileFusedPanels()).toBeUndefined();
  } finally {
    delete process.env.REFIT_FUSED;
  }
});
