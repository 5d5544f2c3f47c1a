import { codePointOrder } from './code-point-order.ts';
import type { GramTrie } from './gram-trie.ts';

/** Columns of the features of a trie. */
export interface FeatureOrder {
  /** Node → column, −1 for a node that is no feature. */
  column: Int32Array;
  /** The features' texts by column, ascending by code point. */
  terms: string[];
}

/**
 * Gives features their columns in code-point order of their texts, without comparing the texts: children in the
 * order of their last tokens, each before its own children, is that order, provided the separator sorts before
 * every sign of a token. Where it does not (tokens with spaces in them), the texts themselves are sorted, and
 * sequences with the same text share a column, as they do in scikit-learn.
 *
 * @param tokens texts of the tokens, by number
 * @param separator what stands between two tokens: a space between words, nothing between characters
 * @param isFeature a node's mark; −1 says that it was never counted
 */
export function orderFeatures(trie: GramTrie, tokens: readonly string[], separator: '' | ' ', isFeature: Int32Array): FeatureOrder {
  const tokenOrder = codePointOrder(tokens);
  const walked = walk(trie, tokens, tokenOrder, separator, isFeature);
  const mayTie = separator === ' ' && trie.size > trie.roots && tokens.some(hasSignBeforeSpace);
  return mayTie ? sortTexts(walked) : walked;
}

/** Whether a token is empty or has a sign up to the space. */
function hasSignBeforeSpace(token: string): boolean {
  for (let i = 0; i < token.length; i++) if (token.charCodeAt(i) <= 0x20) return true;
  return token.length === 0;
}

function walk(
  trie: GramTrie,
  tokens: readonly string[],
  tokenOrder: Int32Array,
  separator: string,
  isFeature: Int32Array,
): FeatureOrder {
  const { next, first } = childLists(trie, tokenOrder);
  const column = new Int32Array(trie.size).fill(-1);
  const terms: string[] = [];
  const path: number[] = [];
  const texts: string[] = [];
  for (let r = 0; r < tokenOrder.length; r++) {
    let node = tokenOrder[r];
    let depth = 0;
    for (;;) {
      const text = depth === 0 ? tokens[node] : texts[depth - 1] + separator + tokens[trie.last[node]];
      if (node < isFeature.length && isFeature[node] >= 0) {
        column[node] = terms.length;
        terms.push(text);
      }
      path[depth] = node;
      texts[depth] = text;
      if (first[node] >= 0) {
        node = first[node];
        depth++;
        continue;
      }
      while (depth > 0 && next[path[depth]] < 0) depth--;
      if (depth === 0) break;
      node = next[path[depth]];
    }
  }
  return { column, terms };
}

/** Children as linked lists in the order of their last tokens: the first child of a node, the next one of a child. */
function childLists(trie: GramTrie, tokenOrder: Int32Array): { first: Int32Array; next: Int32Array } {
  const { size, roots, parent, last } = trie;
  const rank = new Int32Array(roots);
  for (let r = 0; r < roots; r++) rank[tokenOrder[r]] = r;
  const starts = new Int32Array(roots + 1);
  for (let node = roots; node < size; node++) starts[rank[last[node]] + 1]++;
  for (let r = 0; r < roots; r++) starts[r + 1] += starts[r];
  const byRank = new Int32Array(size - roots);
  for (let node = roots; node < size; node++) byRank[starts[rank[last[node]]]++] = node;
  const first = new Int32Array(size).fill(-1);
  const next = new Int32Array(size).fill(-1);
  // From the last to the first: each is put in front of its parent's list.
  for (let k = byRank.length - 1; k >= 0; k--) {
    const node = byRank[k];
    next[node] = first[parent[node]];
    first[parent[node]] = node;
  }
  return { first, next };
}

function sortTexts({ column, terms }: FeatureOrder): FeatureOrder {
  const order = codePointOrder(terms);
  const sortedColumn = new Int32Array(terms.length);
  const sorted: string[] = [];
  for (let k = 0; k < order.length; k++) {
    const text = terms[order[k]];
    if (sorted.length === 0 || sorted[sorted.length - 1] !== text) sorted.push(text);
    sortedColumn[order[k]] = sorted.length - 1;
  }
  return { column: column.map((c) => (c < 0 ? -1 : sortedColumn[c])), terms: sorted };
}
