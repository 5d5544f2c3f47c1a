import { seriesStyle, mostSeries, themes, withColors, type Theme } from '../../src/report/theme.ts';

function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(color.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function mix(top: string, below: string, opacity: number): string {
  const channel = (i: number): string => {
    const of = (color: string): number => parseInt(color.slice(i, i + 2), 16);
    return Math.round(opacity * of(top) + (1 - opacity) * of(below)).toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const theme: Theme = themes[name];

  test.each([
    ['ink', 'paper'],
    ['ink', 'panel'],
    ['muted', 'paper'],
    ['muted', 'panel'],
    ['accent', 'paper'],
  ] as const)('has text in %s on %s with a contrast of 4.5 or more', (text, background) => {
    expect(contrast(theme[text], theme[background])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['rule', 'warn', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const)('has %s on paper with a contrast of 3 or more', (role) => {
    expect(contrast(theme[role], theme.paper)).toBeGreaterThanOrEqual(3);
  });

  test('keeps text readable on the darkest cell of the confusion matrix', () => {
    expect(contrast(theme.ink, mix(theme.accent, theme.paper, 0.5))).toBeGreaterThanOrEqual(4.5);
  });
});

test('every series differs from the others in colour and in dash', () => {
  const styles = Array.from({ length: mostSeries }, (_, i) => seriesStyle(i));
  expect(new Set(styles.map((s) => s.color)).size).toBe(mostSeries);
  expect(new Set(styles.map((s) => s.dash)).size).toBe(mostSeries);
  expect(seriesStyle(mostSeries)).toEqual(seriesStyle(0));
});

test('colour variables become plain colours and unknown ones stay', () => {
  expect(withColors('<path stroke="var(--s1)" fill="var(--none)"/>', themes.light)).toBe(`<path stroke="${themes.light.s1}" fill="var(--none)"/>`);
});
