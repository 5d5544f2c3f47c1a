import * as refit from '../../src/index.ts';
import { fixture } from '../fixture.ts';

const precise = { tol: 1e-10, maxIter: 10_000 };

/** The models that the fixtures name. */
const makers: Record<string, () => any> = {
  GaussianNB: () => new refit.GaussianNB(),
  LogisticRegression: () => new refit.LogisticRegression(precise),
  KNeighborsClassifier: () => new refit.KNeighborsClassifier({ nNeighbors: 3 }),
  SVC: () => new refit.SVC({ tol: 1e-8 }),
  ScaledLogistic: () => new refit.Pipeline([['scale', new refit.StandardScaler()], ['classify', new refit.LogisticRegression(precise)]]),
  LinearRegression: () => new refit.LinearRegression(),
  Ridge: () => new refit.Ridge({ alpha: 2 }),
  KNeighborsRegressor: () => new refit.KNeighborsRegressor({ nNeighbors: 4 }),
  ScaledRidge: () => new refit.Pipeline([['scale', new refit.StandardScaler()], ['regress', new refit.Ridge()]]),
  Stump: () => new refit.DecisionTreeClassifier({ maxDepth: 1 }),
  Tree2: () => new refit.DecisionTreeClassifier({ maxDepth: 2 }),
  Tree3: () => new refit.DecisionTreeRegressor({ maxDepth: 3 }),
};

/** An unfitted model by its name in the fixtures; a 'Tree' is a classifier or a regressor as the data ask. */
export function modelNamed(name: string, data: string): any {
  if (name === 'Tree') return data === 'numbers' ? new refit.DecisionTreeRegressor() : new refit.DecisionTreeClassifier();
  return makers[name]();
}

/** The options of a case, with its models in them. */
export function optionsOf({ options, input }: { options: object; input: any }): object {
  const { members, estimator, final, data } = input as { members?: string[]; estimator?: string; final?: string; data: string };
  return {
    ...options,
    ...(members && { estimators: members.map((name) => [name.toLowerCase(), modelNamed(name, data)]) }),
    ...(estimator && { estimator: modelNamed(estimator, data) }),
    ...(final && { finalEstimator: modelNamed(final, data) }),
  };
}

export interface FixtureData {
  X: number[][];
  y: any[];
  new: number[][];
  sampleWeight: number[];
}

/** The data of the fixtures by name. */
export const data: Readonly<Record<string, FixtureData>> = Object.fromEntries(fixture('ensemble-data').cases.map(({ name, input }) => [name, input as FixtureData]));
