import type { LoadedModel } from '@qualm/pipeline';

/** What `use` gives back; the model is freed whatever happens. */
export async function withModel<Model extends Pick<LoadedModel, 'dispose'>, Result>(
  opening: Promise<Model>,
  use: (model: Model) => Promise<Result>,
): Promise<Result> {
  const model = await opening;
  try {
    return await use(model);
  } finally {
    await model.dispose();
  }
}
