import { logGamma } from '../core/log-gamma.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { dirichletExpectation } from './dirichlet-expectation.ts';
import { rowOf } from './document-topics.ts';

/**
 * The variational lower bound of ln p(X) under latent Dirichlet allocation: E[ln p(words | θ, β)] plus, for the topics of
 * documents and the words of topics, E[ln prior] − E[ln q].
 *
 * @param topics γ, rows × topics @param components λ, topics × words
 * Source: Hoffman, Blei and Bach, "Online learning for latent Dirichlet allocation", NIPS 2010, eq. 4.
 */
export function topicBound(X: Matrix, topics: DenseMatrix, components: DenseMatrix, docTopicPrior: number, topicWordPrior: number): number {
  const ofTopics = dirichletExpectation(topics);
  const ofWords = dirichletExpectation(components).transpose();
  const k = topics.cols;
  let bound = 0;
  for (let i = 0; i < X.rows; i++) {
    const { words, counts, from, to } = rowOf(X, i);
    for (let p = from; p < to; p++) {
      let highest = -Infinity;
      for (let t = 0; t < k; t++) highest = Math.max(highest, ofTopics.data[i * k + t] + ofWords.data[words[p] * k + t]);
      let sum = 0;
      for (let t = 0; t < k; t++) sum += Math.exp(ofTopics.data[i * k + t] + ofWords.data[words[p] * k + t] - highest);
      bound += counts[p] * (highest + Math.log(sum));
    }
  }
  return bound + priorLessPosterior(docTopicPrior, topics, ofTopics) + priorLessPosterior(topicWordPrior, components, ofWords.transpose());
}

/** Σ over rows of E[ln Dir(prior)] − E[ln Dir(row)]. */
function priorLessPosterior(prior: number, parameters: DenseMatrix, expected: DenseMatrix): number {
  const { rows, cols } = parameters;
  let sum = rows * (logGamma(prior * cols) - cols * logGamma(prior));
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) {
      sum += (prior - parameters.data[j]) * expected.data[j] + logGamma(parameters.data[j]);
      total += parameters.data[j];
    }
    sum -= logGamma(total);
  }
  return sum;
}
