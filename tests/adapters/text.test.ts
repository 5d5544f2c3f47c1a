import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CountVectorizer, LogisticRegression, MultinomialNB, Pipeline, TfidfVectorizer } from 'refit';
import { jiebaTokenizer, naturalStopWords, naturalTokenizer, SentenceEmbeddings } from 'refit/adapters';
import { encodeOnnx } from '../../src/formats/encode-onnx.ts';
import { OnnxGraphBuilder } from '../../src/formats/onnx-graph-builder.ts';

test('natural cuts, stems and spells words by sound for a vectorizer', async () => {
  const counter = new CountVectorizer({ tokenizer: await naturalTokenizer({ stemmer: 'PorterStemmer' }), stopWords: await naturalStopWords() });
  await counter.fit(['The cats were running', 'a cat runs']);
  // 'the', 'a' and 'were' are stop words.
  assert.deepEqual(counter.featureNamesOut(), ['cat', 'run']);
  const sound = await naturalTokenizer({ phonetics: 'SoundEx' });
  assert.deepEqual(sound('Robert Rupert'), ['R163', 'R163']);
  const metaphone = await naturalTokenizer({ phonetics: 'Metaphone' });
  assert.equal(metaphone('knight')[0], metaphone('night')[0]);
});

test('natural has regular expressions and other languages', async () => {
  assert.deepEqual((await naturalTokenizer({ tokenizer: 'RegexpTokenizer', tokenizerOptions: { pattern: /-/ } }))('a-b'), ['a', 'b']);
  assert.deepEqual((await naturalTokenizer({ tokenizer: 'AggressiveTokenizerFr', stemmer: 'PorterStemmerFr' }))('les chats'), ['le', 'chat']);
  await assert.rejects(naturalTokenizer({ stemmer: 'NoStemmer' }), /stemmer must be one of .*PorterStemmer.*, got "NoStemmer"/);
});

test('jieba cuts Chinese text, and a classifier learns from it', async () => {
  const tokenizer = await jiebaTokenizer();
  assert.deepEqual(tokenizer('我来到北京清华大学。'), ['我', '来到', '北京', '清华大学']);
  assert.ok((await jiebaTokenizer({ mode: 'search' }))('清华大学').includes('大学'));
  assert.ok((await jiebaTokenizer({ mode: 'all' }))('清华大学').length > 1);
  const texts = ['恭喜您中奖了，请点击链接领取奖金', '免费领取优惠券，点击链接', '明天上午十点开会', '会议改到下午三点', '中奖通知：奖金等您领取', '请把会议记录发给我'];
  const labels = ['spam', 'spam', 'ham', 'ham', 'spam', 'ham'];
  const pipeline = new Pipeline([['words', new TfidfVectorizer({ tokenizer })], ['classify', new MultinomialNB()]]);
  await pipeline.fit(texts, labels);
  assert.deepEqual(await pipeline.predict(['点击链接领取奖金', '下午开会']), ['spam', 'ham']);
});

/** A model of Hugging Face's layout whose tokens are rows of a small matrix. */
function tinyModel(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'refit-model-')), 'tiny');
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'good', 'bad', 'film'];
  const graph = new OnnxGraphBuilder('tiny');
  const ids = graph.input('input_ids', 'int64', ['B', 'T']);
  graph.input('attention_mask', 'int64', ['B', 'T']);
  const rows = graph.constant({ type: 'float', shape: [7, 2], data: Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 3, 0, 0, 3, 1, 2) });
  graph.output('last_hidden_state', graph.node('Gather', [rows, ids]), 'float', ['B', 'T', 2]);
  writeFileSync(join(folder, 'onnx', 'model.onnx'), encodeOnnx(graph.model({ opsets: { '': 17 } })));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ model_type: 'bert', architectures: ['BertModel'], hidden_size: 2, vocab_size: 7 }));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: 'BertTokenizer', pad_token: '[PAD]', unk_token: '[UNK]', cls_token: '[CLS]', sep_token: '[SEP]', model_max_length: 16 }));
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }));
  writeFileSync(
    join(folder, 'tokenizer.json'),
    JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: special,
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(words.map((word, i) => [word, i])) },
    }),
  );
  return folder;
}

const model = tinyModel();
after(() => rmSync(join(model, '..'), { recursive: true }));

test('a local transformer embeds texts, each once', async () => {
  const stage = new SentenceEmbeddings({ model, normalize: false, batchSize: 2 });
  const texts = ['good film', 'bad', 'good film', ''];
  const X = await stage.fitTransform(texts);
  // [CLS] good film [SEP]: the mean of (1,1), (3,0), (1,2), (1,1).
  assert.deepEqual([...X.row(0)], [1.5, 1]);
  assert.deepEqual([...X.row(2)], [1.5, 1]);
  assert.ok(Math.abs(X.at(1, 1) - 5 / 3) < 1e-6);
  assert.deepEqual([...X.row(3)], [1, 1]);
  assert.deepEqual(stage.featureNamesOut(), ['embedding0', 'embedding1']);
  const long = await new SentenceEmbeddings({ model }).fitTransform(texts);
  assert.ok(Math.abs(Math.hypot(...long.row(0)) - 1) < 1e-6);
  const first = await new SentenceEmbeddings({ model, pooling: 'cls', normalize: false }).fitTransform(texts);
  assert.deepEqual([...first.row(1)], [1, 1]);
});

test('embeddings are a stage like another', async () => {
  const pipeline = new Pipeline([['embed', new SentenceEmbeddings({ model })], ['classify', new LogisticRegression({ C: 100 })]]);
  await pipeline.fit(['good', 'good film', 'bad', 'bad film'], [1, 1, 0, 0]);
  assert.deepEqual(await pipeline.predict(['good good', 'bad bad']), [1, 0]);
});

test('a folder that is no model is refused', async () => {
  const stage = new SentenceEmbeddings({ model: join(model, 'nowhere') });
  await assert.rejects(stage.fit(['x']), /SentenceEmbeddings: model must be a folder with config.json/);
  assert.ok(existsSync(model));
});
