import { CountVectorizer, LogisticRegression, MultinomialNB, Pipeline, TfidfVectorizer, VotingClassifier } from 'refit';

/** Naive Bayes on counts and logistic regression on tf-idf; the mean of their probabilities decides. */
export default () =>
  new VotingClassifier({
    estimators: [
      ['bayes', new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]])],
      ['logistic', new Pipeline([['tfidf', new TfidfVectorizer()], ['classify', new LogisticRegression({ C: 100, maxIter: 1000 })]])],
    ],
    voting: 'soft',
  });
