import { CountVectorizer, MultinomialNB, Pipeline } from 'refit';

/** Word counts into naive Bayes: nothing to tune, fitted in one pass. */
export default () =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenPattern: /\w+/gu })],
    ['classify', new MultinomialNB({ alpha: 0.1 })],
  ]);
