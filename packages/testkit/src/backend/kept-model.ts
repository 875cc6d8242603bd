import type { BackendModel } from '@qualm/types';

/** A model that stays loaded from one test to the next while they want the same file. */
export interface KeptModel {
  /** Within the use of one model another is loaded for itself. */
  use(file: string, use: (model: BackendModel) => Promise<void>): Promise<void>;
  dispose(): Promise<void>;
}

/** Loading is most of what a test of a slow runtime takes. */
export function keptModel(load: (file: string) => Promise<BackendModel>): KeptModel {
  let kept: { readonly file: string; readonly model: BackendModel } | null = null;
  let isInUse = false;

  async function dispose(): Promise<void> {
    const { model } = kept ?? {};
    kept = null;
    await model?.dispose();
  }

  async function useOwn(file: string, use: (model: BackendModel) => Promise<void>): Promise<void> {
    const model = await load(file);
    try {
      await use(model);
    } finally {
      await model.dispose();
    }
  }

  return {
    dispose,
    async use(file, use) {
      if (isInUse) return useOwn(file, use);
      isInUse = true;
      try {
        if (kept?.file !== file) {
          await dispose();
          kept = { file, model: await load(file) };
        }
        await use(kept.model);
      } finally {
        isInUse = false;
      }
    },
  };
}
