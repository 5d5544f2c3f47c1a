import { csvCell } from '../../src/serve/flag-log.ts';

describe('cells of flagged results', () => {
  test.each([
    ['plain', 'plain'],
    ['-12.5e3', '-12.5e3'],
    ['+7', '+7'],
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['|calc', "'|calc"],
    ['  =1', "'  =1"],
    ['\u200b=1', "'\u200b=1"],
    ['＝1', "'＝1"],
    ['\t=1', "'\t=1"],
    ['a;=1+1', "a;'=1+1"],
    ['a\n=1', `"a\n'=1"`],
    ['a,"b"', '"a,""b"""'],
    ['"=1', `"'""=1"`],
  ])('%j is written as %j', (given, written) => expect(csvCell(given)).toBe(written));

  test('are cut to a length', () => expect(csvCell('x'.repeat(30_000))).toHaveLength(20_000));
});
