import { countText } from '@qualm/types';
import { modelOutcomes, outcomesOf, outcomeWords } from '../cells/compared-at.ts';
import type { ModelOutcome } from '../cells/compared-at.ts';
import { strategyOf } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
import { thingWords } from '../words.ts';
import { modelsTable } from './models-table.ts';
import type { CreatePanel } from './side-panel.ts';

/** Where two models differ: what both found, what one alone, and what they find class by class. */
export const modelsPanel: CreatePanel = (data, change) => {
  const { comparison, layers, by, cells } = data;
  if (!comparison || !cells.pairs) return null;
  const [first = '', second = ''] = layers;
  const { images, notCompared, agreed, differently, onlyFirst, onlySecond, leftOut = 0 } = comparison;
  const outcomes = outcomesOf(data);
  // A list of boxes has none that only the other model found.
  const isListed = by === 'image' || onlySecond === 0 || cells.layer !== undefined;
  const listed = modelOutcomes.filter((outcome) => isListed || outcome !== 'onlySecond');
  const rows = listed.map((outcome) => {
    const count = element('span', { class: 'count-of' });
    const name = element('span', { class: 'name' }, outcomeWords(outcome, layers));
    const row = element('button', { type: 'button' }, name, count);
    row.addEventListener('click', () =>
      change({ models: row.getAttribute('aria-pressed') === 'true' ? null : outcome }),
    );
    return { outcome, row, count };
  });
  const all = [
    `Of ${thingWords('image', images)} that both looked at: ${thingWords('box', agreed)} agreed,`,
    `${countText(differently)} called differently, ${countText(onlyFirst)} only in ${first},`,
    `${countText(onlySecond)} only in ${second}.`,
    ...(leftOut > 0 ? [`A list leaves out ${countText(leftOut)} more, on both sides.`] : []),
    ...(notCompared > 0 ? [`${thingWords('image', notCompared)} ${second} did not look at.`] : []),
  ].join(' ');
  const table = modelsTable(data, change);
  const caption = `${by === 'box' ? 'Boxes' : 'Images with such boxes'} in this page`;
  const root = element(
    'div',
    { class: 'models' },
    element('p', { class: 'quiet' }, caption),
    element('div', { class: 'class-bars', role: 'group', 'aria-label': caption }, ...rows.map(({ row }) => row)),
    element('p', { class: 'quiet' }, all),
    table.root,
  );
  return {
    ...{ name: `Models: ${first} and ${second}`, root },
    draw({ state, without }) {
      const countOf = (indices: readonly number[], outcome: ModelOutcome): number =>
        indices.reduce((sum, at) => sum + Number(outcomes[outcome][at]! > 0), 0);
      const indices = without({ models: null });
      const counts = listed.map((outcome) => {
        // By box these are cells of their own.
        const isApart = by === 'box' && outcome === 'onlySecond';
        return countOf(isApart ? without({ models: outcome }) : indices, outcome);
      });
      const most = Math.max(1, ...counts);
      rows.forEach(({ outcome, row, count }, at) => {
        count.textContent = countText(counts[at]!);
        row.setAttribute('aria-pressed', String(outcome === state.models));
        row.style.setProperty('--share', String(counts[at]! / most));
      });
      table.draw(strategyOf(data, state.sort), state.label);
    },
  };
};
