import { OptionError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { normal } from '../init.ts';
import { embedding, embeddingBag } from '../operators/embedding.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface EmbeddingOptions {
  /** An id that stands for nothing: its row starts at zero and is not trained. Default: none. */
  paddingIdx?: number;
}

abstract class Table extends Module {
  readonly weight: Parameter;
  readonly paddingIdx: number | undefined;

  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx }: EmbeddingOptions = {}) {
    super();
    const owner = new.target.name;
    if (paddingIdx !== undefined && !(Number.isInteger(paddingIdx) && paddingIdx >= 0 && paddingIdx < numEmbeddings)) {
      throw new OptionError(`${owner}: paddingIdx must be a whole number in [0, ${numEmbeddings - 1}], got ${show(paddingIdx)}.`);
    }
    this.paddingIdx = paddingIdx;
    this.weight = new Parameter([sizeOption(owner, 'numEmbeddings', numEmbeddings), sizeOption(owner, 'embeddingDim', embeddingDim)]);
    this.resetParameters();
  }

  override resetParameters(): void {
    normal(this.weight);
    const size = this.weight.shape[1];
    if (this.paddingIdx !== undefined) this.weight.data.fill(0, this.paddingIdx * size, (this.paddingIdx + 1) * size);
  }
}

/**
 * A row of numbers for each id. ids: int32 [N, …]; result: [N, …, embeddingDim]. Rows are drawn from the standard
 * normal distribution.
 * Counterpart: torch.nn.Embedding.
 *
 * @example
 * new nn.Embedding(vocabulary.length, 32, { paddingIdx: 0 })
 */
export class Embedding extends Table {
  override forward(ids: Tensor): Tensor {
    return embedding(ids, this.weight, this.paddingIdx);
  }
}

/**
 * The mean of the rows of each bag of ids. ids: int32 [N, length]; shorter bags are filled up with `paddingIdx`, which
 * does not count. Result: [N, embeddingDim].
 * Counterpart: torch.nn.EmbeddingBag(mode="mean") on ids of two dimensions.
 */
export class EmbeddingBag extends Table {
  override forward(ids: Tensor): Tensor {
    return embeddingBag(ids, this.weight, this.paddingIdx);
  }
}
