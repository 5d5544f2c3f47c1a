import { Table, type Column } from 'refit';

/** Titles that too few passengers bore; rare ones not listed here are 'Rare' too. */
const TITLES: Readonly<Record<string, string>> = { Mr: 'Mr', Mrs: 'Mrs', Miss: 'Miss', Master: 'Master', Mlle: 'Miss', Ms: 'Miss', Mme: 'Mrs' };

/**
 * What a passenger list tells besides its columns, row by row, so that nothing is learned here:
 * the title in a name (`Braund, Mr. Owen Harris`), the deck in a cabin (`C85`), the size of a family, and class and
 * sex together, since being a woman helped in the first class more than in the third.
 */
export function passengers(table: Table): Table {
  const name = table.strings('Name');
  const sex = table.strings('Sex');
  const pclass = table.numbers('Pclass');
  const [siblings, parents, fare] = [table.numbers('SibSp'), table.numbers('Parch'), table.numbers('Fare')];
  const cabin = table.column('Cabin') as Column<string>;
  const members = siblings.map((count, i) => count + parents[i] + 1);
  const title = name.map((text) => TITLES[/, *([^.]+)\./.exec(text)?.[1] ?? ''] ?? 'Rare');
  return table.select(['Age', 'SibSp', 'Parch', 'Ticket', 'Embarked']).with({
    logFare: fare.map(Math.log1p),
    titleClass: title.map((text, i) => `${text} ${pclass[i]}`),
    sexClass: sex.map((text, i) => `${text} ${pclass[i]}`),
    family: Array.from(members, (count) => (count === 1 ? 'alone' : count <= 4 ? 'small' : 'large')),
    deck: cabin.toArray().map((text) => text?.[0] ?? null),
    surname: name.map((text, i) => `${text.split(',')[0]} ${members[i]}`),
  });
}
