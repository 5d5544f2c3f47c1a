import { completeOptions, integer } from '../../core/rules.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import { asMatrix } from '../../matrix/matrix.ts';
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

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super();
    const owner = new.target.name;
    this.weight = new Parameter([sizeOption(owner, 'numEmbeddings', numEmbeddings), sizeOption(owner, 'embeddingDim', embeddingDim)]);
    const id = { ...integer(0, { min: 0, max: numEmbeddings - 1 }), default: undefined };
    this.paddingIdx = completeOptions<EmbeddingOptions>(owner, options, { paddingIdx: id }).paddingIdx;
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
  /**
   * A table that begins with given rows, word vectors for instance: numEmbeddings × embeddingDim.
   * @param options freeze: whether training leaves them as they are. Default true, as PyTorch's
   * Counterpart: torch.nn.Embedding.from_pretrained.
   */
  static fromPretrained(rows: DenseMatrix | readonly ArrayLike<number>[], { freeze = true, ...options }: EmbeddingOptions & { freeze?: boolean } = {}): Embedding {
    const matrix = rows instanceof DenseMatrix ? rows : (asMatrix('Embedding.fromPretrained', rows) as DenseMatrix);
    const table = new Embedding(matrix.rows, matrix.cols, options);
    table.weight.data.set(matrix.data);
    table.weight.requiresGrad = !freeze;
    return table;
  }

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
