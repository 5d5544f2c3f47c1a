import fc from 'fast-check';
import { NumberPositions } from '../../src/preprocessing/number-positions.ts';

const numbers = fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double(), fc.constantFrom(0, -0, Number.NaN, 2 ** 31, 2 ** 53)), { maxLength: 300 });

test('numbers are found where a Map would find them', () => {
  fc.assert(
    fc.property(numbers, numbers, (known, asked) => {
      const map = new Map<number, number>();
      for (const value of known) if (!map.has(value)) map.set(value, map.size);
      const positions = new NumberPositions();
      expect(Array.from(positions.add(Float64Array.from(known)))).toEqual(known.map((value) => map.get(value)));
      expect(Array.from(positions.numbers)).toEqual([...map.keys()]);
      const standIns = Int32Array.from(map.keys(), (_, k) => k * 2);
      const wanted = asked.map((value) => (map.has(value) ? map.get(value)! * 2 : -7));
      expect(Array.from(positions.find(Float64Array.from(asked), standIns, -7))).toEqual(wanted);
    }),
    { seed: 5 },
  );
});

test('numbers met later stand behind those met before', () => {
  const positions = new NumberPositions();
  positions.add(Float64Array.of(3, 1));
  expect(Array.from(positions.add(Float64Array.of(1, 2, 3)))).toEqual([1, 2, 0]);
});
