import { Table } from 'refit';

/** Grades from excellent to poor; a house without the thing has none. */
const GRADES: Readonly<Record<string, number>> = { Ex: 5, Gd: 4, TA: 3, Fa: 2, Po: 1 };
const GRADED = ['ExterQual', 'ExterCond', 'BsmtQual', 'BsmtCond', 'HeatingQC', 'KitchenQual', 'FireplaceQu', 'GarageQual', 'GarageCond', 'PoolQC'];

/** Areas and lengths, which spread over a long tail. */
const AREAS = [
  'LotFrontage', 'LotArea', '1stFlrSF', 'GrLivArea', 'totalArea', 'MasVnrArea', 'TotalBsmtSF', 'BsmtUnfSF', '2ndFlrSF', 'GarageArea', 'WoodDeckSF',
  'porchArea', 'OpenPorchSF',
];

/**
 * What the columns tell together, row by row, so that nothing is learned here: grades as numbers, areas and
 * bathrooms added up, ages instead of years, areas as ln(1 + x). MSSubClass is a code, so it becomes text.
 */
export function houses(table: Table): Table {
  const number = (name: string): Float64Array => table.numbers(name).map((value) => (Number.isNaN(value) ? 0 : value));
  const sum = (...terms: readonly Float64Array[]): Float64Array => terms[0].map((_, i) => terms.reduce((total, term) => total + term[i], 0));
  const half = (name: string): Float64Array => number(name).map((value) => value / 2);
  const since = (name: string): Float64Array => number('YrSold').map((year, i) => year - number(name)[i]);
  const grades = GRADED.map((name) => [`${name}Grade`, table.column(name).toArray().map((grade) => GRADES[String(grade)] ?? 0)]);
  const totalArea = sum(number('TotalBsmtSF'), number('1stFlrSF'), number('2ndFlrSF'));
  const told = table.with({
    ...Object.fromEntries(grades),
    MSSubClass: Array.from(table.numbers('MSSubClass'), (code) => `class ${code}`),
    totalArea,
    porchArea: sum(number('OpenPorchSF'), number('EnclosedPorch'), number('3SsnPorch'), number('ScreenPorch')),
    bathrooms: sum(number('FullBath'), half('HalfBath'), number('BsmtFullBath'), half('BsmtHalfBath')),
    age: since('YearBuilt'),
    sinceRemodelled: since('YearRemodAdd'),
    qualityArea: number('OverallQual').map((quality, i) => quality * Math.log(totalArea[i])),
  });
  return told.with(Object.fromEntries(AREAS.map((name) => [name, told.numbers(name).map(Math.log1p)])));
}
