import { type Arena, withArena } from '../../src/kernels/arena.ts';
import { kernelsFor, withMemoryOf, withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { dot, pairwiseSum } from '../../src/kernels/vector-operations.ts';

test('the compiled kernels are there: npm run build has made them', () => {
  expect(withArena((arena) => kernelsFor(arena.float64(1)))).toBeDefined();
});

test('without the compiled kernels an arena hands out ordinary arrays', () => {
  withoutKernels(() =>
    withArena((arena) => {
      const x = arena.copyFloat64([1, 2]);
      expect(x).toEqual(Float64Array.of(1, 2));
      expect(kernelsFor(x)).toBeUndefined();
    }),
  );
});

test('arrays are zeroed although the memory was used before', () => {
  const address = withArena((arena) => {
    const x = arena.copyFloat64([1, 2, 3]);
    return x.byteOffset;
  });
  withArena((arena) => {
    const x = arena.float64(3);
    expect(x.byteOffset).toBe(address);
    expect(x).toEqual(new Float64Array(3));
  });
});

test('what was handed out is taken back after an error, and with it all that nested arenas took', () => {
  const address = withArena((arena) => arena.float64(1).byteOffset);
  expect(() =>
    withArena((arena) => {
      arena.float64(1000);
      withArena((inner) => inner.int32(1000));
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(withArena((arena) => arena.float64(1).byteOffset)).toBe(address);
});

test('a nested arena leaves the arrays of the outer one alone', () => {
  withArena((arena) => {
    const outer = arena.copyInt32([1, 2, 3]);
    withArena((inner) => inner.int32(100).fill(9));
    expect(outer).toEqual(Int32Array.of(1, 2, 3));
  });
});

test('arrays stay valid when the memory grows, and kernels still find them', () => {
  withArena((arena) => {
    const early = arena.copyFloat64([1, 2, 3]);
    const late = arena.float64(1 << 20);
    late[late.length - 1] = 5;
    expect(early).toEqual(Float64Array.of(1, 2, 3));
    expect(kernelsFor(early, late)?.dot(early.byteOffset, early.byteOffset, 3)).toBe(14);
    expect(late[0]).toBe(0);
  });
});

test('a memory that grew large is given back', () => {
  const large = withArena((arena) => arena.float64(10 << 20));
  expect(kernelsFor(large)).toBeUndefined();
  expect(withArena((arena) => kernelsFor(arena.float64(1)))).toBeDefined();
});

describe('a sparse matrix that is not one is refused', () => {
  const sound = { kind: 'csr' as const, rows: 2, cols: 3, indptr: Int32Array.of(0, 1, 2), indices: Int32Array.of(2, 0), data: Float64Array.of(1, 2) };
  const cases = {
    'a column beyond the last': { ...sound, indices: Int32Array.of(3, 0) },
    'a negative column': { ...sound, indices: Int32Array.of(-1, 0) },
    'offsets that fall': { ...sound, indptr: Int32Array.of(0, 2, 1) },
    'a first offset other than 0': { ...sound, indptr: Int32Array.of(1, 1, 2) },
    'a last offset that is not the number of entries': { ...sound, indptr: Int32Array.of(0, 1, 1) },
    'fewer offsets than rows': { ...sound, rows: 3 },
    'fewer values than columns': { ...sound, data: Float64Array.of(1) },
  };

  test('a sound one is copied', () => {
    withArena((arena) => expect(arena.copyCsr(sound)).toEqual(sound));
  });

  test.each(Object.entries(cases))('%s', (_, X) => {
    const message = `Kernels: the ${X.rows} × 3 CsrMatrix must have ascending offsets and columns below 3. Build it anew.`;
    expect(() => withArena((arena) => arena.copyCsr(X))).toThrow(message);
    expect(() => withoutKernels(() => withArena((arena) => arena.copyCsr(X)))).toThrow(message);
  });
});

test('work that the memory cannot hold begins again on the twins, and gives the same', () => {
  let runs = 0;
  const work = (arena: Arena): number => {
    runs++;
    const x = arena.copyFloat64(new Float64Array(1000).fill(0.5));
    const more = withArena((inner) => dot(inner.copyFloat64(x), inner.copyFloat64(x)));
    return more + pairwiseSum(arena.copyFloat64(x));
  };
  const expected = withArena(work);
  expect(withMemoryOf(65_536 + 20_000, () => withArena(work))).toBe(expected);
  expect(runs).toBe(3);
});
