import type { TreeNodes } from './tree-nodes.ts';

/** What is known of a node when it is added. */
export interface NewNode {
  /** −1 for the root. */
  parent: number;
  isLeft: boolean;
  impurity: number;
  samples: number;
  weight: number;
}

/** A tree under construction: arrays that grow. A node is a leaf until it is given a split. */
export class NodeList {
  readonly outputs: number;
  count = 0;
  #left = new Int32Array(64);
  #right = new Int32Array(64);
  #feature = new Int32Array(64);
  #threshold = new Float64Array(64);
  #missingGoesLeft = new Uint8Array(64);
  #impurity = new Float64Array(64);
  #samples = new Int32Array(64);
  #weights = new Float64Array(64);
  value: Float64Array;

  constructor(outputs: number) {
    this.outputs = outputs;
    this.value = new Float64Array(64 * outputs);
  }

  /** @returns the node's number; its value is to be written to `value` at that number times `outputs` */
  add({ parent, isLeft, impurity, samples, weight }: NewNode): number {
    const node = this.count++;
    if (node === this.#left.length) this.#grow();
    if (parent >= 0) (isLeft ? this.#left : this.#right)[parent] = node;
    this.#left[node] = this.#right[node] = this.#feature[node] = -1;
    this.#impurity[node] = impurity;
    this.#samples[node] = samples;
    this.#weights[node] = weight;
    return node;
  }

  setSplit(node: number, feature: number, threshold: number, missingLeft: boolean): void {
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    this.#missingGoesLeft[node] = missingLeft ? 1 : 0;
  }

  toTree(): TreeNodes {
    const n = this.count;
    return {
      left: this.#left.slice(0, n),
      right: this.#right.slice(0, n),
      feature: this.#feature.slice(0, n),
      threshold: this.#threshold.slice(0, n),
      missingGoesLeft: this.#missingGoesLeft.slice(0, n),
      value: this.value.slice(0, n * this.outputs),
      outputs: this.outputs,
      impurity: this.#impurity.slice(0, n),
      samples: this.#samples.slice(0, n),
      weightedSamples: this.#weights.slice(0, n),
    };
  }

  #grow(): void {
    const twice = <A extends Int32Array | Float64Array | Uint8Array>(array: A): A => {
      const longer = new (array.constructor as new (length: number) => A)(array.length * 2);
      longer.set(array);
      return longer;
    };
    this.#left = twice(this.#left);
    this.#right = twice(this.#right);
    this.#feature = twice(this.#feature);
    this.#threshold = twice(this.#threshold);
    this.#missingGoesLeft = twice(this.#missingGoesLeft);
    this.#impurity = twice(this.#impurity);
    this.#samples = twice(this.#samples);
    this.#weights = twice(this.#weights);
    this.value = twice(this.value);
  }
}
