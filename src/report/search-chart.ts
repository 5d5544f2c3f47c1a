import type { SearchRecord } from '../competition/run-record.ts';
import { show } from '../core/show.ts';
import type { Chart } from './draw-chart.ts';
import { fitText } from './fit-text.ts';
import { formatScore, formatScorer } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color } from './theme.ts';

/** Axes that fit beside each other. */
const mostAxes = 6;

interface Axis {
  name: string;
  /** 0 at the bottom, 1 at the top, by candidate. */
  places: number[];
  low: string;
  high: string;
}

/** The candidates of a pipeline's search as lines over their options and their score. @returns undefined where nothing was searched */
export function searchChart({ record }: ReportData, pipeline: string): Chart | undefined {
  const search = record.pipelines.find(({ name }) => name === pipeline)?.search;
  if (search === undefined || search.candidates.length < 2) return undefined;
  const { metric, better } = record.competition;
  const scores = search.candidates.map(({ scores: byName }) => byName[metric]?.mean ?? Number.NaN);
  const names = Object.keys(search.candidates[0].params).slice(0, mostAxes - 1);
  const axes = [...names.map((name) => axisOf(name, search)), numericAxis(formatScorer(metric), scores, false)];
  const finite = scores.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const goodness = (i: number): number => (high > low ? (better === 'higher' ? scores[i] - low : high - scores[i]) / (high - low) : 1);
  const lines = search.candidates.map((_, i) => axes.map(({ places }, axis) => ({ axis, place: places[i], candidate: i })).filter(({ place }) => Number.isFinite(place)));
  const title = `Search of ${pipeline}`;
  const best = search.candidates[search.best];
  const chosen = Object.entries(best.params).map(([name, value]) => `${name} ${show(value)}`).join(', ');
  return {
    title,
    note: `One line per candidate, from its options to its ${formatScorer(metric)}; the stronger the better. Thick: the best, ${chosen}, with ${formatScore(best.scores[metric]?.mean)}.`,
    label: `${title}: ${search.candidates.length} candidates; the best is ${chosen} with ${formatScorer(metric)} ${formatScore(best.scores[metric]?.mean)}.`,
    plot: (Plot) => ({
      marginTop: 40,
      marginRight: 56,
      marginBottom: 30,
      marginLeft: 56,
      height: 300,
      x: { domain: [0, axes.length - 1], axis: null },
      y: { domain: [0, 1], axis: null },
      marks: [
        Plot.ruleX(axes.keys(), { stroke: color('rule'), y1: 0, y2: 1 }),
        ...lines.map((points, i) =>
          Plot.line(points, { x: 'axis', y: 'place', stroke: color('s1'), strokeWidth: i === search.best ? 3 : 1.25, strokeOpacity: i === search.best ? 1 : 0.15 + 0.5 * goodness(i) }),
        ),
        Plot.text(axes, { x: (_: Axis, i: number) => i, y: 1, dy: -22, text: (axis: Axis) => fitText(axis.name, 11, 90), fill: color('ink'), fontWeight: 600, fontSize: 11 }),
        Plot.text(axes, { x: (_: Axis, i: number) => i, y: 1, dy: -8, text: 'high', fill: color('muted'), fontSize: 10.5 }),
        Plot.text(axes, { x: (_: Axis, i: number) => i, y: 0, dy: 12, text: 'low', fill: color('muted'), fontSize: 10.5 }),
      ],
    }),
  };
}

/** Numbers on a line, logarithmic where they span more than two powers of ten; other values in the order in which they came. */
function axisOf(name: string, { candidates }: SearchRecord): Axis {
  const values = candidates.map(({ params }) => params[name]);
  if (values.every((value): value is number => typeof value === 'number')) {
    const positive = values.every((value) => value > 0);
    return numericAxis(name, values, positive && Math.max(...values) > 100 * Math.min(...values));
  }
  const distinct = [...new Set(values.map((value) => show(value)))];
  const last = Math.max(1, distinct.length - 1);
  return { name, places: values.map((value) => distinct.indexOf(show(value)) / last), low: fitText(distinct[0], 10.5, 90), high: fitText(distinct[distinct.length - 1], 10.5, 90) };
}

function numericAxis(name: string, values: readonly number[], logarithmic: boolean): Axis {
  const scaled = logarithmic ? values.map(Math.log) : values;
  const finite = scaled.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const shown = (value: number): string => formatScore(logarithmic ? Math.exp(value) : value);
  return { name, places: scaled.map((value) => (high > low ? (value - low) / (high - low) : 0.5)), low: shown(low), high: shown(high) };
}
