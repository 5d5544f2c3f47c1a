import { relative } from 'node:path';
import { loadCompetition } from '../../competition/load-competition.ts';
import { loadRun } from '../../competition/load-run.ts';
import { exportOnnx } from '../../persistence/onnx/export-onnx.ts';
import { writeFileAtomically } from '../../table/write-file-atomically.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const { record, model, folder } = await loadRun(competition, { out: options.out as string | undefined, run: options.run as string | undefined });
  const output = (options.output as string | undefined) ?? `${competition.name}.onnx`;
  const bytes = exportOnnx(model);
  await writeFileAtomically(output, bytes);
  if (options.json) process.stdout.write(`${JSON.stringify({ file: output, bytes: bytes.length, run: folder, pipeline: record.winner })}\n`);
  else process.stdout.write(`${relative(process.cwd(), output)}: ${record.winner} of ${relative(process.cwd(), folder)} as ONNX, ${bytes.length} bytes\n`);
  return 0;
}
