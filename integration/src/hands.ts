import type { Locator, Page } from 'playwright-core';

/** Somebody at a page, whose clicks and keys are counted. */
export interface Hands {
  click(what: Locator): Promise<void>;
  /** Chooses in a list: a click that opens it, and one that takes. */
  choose(list: Locator, option: string | { readonly label: string }): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  count(): number;
}

export function createHands(page: Page): Hands {
  let count = 0;
  return {
    async click(what) {
      count += 1;
      await what.click();
    },
    async choose(list, option) {
      count += 2;
      await list.selectOption(option);
    },
    async press(...keys) {
      count += keys.length;
      for (const key of keys) await page.keyboard.press(key);
    },
    count: () => count,
  };
}
