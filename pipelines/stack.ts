import { CountVectorizer, LinearSVC, MultinomialNB, Pipeline, StackingClassifier, TfidfVectorizer } from 'refit';

/** A logistic regression over what naive Bayes on counts and a linear SVC on tf-idf say, out of fold. */
export default () =>
  new StackingClassifier({
    estimators: [
      ['bayes', new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]])],
      ['svc', new Pipeline([['tfidf', new TfidfVectorizer()], ['classify', new LinearSVC()]])],
    ],
    cv: 5,
  });
