import { RESULT_HEAD } from '../../bench/result-lines.ts';
import { markdownTable, resultsFile } from '../../bench/results-file.ts';

test('cells with a bar do not break the table', () => {
  expect(markdownTable(['a', 'b'], [['x|y', ' 1']])).toBe('| a | b |\n| --- | ---: |\n| x\\|y | 1 |');
});

test('the file names machine and date in a heading, and how it was made', () => {
  const text = resultsFile('Some CPU, 2 cores, 2026-01-02', ['ours: refit 1'], [RESULT_HEAD.map(() => 'x')]);
  expect(text).toContain('\n## Some CPU, 2 cores, 2026-01-02\n');
  expect(text).toContain('\n- ours: refit 1\n');
  expect(text).toContain('npm run bench -- --write');
  expect(text.match(/^\| x/gm)).toHaveLength(1);
});
