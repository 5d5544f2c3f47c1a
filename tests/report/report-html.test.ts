import { parseHTML } from 'linkedom';
import { formatMeanStd } from '../../src/report/format-score.ts';
import { reportHtml } from '../../src/report/report-html.ts';
import { simulatedRegression, simulatedRun } from './simulated-run.ts';

// The project's types know no DOM; linkedom's own are loose enough for tests.
const parse = (page: string): any => parseHTML(page).document;
const all = (document: any, selector: string): any[] => [...document.querySelectorAll(selector)];

describe('reportHtml of a two-class run', () => {
  const data = simulatedRun({ rows: 600 });
  let page: string;
  let document: any;
  beforeAll(async () => {
    page = await reportHtml(data);
    document = parse(page);
  });

  test('of a blend that a member is ahead of says so, and claims no refit', async () => {
    const data = simulatedRun({ pipelines: [['trees', 4.2], ['blend', 3.4]] });
    data.record.winner = 'blend';
    data.record.pipelines.find(({ name }) => name === 'blend')!.stages = [{ name: 'blend', estimator: 'HillClimbing', options: {} }];
    const document = parse(await reportHtml(data));
    expect(document.querySelector('.verdict').textContent).toMatch(/^blend scores accuracy [\d.]+ ± [\d.]+ over 5 folds\. trees \([\d.]+ ± [\d.]+\) is ahead of it by 0\.[\d]+, and better in 5 of 5 folds\.$/);
    expect(document.querySelector('.tag').textContent).toBe('submitted');
    expect(document.querySelector('#settings').textContent).not.toContain('Refit of');
  });

  test('gives the same bytes each time', async () => {
    expect(await reportHtml(data)).toBe(page);
  });

  test('needs nothing but itself', () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|<script|<link|<img|<iframe|@import|url\(|\bsrc=/i);
    for (const link of all(document, '[href]')) expect(link.getAttribute('href')).toMatch(/^#/);
  });

  test('leads with the outcome', () => {
    expect(document.querySelector('h1').textContent).toBe('Which messages are spam?');
    const { accuracy } = data.record.pipelines[0].scores;
    expect(document.querySelector('.verdict').textContent).toMatch(/^tfidf-logistic wins: accuracy [\d.]+ ± [\d.]+ over 5 folds\. That is [\d.]+ ahead of count-logistic/);
    expect(document.querySelector('.verdict').textContent).toContain(formatMeanStd(accuracy));
  });

  test('has one h1 and no skipped heading level', () => {
    const levels = all(document, 'h1, h2, h3').map((h) => Number(h.tagName[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, i) => expect(level - levels[i]).toBeLessThanOrEqual(1));
  });

  test('has every chart, each with a caption and its numbers in words', () => {
    const titles = all(document, 'figure figcaption strong').map((e) => e.textContent);
    for (const title of ['Accuracy by fold', 'ROC curves', 'Precision and recall', 'Confusion matrix', 'Predicted probability of spam', 'Calibration']) {
      expect(titles.some((text) => text.startsWith(title))).toBe(true);
    }
    for (const svg of all(document, 'svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.getAttribute('aria-label')).toMatch(/\d/);
    }
  });

  test('has a caption and scopes in every table, in a region that the keyboard can scroll', () => {
    const tables = all(document, 'table');
    expect(tables.length).toBeGreaterThanOrEqual(6);
    for (const table of tables) {
      expect(table.querySelector('caption').textContent).not.toBe('');
      for (const head of all(table, 'th')) expect(head.getAttribute('scope')).toMatch(/^(col|row)$/);
      expect(table.parentNode.getAttribute('tabindex')).toBe('0');
    }
  });

  test('gives every id once, and every reference leads to one', () => {
    const ids = all(document, '[id]').map((e) => e.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...all(document, '[aria-labelledby]').map((e) => e.getAttribute('aria-labelledby')), ...all(document, '[href]').map((e) => e.getAttribute('href').slice(1))];
    for (const reference of references) expect(ids).toContain(reference);
  });

  test('the leaderboard has a row per pipeline with every scorer', () => {
    const rows = all(document.querySelector('#leaderboard table'), 'tbody tr');
    expect(rows).toHaveLength(3);
    expect(rows[0].textContent).toContain('refitted on all rows');
    for (const [i, { name, scores }] of data.record.pipelines.entries()) {
      expect(rows[i].textContent).toContain(name);
      expect(rows[i].textContent).toContain(formatMeanStd(scores.accuracy));
      expect(rows[i].textContent).toContain(formatMeanStd(scores.logLoss));
      expect(all(rows[i], 'circle')).toHaveLength(5);
    }
  });

  test('shows warnings, settings, seed, versions and machine', () => {
    expect(document.querySelector('.notice').textContent).toContain('count-logistic: LogisticRegression did not converge within 50000 iterations in fold 3.');
    const settings = document.querySelector('#settings').textContent;
    for (const text of ['StratifiedKFold, 5', 'maxIter: 50000', 'tokenPattern: /\\w+/gu', '20.20.2', 'Example CPU', '2026-03-04 05:06 UTC']) expect(settings).toContain(text);
  });

  test('has a dark theme, print rules and the viewport of a phone', () => {
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).toContain('@media print');
    expect(page).toContain('width=device-width');
    const used = new Set([...page.matchAll(/var\(--(\w+)\)/g)].map(([, role]) => role));
    const set = new Set([...page.matchAll(/--(\w+):#/g)].map(([, role]) => role));
    for (const role of used) expect(set).toContain(role);
  });
});

describe('reportHtml of other runs', () => {
  test('escapes everything that came from a user', async () => {
    const evil = '<script>alert("x")</script>';
    const data = simulatedRun({ classes: [`${evil}1`, `${evil}2`], rows: 60, title: evil, pipelines: [[`${evil}p`, 2], [`'"onload=`, 1]] });
    const { competition, pipelines, warnings } = data.record;
    Object.assign(competition, { name: evil, id: evil, target: evil, features: [evil] });
    pipelines[0].stages[0] = { name: evil, estimator: evil, options: { [evil]: evil } };
    pipelines[0].warnings.push(evil);
    warnings.push(evil);
    data.times.versions[evil] = evil;
    data.times.machine.cpu = evil;
    const page = await reportHtml(data);
    expect(page).not.toContain('<script');
    const document = parse(page);
    expect(all(document, 'script')).toHaveLength(0);
    expect(document.querySelector('h1').textContent).toBe(evil);
    expect(all(document, '[onload]')).toHaveLength(0);
  });

  test('warns that a lead within the scatter may turn', async () => {
    const data = simulatedRun({ rows: 60, pipelines: [['a', 1], ['b', 1]] });
    const [a, b] = data.record.pipelines.map(({ scores }) => scores);
    a.accuracy = { mean: 0.81, std: 0.1, folds: [0.9, 0.7, 0.9, 0.75, 0.8] };
    b.accuracy = { mean: 0.8, std: 0.1, folds: [0.8, 0.8, 0.8, 0.8, 0.8] };
    expect(await reportHtml(data)).toContain('better in 2 of 5 folds. The lead is smaller than its own scatter');
  });

  test('says level where two pipelines score the same', async () => {
    const data = simulatedRun({ rows: 60, pipelines: [['a', 60], ['b', 60]] });
    expect(parse(await reportHtml(data)).querySelector('.verdict').textContent).toBe('a wins: accuracy 1.0000 ± 0.0000 over 5 folds, level with b.');
  });

  test('reads a loss with its own direction', async () => {
    expect(parse(await reportHtml(simulatedRegression(200))).querySelector('.verdict').textContent).toMatch(/^ridge wins: root mean squared error .* That is [\d.]+ ahead of mean .* better in 5 of 5 folds\.$/);
  });

  test('says where the score is not defined', async () => {
    const data = simulatedRun({ rows: 60, pipelines: [['a', 1]] });
    data.record.pipelines[0].scores.accuracy = { mean: Number.NaN, std: Number.NaN, folds: [0.5, 0.6, Number.NaN, 0.5, 0.6] };
    const text = parse(await reportHtml(data)).querySelector('.verdict').textContent;
    expect(text).toBe('a has no mean accuracy: it is not defined in 1 of 5 folds; the other 4 give 0.5500 ± 0.0500.');
  });

  test('leaves out curves where no pipeline gives scores', async () => {
    const data = simulatedRun({ rows: 60, pipelines: [['a', 1]] });
    const { probabilities: _, ...labelsOnly } = data.outOfFold.a;
    const document = parse(await reportHtml({ ...data, outOfFold: { a: labelsOnly } }));
    expect(document.querySelector('#curves')).toBeNull();
    expect(document.querySelector('#errors')).not.toBeNull();
  });

  test('takes three classes and a regression', async () => {
    const three = parse(await reportHtml(simulatedRun({ classes: [1, 2, 3], rows: 120 })));
    expect(all(three, '#errors tbody tr')).toHaveLength(3);
    const regression = parse(await reportHtml(simulatedRegression(100)));
    expect(all(regression, '#errors figure')).toHaveLength(2);
  });

  test('refuses a winner that is not on the leaderboard', async () => {
    const data = simulatedRun({ rows: 60 });
    data.record.winner = 'nobody';
    await expect(reportHtml(data)).rejects.toThrow("report: the winner must be one of the record's pipelines");
  });

  test('stays small with a hundred thousand rows', async () => {
    expect((await reportHtml(simulatedRun({ rows: 100_000, pipelines: [['a', 2], ['b', 1]] }))).length).toBeLessThan(400_000);
  });
});
