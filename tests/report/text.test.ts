import { escapeHtml, printable } from '../../src/report/escape-html.ts';
import { fitText, textWidth, wrapText } from '../../src/report/fit-text.ts';
import { formatCount, formatMeanStd, formatScore, formatScorer, formatScorerInText, formatSeconds, formatShare, meanStd } from '../../src/report/format-score.ts';
import { html, raw } from '../../src/report/html.ts';
import { optionText } from '../../src/report/settings-section.ts';

describe('escapeHtml', () => {
  test('escapes all five characters that HTML gives a meaning', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
  });

  test('replaces what XML cannot hold', () => {
    expect(escapeHtml('a\u0000b\ud800c\uffff')).toBe('a\ufffdb\ufffdc\ufffd');
    expect(printable('a\tb\nc\u00a0d')).toBe('a b c d');
    expect(printable('科学 😀')).toBe('科学 😀');
  });
});

describe('html', () => {
  test('escapes values, keeps markup, joins lists and leaves out what is missing', () => {
    expect(html`<b>${'<i>'}</b>${[raw('<br>'), '&']}${null}${undefined}${0}`.markup).toBe('<b>&lt;i&gt;</b><br>&amp;0');
  });
});

describe('fitText', () => {
  test('keeps what fits', () => {
    expect(fitText('spam', 12, 200)).toBe('spam');
  });

  test('cuts what does not, with an ellipsis, within the width', () => {
    const cut = fitText('a-pipeline-with-a-very-long-name', 12, 80);
    expect(cut).toMatch(/^a-pipe.*…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
  });

  test('never splits a surrogate pair', () => {
    expect(fitText('😀😀😀😀😀😀', 12, 40).replace('…', '')).toMatch(/^(😀)+$/u);
  });
});

describe('wrapText', () => {
  test('breaks at spaces and cuts the last line', () => {
    const lines = wrapText('one two three four five six seven eight nine ten eleven', 12, 100, 2);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe('one two three');
    expect(lines[1]).toMatch(/^four .*…$/);
  });
});

describe('formats', () => {
  test.each([
    [0.98765, '0.9877'],
    [-0.5, '−0.5000'],
    [12345.678, '12,346'],
    [123.4567, '123.46'],
    [1234567.8, '1.235e+6'],
    [Number.NaN, 'n/a'],
    [null, 'n/a'],
    [undefined, 'n/a'],
  ])('writes the score %p as %s', (score, text) => {
    expect(formatScore(score)).toBe(text);
  });

  test.each([
    ['rocAuc', 'ROC AUC', 'ROC AUC'],
    ['f1', 'F1', 'F1'],
    ['f1Macro', 'F1 macro', 'F1 macro'],
    ['logLoss', 'Log loss', 'log loss'],
    ['rocAucOvr', 'ROC AUC (OvR)', 'ROC AUC (OvR)'],
    ['r2', 'R²', 'R²'],
    ['rootMeanSquaredError', 'Root mean squared error', 'root mean squared error'],
  ])('writes the scorer %s as %s, in a sentence %s', (name, alone, inText) => {
    expect(formatScorer(name)).toBe(alone);
    expect(formatScorerInText(name)).toBe(inText);
  });

  test('writes counts, shares, durations and means', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
    expect(formatShare(0.371)).toBe('37.1 %');
    expect(formatShare(1)).toBe('100 %');
    expect([0.35, 42, 200, 7260].map(formatSeconds)).toEqual(['0.35 s', '42.0 s', '3 min 20 s', '2 h 1 min']);
    expect(formatMeanStd({ mean: 0.5, std: 0.25 })).toBe('0.5000 ± 0.2500');
    expect(formatMeanStd({ mean: Number.NaN, std: 1 })).toBe('n/a');
  });

  test('takes mean and spread over the finite values', () => {
    expect(meanStd([1, 3, Number.NaN])).toEqual({ mean: 2, std: 1, count: 2 });
  });

  test.each([
    [/\w+/gu, '/\\w+/gu'],
    ['/\\w+/gu', '/\\w+/gu'],
    ['l2', '"l2"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[1, 2], '[1,2]'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [new Map([['spam', 2]]), '{"spam":2}'],
    [Float64Array.of(0.5), '[0.5]'],
  ])('writes the option %p as %s', (value, text) => {
    expect(optionText(value)).toBe(text);
  });

  test('cuts an option that is very long', () => {
    expect(optionText(Array.from({ length: 1000 }, (_, i) => i))).toHaveLength(160);
  });
});
