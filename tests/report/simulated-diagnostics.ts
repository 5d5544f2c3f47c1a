import type { Diagnostics } from '../../src/competition/diagnostics.ts';

/** What a run might have found beyond scores. */
export function simulatedDiagnostics(changes: Partial<Diagnostics> = {}): Diagnostics {
  return {
    importance: { of: 'terms', metric: 'logLoss', shuffles: 3, names: ['free', 'click here', 'meeting', '<b>'], mean: [0.021, 0.013, 0.004, -0.001], std: [0.002, 0.003, 0.001, 0.001], baseline: 0.08, rows: 600 },
    hardest: [
      { id: 'm17', truth: 'ham', predicted: 'spam', value: 0.0123, content: { content: 'free <script>alert(1)</script> tickets for the meeting' } },
      { id: 'm4', truth: 'spam', predicted: 'ham', value: 0.0456, content: { content: 'see you at noon' } },
    ],
    hardestBy: 'probability',
    learningCurve: { rows: [300, 600, 1200, 2400], mean: [0.91, 0.93, 0.955, 0.962], std: [0.02, 0.012, 0.006, 0.004], folds: 3 },
    drift: { auc: 0.83, of: 'columns', names: ['week', 'town'], shares: [0.7, 0.3] },
    notes: ['With more than 20,000 rows, importance and learning curve are left out.'],
    ...changes,
  };
}
