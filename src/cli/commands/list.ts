import { competitionNames, loadCompetition } from '../../competition/load-competition.ts';

export async function run(): Promise<number> {
  const rows: string[][] = [];
  for (const name of competitionNames(process.cwd())) {
    const { definition } = await loadCompetition(name);
    rows.push([name, definition.title]);
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  process.stdout.write(rows.length === 0 ? 'There are no competitions here.\n' : rows.map(([name, title]) => `${name.padEnd(width)}  ${title}\n`).join(''));
  return 0;
}
