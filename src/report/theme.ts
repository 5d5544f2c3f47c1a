/** Every colour that a chart or the page uses, by role. */
export interface Theme {
  /** Background of page and charts. */
  paper: string;
  /** Background of panels that stand off the page. */
  panel: string;
  /** Text. */
  ink: string;
  /** Secondary text. */
  muted: string;
  /** Axes and borders. */
  rule: string;
  /** Grid lines. */
  grid: string;
  /** Links, and the fill of confusion cells. */
  accent: string;
  /** Border of the warnings panel. */
  warn: string;
  /** One colour per series, in leaderboard order; told apart with any common colour blindness. */
  s1: string;
  s2: string;
  s3: string;
  s4: string;
  s5: string;
  s6: string;
  s7: string;
  s8: string;
}

/**
 * Both themes. Text has a contrast of at least 4.5 : 1 with its background and every series colour at
 * least 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
 *
 * Source of the hues: Okabe and Ito, "Color Universal Design" (2008), darkened for the light theme and
 * lightened for the dark one.
 */
export const themes: { readonly light: Theme; readonly dark: Theme } = {
  light: {
    paper: '#ffffff',
    panel: '#f6f7f9',
    ink: '#1a1d21',
    muted: '#5a6270',
    rule: '#868e9b',
    grid: '#e3e6ea',
    accent: '#0b66a8',
    warn: '#b45309',
    s1: '#0072b2',
    s2: '#cc5500',
    s3: '#00805e',
    s4: '#b5498a',
    s5: '#8f6a00',
    s6: '#3288bd',
    s7: '#5b4bb5',
    s8: '#697180',
  },
  dark: {
    paper: '#14171b',
    panel: '#1c2026',
    ink: '#e9ebee',
    muted: '#a5adba',
    rule: '#6b7482',
    grid: '#2a2f37',
    accent: '#5eb0ef',
    warn: '#f0a04b',
    s1: '#56b4e9',
    s2: '#f58b4c',
    s3: '#2fc49a',
    s4: '#e597c4',
    s5: '#e3b341',
    s6: '#9ad0f5',
    s7: '#a89cf2',
    s8: '#a2aab7',
  },
};

/** How a chart names a colour while it is drawn: as a CSS variable that the page sets for each theme. */
export const color = (role: keyof Theme): string => `var(--${role})`;

/** Lines beyond the first are dashed too, so that they differ in print and where they overlap. */
const dashes = ['', '8 3', '2 3', '10 3 2 3', '5 2', '1 2', '12 4', '4 4 1 4'];

/** How many series one chart tells apart. */
export const mostSeries = dashes.length;

/** Colour and dash of series `index`, the same in every chart. */
export function seriesStyle(index: number): { color: string; dash: string } {
  const i = index % mostSeries;
  return { color: color(`s${i + 1}` as keyof Theme), dash: dashes[i] };
}

/** Replaces colour variables by a theme's colours, for files that stand alone. */
export function withColors(svg: string, theme: Theme): string {
  return svg.replace(/="var\(--([a-z0-9]+)\)"/g, (whole, role: string) => (role in theme ? `="${theme[role as keyof Theme]}"` : whole));
}
