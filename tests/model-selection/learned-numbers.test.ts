import { learnedNumbers } from '../../src/model-selection/learned-numbers.ts';
import { LinearRegression, Pipeline, StandardScaler } from '../../src/index.ts';

describe('learnedNumbers', () => {
  test('counts arrays, numbers and what stages of a pipeline hold, each once', async () => {
    const X = [[1, 2], [2, 1], [3, 5], [4, 4]];
    const linear = await new LinearRegression().fit(X, [1, 2, 3, 4]);
    const scaler = await new StandardScaler().fit(X);
    const pipeline = await new Pipeline([['scale', new StandardScaler()], ['predict', new LinearRegression()]]).fit(X, [1, 2, 3, 4]);
    const [ofLinear, ofScaler] = [learnedNumbers([linear]), learnedNumbers([scaler])];
    expect(ofLinear).toBeGreaterThanOrEqual(3);
    expect(learnedNumbers([pipeline])).toBe(ofLinear + ofScaler);
    expect(learnedNumbers([linear, linear, scaler])).toBe(ofLinear + ofScaler);
  });

  test('counts nothing of what is not fitted, of texts, and of getters', () => {
    const lazy = { texts: ['a', 'b'], get all(): number[] { throw new Error('made when asked for'); } };
    expect(learnedNumbers([new LinearRegression(), lazy])).toBe(0);
    expect(learnedNumbers([{ a: Float64Array.of(1, 2), b: [3, new Map([['x', 4]])] }])).toBe(4);
  });
});
