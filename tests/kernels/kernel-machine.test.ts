import { gatherSigned, gaussians, manhattanDistances, pairwiseRowProducts, signedFloats } from '../../src/kernels/kernel-row.ts';
import { addTwoRows, bestPartner, mostViolating, type WorkingSetArrays } from '../../src/kernels/working-set.ts';
import type { Arena } from '../../src/kernels/arena.ts';
import { LENGTHS, numbers, onBoth } from './both.ts';

/** Numbers between −2 and 2. */
const small = (length: number, seed: number): Float64Array => numbers(length, seed).map((v) => 2 * Math.sin(v));
const floats = (arena: Arena, values: Float64Array): Float32Array => {
  const copy = arena.float32(values.length);
  copy.set(values);
  return copy;
};

describe.each(LENGTHS)('a kernel row of %i elements', (n) => {
  test('holds Gaussian similarities', () => {
    const [products, squares] = [small(n, 1), small(n, 2).map((v) => v * v)];
    const values = onBoth((arena) => {
      const out = arena.copyFloat64(products);
      gaussians(out, arena.copyFloat64(squares), 1.5, 0.7);
      return out.slice();
    });
    expect(values).toBeAllClose(products.map((p, j) => Math.exp(-0.7 * (1.5 + squares[j] - 2 * p))), { relative: 1e-14, absolute: 0 });
  });

  test('holds Gaussian similarities that underflow', () => {
    const squares = small(n, 3).map((v) => 400 * v * v);
    const values = onBoth((arena) => {
      const out = arena.float64(n);
      gaussians(out, arena.copyFloat64(squares), 0, 1);
      return out.slice();
    });
    expect(values).toBeAllClose(squares.map((s) => Math.exp(-s)), { relative: 1e-13, absolute: 0 });
  });

  test('is signed and rounded to floats', () => {
    const values = small(n, 4);
    const signs = small(n, 5).map((v) => (v < 0 ? -1 : 1));
    const signed = onBoth((arena) => {
      const out = arena.float32(n);
      signedFloats(arena.copyFloat64(values), arena.copyFloat64(signs), -1, out);
      return out.slice();
    });
    expect(signed).toEqual(Float32Array.from(values, (v, j) => -signs[j] * v));
  });

  test('is gathered and signed', () => {
    const values = small(n + 1, 4);
    const signs = small(n, 5).map((v) => (v < 0 ? -1 : 1));
    const places = Int32Array.from({ length: n }, (_, j) => (7 * j) % (n + 1));
    const signed = onBoth((arena) => {
      const out = arena.float32(n);
      gatherSigned(floats(arena, values), arena.copyInt32(places), floats(arena, signs), -1, out, n);
      return out.slice();
    });
    expect(signed).toEqual(Float32Array.from(places, (place, j) => -signs[j] * values[place]));
  });

  test('is added to sums, two at a time', () => {
    const [x, y, sums] = [small(n, 6), small(n, 7), small(n, 8)];
    const added = onBoth((arena) => {
      const out = arena.copyFloat64(sums);
      addTwoRows(out, floats(arena, x), 0.5, floats(arena, y), -3, n);
      return out.slice();
    });
    expect(added).toBeAllClose(sums.map((s, j) => s + 0.5 * Math.fround(x[j]) - 3 * Math.fround(y[j])), { absolute: 1e-14 });
  });
});

test.each([[0, 3], [1, 1], [3, 2], [4, 5], [5, 4], [9, 7], [8, 50]])('%i rows of %i columns times a vector', (rows, cols) => {
  const [data, x] = [small(rows * cols, 9), small(cols, 10)];
  const products = onBoth((arena) => {
    const out = arena.float64(rows);
    pairwiseRowProducts(arena.copyFloat64(data), arena.copyFloat64(x), out);
    return out.slice();
  });
  const expected = Array.from({ length: rows }, (_, i) => x.reduce((sum, v, j) => sum + v * data[i * cols + j], 0));
  expect(products).toBeAllClose(expected, { absolute: 1e-12 });
});

/** A working set of n variables, some of which can only rise or only fall; many values are equal. */
function workingSet(arena: Arena, n: number, coarse: boolean): WorkingSetArrays {
  const gradient = small(n, 11).map((v) => (coarse ? Math.round(v) : v));
  return {
    y: arena.copyFloat64(small(n, 12).map((v) => (v < 0 ? -1 : 1))),
    gradient: arena.copyFloat64(gradient),
    up: arena.copyFloat64(small(n, 13).map((v) => (v < -1 ? -Infinity : 0))),
    down: arena.copyFloat64(small(n, 14).map((v) => (v < -1 ? -Infinity : 0))),
    diagonal: arena.copyFloat64(new Float64Array(n).fill(1)),
    second: arena.float64(1),
  };
}

describe.each([['distinct', false], ['equal', true]] as const)('a working set of %s gradients', (_, coarse) => {
  test.each(LENGTHS)('of %i variables: the one that violates most, the last of equals', (n) => {
    const [found, values] = onBoth((arena) => {
      const set = workingSet(arena, n, coarse);
      return [mostViolating(set, n), Array.from(set.up, (off, t) => off - set.y[t] * set.gradient[t])] as const;
    });
    const largest = Math.max(...values, -Infinity);
    expect(found).toBe(largest === -Infinity ? -1 : values.lastIndexOf(largest));
  });

  test.each(LENGTHS)('of %i variables: the partner that promises most, the last of equals', (n) => {
    const row = small(n, 15).map((v) => (coarse ? 0.5 : v / 2));
    const { found, second, changes, directed } = onBoth((arena) => {
      const set = workingSet(arena, n, coarse);
      const q = floats(arena, row);
      const partner = bestPartner(set, q, 1, 2, 0.8, n);
      const towards = Array.from(set.down, (off, t) => off + set.y[t] * set.gradient[t]);
      const promised = towards.map((d, t) => {
        const curvature = 1 + set.diagonal[t] - set.y[t] * 2 * q[t];
        return 0.8 + d > 0 ? -((0.8 + d) ** 2) / (curvature > 0 ? curvature : 1e-12) : Infinity;
      });
      return { found: partner, second: set.second[0], changes: promised, directed: towards };
    });
    const best = Math.min(...changes, Infinity);
    expect(found).toBe(best === Infinity ? -1 : changes.lastIndexOf(best));
    expect(second).toBe(Math.max(...directed, -Infinity));
  });
});

test('a working set in which nothing may move has no variable to offer', () => {
  const found = onBoth((arena) => {
    const set = workingSet(arena, 9, false);
    set.up.fill(-Infinity);
    set.down.fill(-Infinity);
    return [mostViolating(set, 9), bestPartner(set, arena.float32(9), 1, 2, 1, 9), set.second[0]];
  });
  expect(found).toEqual([-1, -1, -Infinity]);
});

test.each([[0, 3], [1, 1], [3, 2], [4, 5], [5, 4], [9, 7], [8, 50]])('distances of %i rows of %i columns from a vector', (rows, cols) => {
  const [data, x] = [small(rows * cols, 13), small(cols, 14)];
  const distances = onBoth((arena) => {
    const out = arena.float64(rows);
    manhattanDistances(arena.copyFloat64(data), arena.copyFloat64(x), out);
    return out.slice();
  });
  const expected = Array.from({ length: rows }, (_, i) => x.reduce((sum, value, j) => sum + Math.abs(data[i * cols + j] - value), 0));
  expect(distances).toBeAllClose(expected, { absolute: 1e-13 });
});
