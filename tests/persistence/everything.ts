import { Estimator } from '../../src/core/estimator.ts';
import { custom } from '../../src/core/rules.ts';

/** Learns whatever it is told to: a record of any shape for the tests of saving. */
export class Everything extends Estimator<{ learns?: object }, any> {
  static override readonly rules = { learns: custom<unknown>(null, 'anything', () => true) };

  async fit(): Promise<this> {
    return this.restore({ ...this.options.learns });
  }
}

/** Data that says itself what it is made of. */
export class Pair {
  readonly left: unknown;
  readonly right: unknown;

  constructor(left: unknown, right: unknown) {
    this.left = left;
    this.right = right;
  }

  toParts(): unknown[] {
    return [this.left, this.right];
  }

  static fromParts([left, right]: unknown[]): Pair {
    return new Pair(left, right);
  }
}

export const shout = (texts: readonly string[]): string[] => texts.map((text) => text.toUpperCase());
