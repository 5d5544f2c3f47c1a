import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { componentNames } from './component-names.ts';
import { dirichletExpectation } from './dirichlet-expectation.ts';
import { documentTopics } from './document-topics.ts';
import { topicBound } from './topic-bound.ts';

export interface LatentDirichletAllocationOptions {
  /** Number of topics, k. Default 10. */
  nComponents?: number;
  /** α of the prior of a document's topics, in (0, 1]: small values want few topics. Default null: 1/k. */
  docTopicPrior?: number | null;
  /** η of the prior of a topic's words, in (0, 1]: small values want few words. Default null: 1/k. */
  topicWordPrior?: number | null;
  /** 'batch' learns from all rows at once, 'online' from `batchSize` of them at a time, in their order. Default 'batch'. */
  learningMethod?: 'batch' | 'online';
  /** How fast 'online' forgets, κ in the weight (learningOffset + t)^−κ of batch t. Default 0.7. */
  learningDecay?: number;
  /** Lowers the weight of the first batches of 'online', at least 1. Default 10. */
  learningOffset?: number;
  /** Passes over the rows. Default 10. */
  maxIter?: number;
  /** Rows in a batch of 'online'. Default 128. */
  batchSize?: number;
  /** After how many passes each the perplexity is looked at; null never does, and makes all passes. Default null. */
  evaluateEvery?: number | null;
  /** Stop once the perplexity changes by less than this between two looks. Default 0.1. */
  perpTol?: number;
  /** A row is done once the mean change of its γ is below this. Default 1e-3. */
  meanChangeTol?: number;
  /** Most rounds per row and pass. Default 100. */
  maxDocUpdateIter?: number;
  /** Seed of the topics and rows to start from; null is seed 0. Default null. */
  randomState?: number | null;
}

/** What LatentDirichletAllocation has learned; k is the number of topics. */
export interface LatentDirichletAllocationFitted extends FeaturesSeen {
  /** λ, k × words: how often each word belongs to each topic, the prior η included. Divide a row by its sum for shares. */
  components: DenseMatrix;
  /** Perplexity of the rows in fit; NaN where they have no word at all. */
  bound: number;
  /** Passes made. */
  iterations: number;
  /** Whether the perplexity came to rest before maxIter; true where it is not looked at. */
  converged: boolean;
}

/**
 * Latent Dirichlet allocation: documents as mixtures of topics, topics as mixtures of words. A word of document i comes
 * from topic k with probability θᵢₖ and is then w with probability β_kw, where θᵢ and βₖ have Dirichlet priors α and η;
 * what X tells of θ and β is found by variational Bayes.
 *
 * X: rows × words of counts, none negative, dense or sparse, as CountVectorizer makes it. `transform` gives each row's
 * shares of topics, rows × k, which sum to 1; `perplexity(X)` and `score(X)` (the bound of ln p(X)) judge topics on any
 * rows. `fitted`: components (λ), bound, iterations, converged.
 *
 * @throws DataError for negative numbers
 * Counterpart: scikit-learn's LatentDirichletAllocation, from the same start for the same seed; its digamma function keeps
 * nine digits, ours all, and its perplexity of rows without a word may be infinite. Without `partial_fit` (and `total_samples`) and `n_jobs`, whose number changes its results.
 * Source: Blei, Ng and Jordan, "Latent Dirichlet allocation", JMLR 3, 2003; Hoffman, Blei and Bach, "Online learning for
 * latent Dirichlet allocation", NIPS 2010.
 *
 * @example
 * const topics = await new LatentDirichletAllocation({ nComponents: 20, randomState: 1 }).fit(counts);
 * await topics.transform(counts); // rows × 20
 */
export class LatentDirichletAllocation extends MatrixTransformer<LatentDirichletAllocationOptions, Omit<LatentDirichletAllocationFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<LatentDirichletAllocationOptions> = {
    nComponents: integer(10, { min: 1 }),
    docTopicPrior: optional(number(0.1, { min: 0, max: 1, openMin: true })),
    topicWordPrior: optional(number(0.1, { min: 0, max: 1, openMin: true })),
    learningMethod: choice('batch', ['batch', 'online']),
    learningDecay: number(0.7, { min: 0, max: 1 }),
    learningOffset: number(10, { min: 1 }),
    maxIter: integer(10, { min: 1 }),
    batchSize: integer(128, { min: 1 }),
    evaluateEvery: optional(integer(1, { min: 1 })),
    perpTol: number(0.1, { min: 0 }),
    meanChangeTol: number(1e-3, { min: 0 }),
    maxDocUpdateIter: integer(100, { min: 1 }),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<LatentDirichletAllocationFitted, 'nFeaturesIn'> {
    this.#refuseNegative(X);
    const { nComponents, learningMethod, learningDecay, learningOffset, maxIter, batchSize, evaluateEvery, perpTol, randomState } = this.options;
    const random = new RandomState(randomState);
    const components = new DenseMatrix(nComponents, X.cols, random.gamma(100, 0.01, nComponents * X.cols));
    const batches = learningMethod === 'batch' ? [X] : batchesOf(X, batchSize);
    let seen = 0;
    let iterations = 0;
    let last: number | undefined;
    let converged = evaluateEvery === null;
    while (iterations < maxIter) {
      for (const batch of batches) {
        const counted = this.#countWords(batch, components, random);
        const weight = learningMethod === 'batch' ? 1 : (learningOffset + ++seen) ** -learningDecay;
        const scale = X.rows / batch.rows;
        for (let p = 0; p < components.data.length; p++) components.data[p] = (1 - weight) * components.data[p] + weight * (this.#topicWordPrior + scale * counted.data[p]);
      }
      if (evaluateEvery !== null && (iterations + 1) % evaluateEvery === 0) {
        const perplexity = this.#perplexity(X, components);
        if (last !== undefined && Math.abs(last - perplexity) < perpTol) {
          converged = true;
          break;
        }
        last = perplexity;
      }
      iterations++;
    }
    return { components, bound: this.#perplexity(X, components), iterations, converged };
  }

  /** Shares of topics: rows × k, each row summing to 1. */
  protected apply(X: Matrix, { components }: LatentDirichletAllocationFitted): DenseMatrix {
    this.#refuseNegative(X);
    const topics = this.#topicsOf(X, components);
    for (let i = 0; i < topics.rows; i++) {
      const row = topics.row(i);
      const total = row.reduce((sum, value) => sum + value, 0);
      for (let t = 0; t < row.length; t++) row[t] /= total;
    }
    return topics;
  }

  /** exp(−bound of ln p(X) / number of words): lower is better; NaN for rows without a word. */
  async perplexity(X: MatrixLike): Promise<number> {
    const matrix = this.checkSeen(X);
    this.#refuseNegative(matrix);
    return this.#perplexity(matrix, this.fitted.components);
  }

  /** The lower bound of ln p(X): higher is better. */
  async score(X: MatrixLike): Promise<number> {
    const matrix = this.checkSeen(X);
    this.#refuseNegative(matrix);
    return this.#bound(matrix, this.fitted.components);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  get #docTopicPrior(): number {
    return this.options.docTopicPrior ?? 1 / this.options.nComponents;
  }

  get #topicWordPrior(): number {
    return this.options.topicWordPrior ?? 1 / this.options.nComponents;
  }

  /** How often each topic has each word by the topics as they are: k × words. */
  #countWords(X: Matrix, components: DenseMatrix, random: RandomState): DenseMatrix {
    const weights = wordWeights(components);
    const sums = new DenseMatrix(X.cols, components.rows);
    const topics = new DenseMatrix(X.rows, components.rows, random.gamma(100, 0.01, X.rows * components.rows));
    documentTopics(X, weights, topics, sums, this.#rounds);
    for (let p = 0; p < sums.data.length; p++) sums.data[p] *= weights.data[p];
    return sums.transpose();
  }

  /** γ of rows, rows × k. */
  #topicsOf(X: Matrix, components: DenseMatrix): DenseMatrix {
    const topics = new DenseMatrix(X.rows, components.rows, new Float64Array(X.rows * components.rows).fill(1));
    documentTopics(X, wordWeights(components), topics, null, this.#rounds);
    return topics;
  }

  get #rounds(): { prior: number; maxRounds: number; tol: number } {
    return { prior: this.#docTopicPrior, maxRounds: this.options.maxDocUpdateIter, tol: this.options.meanChangeTol };
  }

  #bound(X: Matrix, components: DenseMatrix): number {
    return topicBound(X, this.#topicsOf(X, components), components, this.#docTopicPrior, this.#topicWordPrior);
  }

  #perplexity(X: Matrix, components: DenseMatrix): number {
    const words = X.data.reduce((sum, count) => sum + count, 0);
    return words === 0 ? Number.NaN : Math.exp(-this.#bound(X, components) / words);
  }

  #refuseNegative(X: Matrix): void {
    const value = X.data.find((v) => v < 0);
    if (value !== undefined) throw new DataError(`${this.owner}: X must hold counts of at least 0, got ${show(value)}. Use CountVectorizer before it.`);
  }
}

/** exp(E[ln β]), words × topics. */
function wordWeights(components: DenseMatrix): DenseMatrix {
  const expected = dirichletExpectation(components).transpose();
  for (let p = 0; p < expected.data.length; p++) expected.data[p] = Math.exp(expected.data[p]);
  return expected;
}

function batchesOf(X: Matrix, size: number): Matrix[] {
  return Array.from({ length: Math.ceil(X.rows / size) }, (_, b) => X.take(Int32Array.from({ length: Math.min(size, X.rows - b * size) }, (__, i) => b * size + i)));
}
