/**
 * Neighbours: other libraries' tables, tokenizers and models as parts of a pipeline. Import from 'refit/adapters'. Nothing
 * here is loaded before it is used, and each says what to install when it is missing.
 */

// Tables
export { toDanfo } from './to-danfo.ts';
export { toArquero } from './to-arquero.ts';
export { toArrow } from './to-arrow.ts';

// Text
export { jiebaTokenizer, type JiebaOptions } from './jieba-tokenizer.ts';
export { naturalTokenizer, type NaturalTokenizerOptions } from './natural-tokenizer.ts';
export { naturalStopWords } from './natural-stop-words.ts';
export { SentenceEmbeddings, type SentenceEmbeddingsFitted, type SentenceEmbeddingsOptions } from './sentence-embeddings.ts';

// Models
export { MlClassifier, type MlClassifierFitted, type MlClassifierOptions } from './ml-classifier.ts';
export { MlRegressor, type MlRegressorFitted, type MlRegressorOptions } from './ml-regressor.ts';
export { TfjsClassifier, type TfjsClassifierOptions } from './tfjs-classifier.ts';
export { TfjsRegressor, type TfjsRegressorFitted, type TfjsRegressorOptions } from './tfjs-regressor.ts';
export type { TfjsFitted, TfjsLayer } from './tfjs-model.ts';
