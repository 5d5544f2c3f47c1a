import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Takes } from '../core/estimator.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { choice, custom, flag, integer, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Transformer } from '../core/transformer.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { loadPackage } from './load-package.ts';

export interface SentenceEmbeddingsOptions {
  /** Folder of a model as Hugging Face keeps them: config.json, tokenizer.json, tokenizer_config.json, onnx/model.onnx. */
  model?: string;
  /** 'mean' over a text's tokens, or the vector of its first one. Default 'mean'. */
  pooling?: 'mean' | 'cls';
  /** Whether each vector is divided by its length. Default true. */
  normalize?: boolean;
  /** Texts at a time. Default 32. */
  batchSize?: number;
  /** 'fp32' reads onnx/model.onnx, 'q8' onnx/model_quantized.onnx. Default 'fp32'. */
  dtype?: 'fp32' | 'fp16' | 'q8';
}

export interface SentenceEmbeddingsFitted {
  /** Length of a vector. */
  nFeaturesOut: number;
}

interface Extractor {
  (texts: string[], options: { pooling: string; normalize: boolean }): Promise<{ dims: number[]; data: ArrayLike<number>; dispose?(): void }>;
}

/** Models in use, and the vectors of texts met before, by model and settings: folds share most of their texts. */
const extractors = new Map<string, Promise<Extractor>>();
const vectors = new Map<string, Map<string, Float32Array>>();
/** Texts remembered by model; the first are forgotten first. */
const MOST_TEXTS = 200_000;

/**
 * Texts as vectors of a pretrained transformer, read from a local folder; nothing is fetched. The model is not trained, so
 * nothing of one text reaches another: `fit` only learns the length of a vector. Each text is embedded once per process.
 *
 * X: an array of strings. Result: texts × dimensions, dense.
 * `fitted`: nFeaturesOut. A saved pipeline keeps the folder's path, not the model.
 *
 * @throws RefitError when @huggingface/transformers is not installed; OptionError for a folder that is no model
 *
 * @example
 * new Pipeline([['embed', new SentenceEmbeddings({ model: 'models/all-MiniLM-L6-v2' })], ['classify', new LogisticRegression()]]);
 */
export class SentenceEmbeddings extends Transformer<SentenceEmbeddingsOptions, SentenceEmbeddingsFitted, readonly string[], DenseMatrix> {
  static override readonly takes: Takes = 'texts';

  static override readonly rules: Rules<SentenceEmbeddingsOptions> = {
    model: custom('', 'the path of a folder', (v) => typeof v === 'string', 0),
    pooling: choice('mean', ['mean', 'cls']),
    normalize: flag(true),
    batchSize: integer(32, { min: 1 }),
    dtype: choice('fp32', ['fp32', 'fp16', 'q8']),
  };

  async fit(X: readonly string[]): Promise<this> {
    if (X.length === 0) throw new ShapeError(`${this.owner}: X must have at least 1 text, got none.`);
    const [vector] = await this.#embed(X.slice(0, 1));
    return this.restore({ nFeaturesOut: vector.length });
  }

  async transform(X: readonly string[]): Promise<DenseMatrix> {
    const { nFeaturesOut } = this.fitted;
    const result = new DenseMatrix(X.length, nFeaturesOut);
    for (const [i, vector] of (await this.#embed(X)).entries()) {
      if (vector.length !== nFeaturesOut) {
        throw new ShapeError(`${this.owner}: vectors must have ${nFeaturesOut} numbers as in fit, got ${vector.length}. Is ${show(this.options.model)} still the same model?`);
      }
      result.data.set(vector, i * nFeaturesOut);
    }
    return result;
  }

  override featureNamesOut(): string[] {
    return Array.from({ length: this.fitted.nFeaturesOut }, (_, j) => `embedding${j}`);
  }

  async #embed(texts: readonly string[]): Promise<Float32Array[]> {
    texts.forEach((text, i) => {
      if (typeof text !== 'string') throw new DataError(`${this.owner}: X must hold texts, row ${i} has ${show(text)}.`);
    });
    const { pooling, normalize, batchSize, dtype } = this.options;
    const folder = resolve(this.options.model);
    const known = remembered(`${folder} ${dtype} ${pooling} ${normalize}`);
    const missing = [...new Set(texts.filter((text) => !known.has(text)))];
    const found = new Map(texts.filter((text) => known.has(text)).map((text) => [text, known.get(text) as Float32Array]));
    if (missing.length > 0) {
      const extract = await this.#extractor(folder);
      for (let from = 0; from < missing.length; from += batchSize) {
        const batch = missing.slice(from, from + batchSize);
        const tensor = await extract(batch, { pooling, normalize });
        const width = tensor.dims[tensor.dims.length - 1];
        for (const [i, text] of batch.entries()) {
          const vector = Float32Array.from({ length: width }, (_, j) => tensor.data[i * width + j]);
          found.set(text, vector);
          if (known.size >= MOST_TEXTS) known.delete(known.keys().next().value as string);
          known.set(text, vector);
        }
        tensor.dispose?.();
      }
    }
    return texts.map((text) => found.get(text) as Float32Array);
  }

  #extractor(folder: string): Promise<Extractor> {
    const { dtype } = this.options;
    if (!existsSync(join(folder, 'config.json'))) {
      throw new OptionError(`${this.owner}: model must be a folder with config.json, tokenizer.json and onnx/model.onnx, got ${show(this.options.model)}.`);
    }
    const key = `${folder} ${dtype}`;
    let made = extractors.get(key);
    if (made === undefined) {
      extractors.set(key, (made = this.#load(folder)));
      made.catch(() => extractors.delete(key));
    }
    return made;
  }

  async #load(folder: string): Promise<Extractor> {
    const { env, pipeline } = await loadPackage(this.owner, '@huggingface/transformers');
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = dirname(folder);
    return pipeline('feature-extraction', basename(folder), { local_files_only: true, dtype: this.options.dtype, device: 'cpu' });
  }
}

function remembered(key: string): Map<string, Float32Array> {
  let known = vectors.get(key);
  if (known === undefined) vectors.set(key, (known = new Map()));
  return known;
}
