/** The saved model in a run's folder. */
export const MODEL_FILE = 'model.safetensors';
