import fc from 'fast-check';
import { packTexts } from '../../src/kernels/packed-texts.ts';
import { TermIndex } from '../../src/text/term-index.ts';

describe('TermIndex', () => {
  test('finds every term, and none that is not there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 6 })), fc.array(fc.string({ unit: 'grapheme', maxLength: 6 })), (terms, others) => {
        const index = new TermIndex(packTexts(terms));
        const asked = packTexts([...terms, ...others]);
        expect([...terms, ...others].map((_, t) => index.find(asked, t))).toEqual([...terms, ...others].map((text) => terms.indexOf(text)));
      }),
      { seed: 7 },
    );
  });
});
