import { existsSync, readdirSync } from 'node:fs';
import { competitionSource, Workplace } from './workplace.ts';

const train = 'competitions/mail/data/train.csv';
const test_ = 'competitions/mail/data/test.csv';
const sample = 'competitions/mail/data/sample.csv';
const definition = 'competitions/mail/competition.ts';
const pipeline = 'pipelines/plain.ts';
const rows = (count: number, row: (i: number) => string): string => Array.from({ length: count }, (_, i) => `${row(i)}\n`).join('');

const cases: [title: string, prepare: (w: Workplace) => unknown, message: RegExp, words?: string[]][] = [
  ['an unknown competition, with the names there are', () => {}, /there is no "mial"\. Did you mean mail\?.*chatgpt-detector, .*mail, .*spam-detector/, ['run', 'mial']],
  ['an unknown pipeline, with the names there are', () => {}, /there is no "plian".*Did you mean plain\?/, ['run', 'mail', '--pipeline', 'plian']],
  ['an unknown option', () => {}, /there is no option --sed\. Did you mean --seed\?/, ['run', 'mail', '--sed', '3']],
  ['a seed that is no whole number', () => {}, /--seed must be a whole number in \[0, 4294967295\], got "x"/, ['run', 'mail', '--seed', 'x']],
  ['no such file, with the columns it should have', (w) => w.write(definition, competitionSource({ train: 'data/tarin.csv' })), /data\/tarin\.csv \(name,label,content\)/],
  ['an empty training file', (w) => w.write(train, ''), /train\.csv.*empty/],
  ['a training file with a header only', (w) => w.write(train, 'name,label,content\n'), /train\.csv.*(no rows|header only|only a header)/i],
  ['bytes that are not UTF-8, with line and remedy', (w) => w.write(train, Buffer.concat([Buffer.from('name,label,content\na,ham,x\nb,spam,caf'), Buffer.from([0xe9]), Buffer.from('\n')])), /train\.csv line 3.*encoding/],
  ['a ragged line', (w) => w.write(train, 'name,label,content\na,ham,x\nb,spam,x,y\n'), /train\.csv line 3 has 4 fields, the header has 3/],
  ['an unclosed quote', (w) => w.write(train, 'name,label,content\na,ham,"x\nb,spam,x\n'), /train\.csv line 2.*quote/],
  ['a missing target column', (w) => w.write(definition, competitionSource({ target: 'lable' })), /train\.csv: there is no target column "lable"\. Did you mean label\?/],
  ['a missing id column', (w) => w.write(definition, competitionSource({ id: 'nmae' })), /train\.csv: there is no id column "nmae"\. Did you mean name\?/],
  ['a missing feature column', (w) => w.write(definition, competitionSource({ features: 'contents' })), /train\.csv: there is no feature column "contents"/],
  ['a test file without a feature column', (w) => w.write(test_, 'name,text\nt1,win\nt2,noon\n'), /test\.csv: there is no feature column "content"/],
  ['duplicate ids', (w) => w.write(test_, 'name,content\nt1,win\nt1,noon\n'), /test\.csv: every name must stand once.*t1/],
  ['missing ids', (w) => w.write(test_, 'name,content\nt1,win\n,noon\n'), /test\.csv: column name must have a value in every row.*rows 2/],
  ['labels missing in some rows', (w) => w.write(train, `name,label,content\n${rows(20, (i) => `a${i},${i === 4 ? '' : i % 2 ? 'ham' : 'spam'},word${i % 2}`)}`), /train\.csv: column label must have a value in every row, 1 of 20 are missing: rows 5/],
  ['one class only', (w) => w.write(train, `name,label,content\n${rows(20, (i) => `a${i},ham,word`)}`), /at least two classes, every row has "ham"/],
  ['a class with fewer rows than folds', (w) => w.write(train, `name,label,content\n${rows(20, (i) => `a${i},${i < 2 ? 'spam' : 'ham'},word`)}`), /at least 3 rows, one for each fold, "spam" has 2.*Lower cv\.nSplits to 2/],
  ['documents that are all blank', (w) => w.write(train, `name,label,content\n${rows(20, (i) => `a${i},${i % 2 ? 'spam' : 'ham'},"  "`)}`), /plain: .*step "count".*(vocabulary|blank|terms)/],
  ['a vocabulary that pruning empties', (w) => w.write(pipeline, `import { CountVectorizer, LogisticRegression, Pipeline } from 'refit';\nexport default () => new Pipeline([['count', new CountVectorizer({ minDf: 1000 })], ['classify', new LogisticRegression()]]);\n`), /step "count".*minDf/],
  ['a sample submission with other ids', (w) => w.write(sample, 'name,label\nt1,ham\nt9,ham\n'), /Submission: .*t9/],
  ['a sample submission with other columns', (w) => w.write(sample, 'name,class\nt1,ham\nt2,ham\n'), /Submission: .*class/],
  ['a pipeline file that throws, with its line', (w) => w.write(pipeline, 'export default () => {\n  throw new TypeError("broken");\n};\n'), /pipelines\/plain\.ts line 2: TypeError: broken/],
  ['a pipeline file that exports nothing', (w) => w.write(pipeline, 'const x = 1;\n'), /pipelines\/plain\.ts: must export a default function that returns a Pipeline, got undefined/],
  ['a pipeline file that returns something else', (w) => w.write(pipeline, 'export default () => 7;\n'), /must return a Pipeline that predicts, got 7/],
  ['a pipeline file with a syntax error, named once with its place', (w) => w.write(pipeline, "export default () => {\n  const é = 'ü'; const x = ;\n};\n"), /^\S*pipelines\/plain\.ts line 2, column 28: SyntaxError: Unexpected token  1 \| export default \(\) => \{  2 \|   const é = 'ü'; const x = ;    : +\^  3 \| \}; $/],
  ['a syntax error in a file that a pipeline file imports', (w) => w.write(pipeline, "import { y } from './bad.ts';\nexport default () => y;\n").write('pipelines/bad.ts', 'export const y = (;\n'), /^\S*pipelines\/bad\.ts line 1, column 19: SyntaxError: Unexpected token  1 \| export const y = \(;    : +\^ $/],
  ['an import that refit does not have', (w) => w.write(pipeline, "\nimport { LogisticRegresion } from 'refit';\nexport default () => new LogisticRegresion();\n"), /^\S*pipelines\/plain\.ts line 2: refit has no export LogisticRegresion\. Did you mean LogisticRegression\? A type is imported as type LogisticRegresion\. $/],
  ['an import that another file does not have', (w) => w.write(pipeline, "import own from './own.ts';\nexport default own;\n").write('pipelines/own.ts', 'export const x = 1;\n'), /^\S*pipelines\/plain\.ts line 1: \.\/own\.ts has no default export\. Import what it exports by name: import \{ … \} from '\.\/own\.ts'\. $/],
  ['a part that refit does not have', (w) => w.write(pipeline, "import { x } from 'refit/adaptrs';\nexport default x;\n"), /^\S*pipelines\/plain\.ts: what a file imports of refit must be 'refit' or 'refit\/adapters'\. $/],
  ['a package that is not there', (w) => w.write(pipeline, "import x from 'left-padx/sub';\nexport default x;\n"), /^\S*pipelines\/plain\.ts: there is no package left-padx\. Install it with npm install left-padx, or correct the name\. $/],
  ['a file that is not there', (w) => w.write(pipeline, "import x from './own';\nexport default x;\n").write('pipelines/own.ts', 'export default 1;\n'), /^\S*pipelines\/plain\.ts: there is no file \S*pipelines\/own\. Did you mean own\.ts\? $/],
  ['a misspelt estimator option', (w) => w.write(pipeline, `import { LogisticRegression } from 'refit';\nexport default () => new LogisticRegression({ maxItr: 3 } as any);\n`), /LogisticRegression: there is no option maxItr\. Did you mean maxIter\?/],
  ['a misspelt entry of the definition', (w) => w.write(definition, competitionSource({ pipline: ['plain'] })), /defineCompetition: there is no option pipline\. Did you mean pipelines\?/],
  ['a definition without a target', (w) => w.write(definition, competitionSource({ target: null })), /defineCompetition: target must be given/],
  ['an unknown metric', (w) => w.write(definition, competitionSource({ metric: 'acuracy' })), /acuracy.*Did you mean accuracy\?/],
  ['an output folder that cannot be written', (w) => w.write('outputs', 'a file, not a folder'), /outputs.*must be a folder that can be written.*--out/],
];

describe('refit run refuses with a clear error, and writes nothing', () => {
  test.each(cases)('%s', async (_, prepare, message, words = ['run', 'mail']) => {
    const workplace = new Workplace();
    try {
      prepare(workplace);
      const { status, stderr } = await workplace.run(...words);
      // Progress stands before the error; a syntax error shows its place on the lines after.
      expect(stderr.replaceAll('\n', ' ')).toMatch(message);
      expect(stderr).not.toContain('    at ');
      expect([1, 2]).toContain(status);
      const out = workplace.path('outputs');
      if (existsSync(out) && words[1] !== 'mial' && !message.source.startsWith('outputs')) expect(readdirSync(out)).toEqual([]);
    } finally {
      workplace.remove();
    }
  });
});
