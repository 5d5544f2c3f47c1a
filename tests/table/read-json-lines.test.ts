import { gzipSync } from 'node:zlib';
import { readJsonLines } from '../../src/table/read-json-lines.ts';

const read = (text: string, options = {}) => readJsonLines(Buffer.from(text), options);

describe('readJsonLines', () => {
  test('reads one object a line, gaps where a name is left out or null', async () => {
    const table = await read('\uFEFF{"a": 1, "b": "x"}\r\n\r\n{"b": null, "c": true}\n{"a": 2.5, "c": false, "d": "2024-05-31"}');
    expect(table.names.map((name) => [name, table.kind(name), table.column(name).toArray()])).toEqual([
      ['a', 'number', [1, null, 2.5]],
      ['b', 'text', ['x', null, null]],
      ['c', 'boolean', [null, true, false]],
      ['d', 'date', [null, null, Date.parse('2024-05-31')]],
    ]);
  });

  test('keeps text whose values are not all dates, and dates that are said to be text', async () => {
    expect((await read('{"a": "2024-05-31"}\n{"a": "soon"}')).kind('a')).toBe('text');
    expect((await read('{"a": "2024-05-31"}', { types: { a: 'text' } })).kind('a')).toBe('text');
    expect((await read('{"a": "x"}', { types: { a: 'category' } })).kind('a')).toBe('category');
    expect((await read('{"a": null, "b": 1}', { types: { a: 'text' } })).column('a').toArray()).toEqual([null]);
  });

  test('unpacks gzip', async () => {
    expect((await readJsonLines(gzipSync('{"a": 1}\n'))).toObjects()).toEqual([{ a: 1 }]);
  });

  test.each([
    ['what is not JSON', '{"a": 1}\n\n{a: 2}', {}, /^readJsonLines: input line 3 is not JSON \(/],
    ['what is no object', '{"a": 1}\n[2]', {}, 'readJsonLines: input line 2 must be an object, got [2]. Write {"column": value, …}.'],
    ['lists as values', '{"a": [1]}', {}, 'readJsonLines: input line 1 column "a" must be a number, text, true or false, got [1]. Take it apart first.'],
    ['values of several types', '{"a": 1}\n{"a": null}\n\n{"a": "x"}', {}, 'readJsonLines: input line 4 column "a" must be a number as in the lines before, got "x". Correct it.'],
    ['a date that is none', '{"a": "2024-05-31"}\n{"a": "2024-02-30"}', { types: { a: 'date' } }, 'readJsonLines: input line 2 column "a" must be a date such as 2024-05-31, got "2024-02-30". Correct it, or read it as text.'],
    ['another kind', '{"a": null}\n{"a": 1}', { types: { a: 'text' } }, 'readJsonLines: input line 2 column "a" must be of kind text, got 1. Correct it, or leave the type out.'],
    ['nothing', '\n \n', {}, 'readJsonLines: input is empty. It must have one JSON object a line.'],
    ['an unknown kind', '{}', { types: { a: 'money' } }, "readJsonLines: types must be 'number', 'text', 'boolean', 'date' or 'category' by column name, got {a}."],
  ])('refuses %s', async (_, text, options, message) => {
    await expect(read(text, options)).rejects.toThrow(message);
  });

  test('names a file that is not there', async () => {
    await expect(readJsonLines('no/such.jsonl')).rejects.toThrow('readJsonLines: there is no file no/such.jsonl.');
  });
});
