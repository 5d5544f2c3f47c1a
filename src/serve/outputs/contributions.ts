import type { OutputComponent, OutputOptions } from '../component.ts';

/** How much one term or column pushed the answer, in the direction of `toward` where positive. */
export interface Contribution {
  name: string;
  /** What the row has there; null for terms. */
  value: string | number | boolean | null;
  /** Signed; the unit is the explanation's. */
  push: number;
}

/** What pushed an answer which way. */
export interface Contributions {
  /** The class, or the words, that positive pushes speak for. */
  toward: string;
  /** What negative pushes speak for. */
  against: string;
  /** Unit of the pushes, in a few words. */
  unit: string;
  pushes: readonly Contribution[];
}

/** Signed bars, the strongest first; as JSON for callers of the API. null where a model does not tell. */
export function contributions({ label = 'What pushed the answer' }: OutputOptions = {}): OutputComponent<Contributions | null> {
  return {
    type: 'json',
    label,
    schema: {
      type: ['object', 'null'],
      properties: {
        toward: { type: 'string' },
        against: { type: 'string' },
        unit: { type: 'string' },
        pushes: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, value: {}, push: { type: 'number' } } } },
      },
    },
    pythonType: 'dict | None',
    page: { view: 'contributions' },
    write(value) {
      if (value === null) return null;
      const { toward, against, unit, pushes } = value;
      return { toward, against, unit, pushes: pushes.map(({ name, value: held, push }) => ({ name, value: held, push })) };
    },
  };
}
