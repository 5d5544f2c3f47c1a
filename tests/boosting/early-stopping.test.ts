import { EarlyStopping } from '../../src/boosting/early-stopping.ts';

const rows = { y: new Float64Array(4), weights: undefined };
const raw = { train: () => rows.y, validation: () => rows.y, trainLoss: () => 0, validationLoss: () => 0 };

/** Feeds scores of the watched rows. @returns after which round it stops, and the best round */
function watch(scores: number[], { from = 0, patience = 2 } = {}): { stop: number; best: number } {
  const stopping = new EarlyStopping({ owner: 'Boost', scoring: 'mine', score: (_, raw) => (raw(0), scores[round - from]), train: rows, validation: undefined, nIterNoChange: patience, tol: 0 });
  let round = from;
  while (round - from < scores.length && !stopping.afterRound(raw, round)) round++;
  return { stop: round, best: stopping.bestRound };
}

const U = Number.NaN;

test.each<[string, number[], { stop: number; best: number }]>([
  ['a score that no longer rises', [1, 2, 3, 3, 2], { stop: 4, best: 2 }],
  ['a score that is not defined of equal predictions', [U, 1, 2, 1, 2], { stop: 4, best: 2 }],
  ['a score that is not defined for a round', [1, U, 2, 3, U, U], { stop: 5, best: 3 }],
])('stops after nIterNoChange rounds without a better one: %s', (_, scores, expected) => {
  expect(watch(scores)).toEqual(expected);
});

test('a score that has never been defined is told after the first round, in a warm start too', () => {
  const message = (round: number): string =>
    `Boost: scoring "mine" must be defined on the 4 training rows that early stopping watches, got NaN after round ${round}. Watch rows that it is defined on (of every class, say), or another score, such as scoring: 'loss'.`;
  expect(() => watch([U, U])).toThrow(message(1));
  expect(() => watch([U], { from: 8 })).toThrow(message(8));
});
