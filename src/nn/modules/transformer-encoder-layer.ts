import { choice, completeOptions, flag, integer, number, type Rules } from '../../core/rules.ts';
import { add } from '../operators/arithmetic.ts';
import { gelu, relu } from '../operators/functions.ts';
import type { Tensor } from '../tensor.ts';
import { Dropout } from './dropout.ts';
import { LayerNorm } from './layer-norm.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';
import { MultiheadAttention } from './multihead-attention.ts';

export interface TransformerEncoderLayerOptions {
  /** Width of the two linear layers' middle. Default 2048. */
  dimFeedforward?: number;
  /** Dropout of attention, middle and both results. Default 0.1. */
  dropout?: number;
  /** The function between the linear layers. Default 'relu'. */
  activation?: 'relu' | 'gelu';
  /** Added to variances. Default 1e-5. */
  layerNormEps?: number;
  /** Whether normalisation comes before attention and linear layers rather than after. Default false. */
  normFirst?: boolean;
  /** Whether a position sees only itself and those before. Default false. */
  causal?: boolean;
}

const rules: Rules<TransformerEncoderLayerOptions> = {
  dimFeedforward: integer(2048, { min: 1 }),
  dropout: number(0.1, { min: 0, max: 1, openMax: true }),
  activation: choice('relu', ['relu', 'gelu']),
  layerNormEps: number(1e-5, { min: 0 }),
  normFirst: flag(false),
  causal: flag(false),
};

/**
 * Attention of a sequence to itself, then two linear layers position by position; each is added to what went in, and
 * normalised. x: [N, length, dModel]; result likewise. `padding`, if given, is [N, length] with 1 where a position is
 * to be passed over and 0 elsewhere.
 *
 * Counterpart: torch.nn.TransformerEncoderLayer(batch_first=True); parameters have its names. A TransformerEncoder is a
 * Sequential of them. Source: Vaswani et al., NeurIPS 2017; normFirst: Xiong et al., ICML 2020.
 *
 * @example
 * new nn.Sequential(new nn.Embedding(2000, 64), new nn.TransformerEncoderLayer(64, 4, { dimFeedforward: 128 }))
 */
export class TransformerEncoderLayer extends Module {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout: Dropout;
  readonly normFirst: boolean;
  readonly activation: 'relu' | 'gelu';

  constructor(dModel: number, nhead: number, options: TransformerEncoderLayerOptions = {}) {
    super();
    const { dimFeedforward, dropout, activation, layerNormEps: eps, normFirst, causal } = completeOptions<TransformerEncoderLayerOptions>('TransformerEncoderLayer', options, rules);
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, causal });
    this.linear1 = new Linear(dModel, dimFeedforward);
    this.linear2 = new Linear(dimFeedforward, dModel);
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
    this.dropout = new Dropout(dropout);
    this.normFirst = normFirst;
    this.activation = activation;
  }

  override forward(x: Tensor, padding?: Tensor): Tensor {
    const { norm1, norm2 } = this;
    const attended = (h: Tensor): Tensor => this.dropout.forward(this.selfAttn.forward(h, h, h, padding));
    if (this.normFirst) {
      const h = add(x, attended(norm1.forward(x)));
      return add(h, this.#widened(norm2.forward(h)));
    }
    const h = norm1.forward(add(x, attended(x)));
    return norm2.forward(add(h, this.#widened(h)));
  }

  #widened(h: Tensor): Tensor {
    const middle = (this.activation === 'relu' ? relu : gelu)(this.linear1.forward(h));
    return this.dropout.forward(this.linear2.forward(this.dropout.forward(middle)));
  }
}
