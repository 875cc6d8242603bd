import { element } from '../element.ts';
import { countButtons } from './count-buttons.ts';
import type { CreatePanel } from './side-panel.ts';

/** Which kinds of cells there are. */
export const kindsPanel: CreatePanel = (data, change) => {
  const { kinds, cells } = data;
  if (!kinds) return null;
  const root = element('div');
  return {
    ...{ name: 'Kinds', root },
    draw({ state: { kind: chosen }, without }) {
      const counts = new Uint32Array(kinds.length);
      for (const index of without({ kind: null })) {
        const own = cells.kind?.[index];
        if (own != null) counts[own]!++;
      }
      const all = kinds.map((name, value) => ({ value, name, count: counts[value]! }));
      root.replaceChildren(countButtons('Kinds', all, { chosen, onChoose: (kind) => change({ kind }) }));
    },
  };
};
