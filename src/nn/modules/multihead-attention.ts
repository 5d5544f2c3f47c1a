import { OptionError } from '../../core/errors.ts';
import { completeOptions, flag, number, type Rules } from '../../core/rules.ts';
import { xavierUniform, zeros } from '../init.ts';
import { add, mul } from '../operators/arithmetic.ts';
import { constant } from '../operators/constants.ts';
import { linear, matmul } from '../operators/linear.ts';
import { permute, slice, split } from '../operators/rearrange.ts';
import { reshape } from '../operators/reshape.ts';
import { softmax } from '../operators/softmax.ts';
import { showShape } from '../shape.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { Dropout } from './dropout.ts';
import { sizeOption } from './layer-options.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';

export interface MultiheadAttentionOptions {
  /** Dropout of the attention's weights. Default 0. */
  dropout?: number;
  /** Whether the projections have constants. Default true. */
  bias?: boolean;
  /** Whether a position sees only itself and those before. Default false. */
  causal?: boolean;
}

const rules: Rules<MultiheadAttentionOptions> = { dropout: number(0, { min: 0, max: 1, openMax: true }), bias: flag(true), causal: flag(false) };

/** Far below any score: its share of a softmax is zero. */
const HIDDEN = -1e9;

/**
 * Attention softmax(QKᵀ/√d)·V in several heads. query: [N, L, embedDim]; key and value: [N, S, embedDim], by default
 * the query and the key. Result: [N, L, embedDim].
 * `padding`, if given, is [N, S] with 1 where a key is to be passed over and 0 elsewhere.
 *
 * Counterpart: torch.nn.MultiheadAttention(batch_first=True), its first result; parameters have its names.
 * Source: Vaswani et al., NeurIPS 2017.
 */
export class MultiheadAttention extends Module {
  readonly inProjWeight: Parameter;
  readonly inProjBias: Parameter | undefined;
  readonly outProj: Linear;
  readonly numHeads: number;
  readonly causal: boolean;
  readonly dropout: Dropout;

  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    const { dropout, bias, causal } = completeOptions<MultiheadAttentionOptions>('MultiheadAttention', options, rules);
    if (sizeOption('MultiheadAttention', 'embedDim', embedDim) % sizeOption('MultiheadAttention', 'numHeads', numHeads) !== 0) {
      throw new OptionError(`MultiheadAttention: embedDim must be a multiple of numHeads, got ${embedDim} and ${numHeads}.`);
    }
    this.numHeads = numHeads;
    this.causal = causal;
    this.dropout = new Dropout(dropout);
    this.inProjWeight = new Parameter([3 * embedDim, embedDim]);
    this.inProjBias = bias ? new Parameter([3 * embedDim]) : undefined;
    this.outProj = new Linear(embedDim, embedDim, { bias });
    this.resetParameters();
  }

  override forward(query: Tensor, key: Tensor = query, value: Tensor = key, padding?: Tensor): Tensor {
    const size = this.outProj.weight.shape[0];
    for (const x of [query, key, value]) {
      if (x.shape.length !== 3 || x.shape[2] !== size) throw shapeError('attention', `query, key and value must be [N, length, ${size}], got ${showShape(x.shape)}.`);
    }
    const [q, k, v] = this.#project(query, key, value, size).map((x) => this.#heads(x));
    let scores = mul(matmul(q, permute(k, [0, 1, 3, 2])), 1 / Math.sqrt(size / this.numHeads));
    if (this.causal) scores = add(scores, laterPositions(query.shape[1], key.shape[1]));
    if (padding) scores = add(scores, mul(reshape(padding, [padding.shape[0], 1, 1, padding.shape[1]]), HIDDEN));
    const seen = matmul(this.dropout.forward(softmax(scores)), v);
    return this.outProj.forward(reshape(permute(seen, [0, 2, 1, 3]), query.shape));
  }

  override resetParameters(): void {
    xavierUniform(this.inProjWeight);
    if (this.inProjBias) zeros(this.inProjBias);
    this.outProj.resetParameters();
    if (this.outProj.bias) zeros(this.outProj.bias);
  }

  #project(query: Tensor, key: Tensor, value: Tensor, size: number): Tensor[] {
    const { inProjWeight, inProjBias } = this;
    if (query === key && key === value) return split(linear(query, inProjWeight, inProjBias), [size, size, size], 2);
    return [query, key, value].map((x, i) => linear(x, slice(inProjWeight, 0, i * size, (i + 1) * size), inProjBias && slice(inProjBias, 0, i * size, (i + 1) * size)));
  }

  /** [N, L, E] → [N, heads, L, E/heads] */
  #heads(x: Tensor): Tensor {
    const [batch, length, size] = x.shape;
    return permute(reshape(x, [batch, length, this.numHeads, size / this.numHeads]), [0, 2, 1, 3]);
  }
}

/** What hides from each position those after it. */
const laterPositions = (length: number, keys: number): Tensor => constant([length, keys], Array.from({ length: length * keys }, (_, i) => (i % keys > Math.floor(i / keys) ? HIDDEN : 0)));
