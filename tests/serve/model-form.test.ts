import { loadCompetition } from '../../src/competition/load-competition.ts';
import { modelForm } from '../../src/serve/model-form.ts';
import { formInputs } from '../../src/serve/model-rows.ts';
import { competitionSource, Workplace } from '../cli/workplace.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

test('a column of sentences is asked for in a field of several lines that takes long texts, one of names in a line', async () => {
  const rows = Array.from({ length: 70 }, (_, i) => `id${i},${i % 2 ? 'ham' : 'spam'},Name${i},"this one has number ${i} and more words than eight"`);
  workplace.write('competitions/letters/data/train.csv', ['name,label,from,content', ...rows, ''].join('\n'));
  workplace.write('competitions/letters/data/test.csv', 'name,from,content\nt1,Ada,win\n');
  workplace.write('competitions/letters/competition.ts', competitionSource({ features: ['from', 'content'], submission: null }).replace("from 'refit'", `from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).pathname)}`));
  const competition = await loadCompetition('letters', workplace.folder);
  const record = { pipelines: [], winner: 'plain', classes: ['ham', 'spam'], competition: { title: 'x', metric: 'accuracy', task: 'classification', id: 'name', target: 'label', features: ['from', 'content'], kinds: { from: 'text', content: 'text' }, trainRows: 70 } };
  const form = await modelForm(competition, { record } as never);
  expect(form.fields).toEqual([{ name: 'from', kind: 'text', typical: null }, { name: 'content', kind: 'sentences', typical: null }]);
  expect(formInputs(form).map(({ page }) => [page.lines, page.maxLength])).toEqual([[1, 2000], [4, 100_000]]);
});
