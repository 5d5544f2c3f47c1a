import { classificationReport } from '../../src/metrics/classification-report.ts';

const yTrue = ['cat', 'dog', 'bird', 'dog', 'cat'];
const yPred = ['cat', 'cat', 'bird', 'dog', 'dog'];

test('lays text out as scikit-learn does', () => {
  expect(`\n${classificationReport(yTrue, yPred)}`).toBe(`
              precision    recall  f1-score   support

        bird       1.00      1.00      1.00         1
         cat       0.50      0.50      0.50         2
         dog       0.50      0.50      0.50         2

    accuracy                           0.60         5
   macro avg       0.67      0.67      0.67         5
weighted avg       0.60      0.60      0.60         5
`);
});

test('as an object, keeps labels as they are and apart from averages', () => {
  const report = classificationReport([true, false, true], [true, false, false], { outputDict: true });
  expect(report.classes).toEqual([
    { label: false, name: 'False', precision: 0.5, recall: 1, f1Score: 2 / 3, support: 1 },
    { label: true, name: 'True', precision: 1, recall: 0.5, f1Score: 2 / 3, support: 2 },
  ]);
  expect(report.accuracy).toBeCloseTo(2 / 3, 14);
  expect(report.microAvg).toBeNull();
  expect(report.macroAvg).toEqual({ precision: 0.75, recall: 0.75, f1Score: 2 / 3, support: 3 });
  expect(report.weightedAvg.precision).toBeCloseTo(5 / 6, 14);
});

test('has a micro average in place of the accuracy where labels are left out', () => {
  const report = classificationReport(yTrue, yPred, { outputDict: true, labels: ['dog', 'bird'] });
  expect(report.classes.map(({ label }) => label)).toEqual(['dog', 'bird']);
  expect(report.accuracy).toBeNull();
  expect(report.microAvg).toEqual({ precision: 2 / 3, recall: 2 / 3, f1Score: 2 / 3, support: 3 });
});
