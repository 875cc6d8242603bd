import { countText } from '@qualm/types';
import { element } from '../element.ts';
import type { CreatePanel } from './side-panel.ts';
import { folderTree } from './folder-tree.ts';

/** The folders of images, with how many cells each holds; a click shows one alone. */
export const foldersPanel: CreatePanel = (data, change) => {
  const { folders, folder: places } = data.cells;
  if (folders.length < 2 || !places) return null;
  const tree = folderTree(folders);
  const root = element('div', { class: 'class-bars folders', role: 'group', 'aria-label': 'Folders' });
  const rows = tree.map(({ path, name, depth }) => {
    const count = element('span', { class: 'count-of' });
    const row = element('button', { type: 'button' }, element('span', { class: 'name' }, name), count);
    row.style.setProperty('--depth', String(depth));
    row.addEventListener('click', () => change({ folder: row.getAttribute('aria-pressed') === 'true' ? null : path }));
    return { path, row, count };
  });
  root.append(...rows.map(({ row }) => row));
  return {
    ...{ name: 'Folders', root },
    draw({ state: { folder }, without }) {
      const own = new Uint32Array(folders.length);
      for (const index of without({ folder: null })) if (places[index] != null) own[places[index]]!++;
      const counts = tree.map(({ holds }) => holds.reduce((sum, place) => sum + own[place]!, 0));
      const most = Math.max(1, ...counts);
      rows.forEach(({ path, row, count }, at) => {
        count.textContent = countText(counts[at]!);
        row.setAttribute('aria-pressed', String(path === folder));
        row.style.setProperty('--share', String(counts[at]! / most));
      });
    },
  };
};
