import type { Label } from '../../core/labels.ts';
import { show } from '../../core/show.ts';
import type { OutputComponent, OutputOptions, Payload } from '../component.ts';

/** Probabilities by class, or a single answer without any. */
export type LabelValue = Label | Readonly<Record<string, number>> | ReadonlyMap<Label, number>;

export interface LabelOutputOptions extends OutputOptions {
  /** Most classes to send, the most probable first. Default all. */
  top?: number;
}

/** The answer of a classifier with its confidences, highest first; or one answer, such as a regression's, by itself. */
export function label({ label: title = 'Answer', top = Infinity }: LabelOutputOptions = {}): OutputComponent<LabelValue> {
  return {
    type: 'label',
    label: title,
    schema: {
      type: 'object',
      required: ['label'],
      properties: {
        label: { type: 'string' },
        confidences: {
          type: 'array',
          items: { type: 'object', required: ['label', 'confidence'], properties: { label: { type: 'string' }, confidence: { type: 'number' } } },
        },
      },
    },
    pythonType: 'dict(label: str | int | float, confidences: list[dict(label: str, confidence: float)] | None)',
    page: {},
    write(value): Payload {
      if (typeof value !== 'object' || value === null) return { label: String(value) };
      const entries = value instanceof Map ? [...value] : Object.entries(value as Readonly<Record<string, number>>);
      for (const [name, confidence] of entries) {
        if (typeof confidence !== 'number' || !Number.isFinite(confidence)) throw new TypeError(`${title}: the confidence of ${show(name)} must be a number, got ${show(confidence)}.`);
      }
      if (entries.length === 0) throw new TypeError(`${title}: there must be a class at least, got none.`);
      // A stable sort: of equals the first given comes first.
      const confidences = entries.map(([name, confidence]) => ({ label: String(name), confidence })).sort((a, b) => b.confidence - a.confidence).slice(0, top);
      return { label: confidences[0].label, confidences };
    },
  };
}
