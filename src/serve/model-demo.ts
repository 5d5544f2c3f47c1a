import { DataError } from '../core/errors.ts';
import type { LoadedModel } from '../persistence/load-model.ts';
import { batchAnswer } from './batch-answers.ts';
import { Interface } from './interface.ts';
import * as inputs from './inputs.ts';
import type { ModelForm } from './model-form.ts';
import { ModelAnswers } from './model-answers.ts';
import { formInputs, type FieldValue } from './model-rows.ts';
import * as outputs from './outputs.ts';
import { TabbedInterface } from './tabbed-interface.ts';
import { UserError } from './user-error.ts';

/** What a model does not take of a row its caller may know. */
async function forUsers<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataError) throw new UserError(error.message, { title: 'This row cannot be predicted', cause: error });
    throw error;
  }
}

/** The demo of a model: a form for one row with its answer and what pushed it, and a tab for whole files. */
export function modelDemo(form: ModelForm, model: LoadedModel): TabbedInterface {
  const answers = new ModelAnswers(form, model);
  const isText = form.fields === null;
  const single = new Interface({
    apiName: 'predict',
    title: form.title,
    inputs: formInputs(form),
    outputs: [outputs.label({ label: form.target }), outputs.contributions({ label: isText ? 'Terms that pushed it' : 'Columns that pushed it' })],
    examples: form.examples,
    batchFn: (rows) => forUsers(() => answers.answer(rows as FieldValue[][])),
  });
  const batch = new Interface({
    apiName: 'predict_file',
    title: 'A whole file',
    description: `A CSV with the columns ${form.features.length > 12 ? `of ${form.trainFile}` : form.features.join(', ')}${form.features.includes(form.id) ? '' : `, and ${form.id} if its rows have ids`}. The rows of the test set come back as a checked submission, any other rows as predictions.`,
    inputs: inputs.file({ label: 'CSV file', name: 'file', accept: ['.csv', '.tsv', '.gz'] }),
    outputs: [outputs.text({ label: 'Result' }), outputs.file({ label: 'File' }), outputs.table({ label: 'Predictions', maxRows: 100 })],
    fn: async (upload) => {
      const [said, predictions, file] = await batchAnswer(form, model, upload);
      return [said, file, predictions];
    },
    concurrency: 1,
    flagging: [],
  });
  return new TabbedInterface({ title: form.title, description: form.about, tabs: { [isText ? 'One text' : 'One row']: single, 'A whole file': batch } });
}
