import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as selection from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const source = predictionsOf([{ id: 'a', boxes: [[0.5, 0.25, 0]] }]);
const options = place({}, 'undefined', 'object');

async function calls(): Promise<Readonly<Record<string, readonly Place[]>>> {
  const ranking = await selection.rankPredictions(source);
  const { cells, pageCells } = await selection.reportOf(source);
  const labelled = { images: [], labels: [], annIdType: 'int64', imageIdType: 'int64', warnings: [] } as const;
  return {
    boxErrors: [place(labelled), options],
    boxCrops: [place(source), options],
    movedBoxes: [place(source), place(() => null, 'function'), options],
    boxWords: [place(ranking.images.at(0)), place(ranking.choice)],
    cellIds: [place('a', 'text', 'empty', 'number', 'NaN'), place([], 'array')],
    chooseBatch: [place(ranking), place({ count: 1 })],
    cellVectors: [place(pageCells, 'array'), place({ words: 'a', vectorOf: () => null })],
    choiceNotes: [place(ranking.choice), options],
    chooseRanking: [place(source), options],
    comparedImages: [place(ranking), place({ count: 1 })],
    createPictureVectors: [place(1, 'number')],
    describeImages: [place([], 'array'), options],
    createUmapPlacer: [options],
    drawRanking: [place(ranking), place({ onPicture: () => undefined })],
    imageName: [place('a.jpg', 'null', 'text', 'empty'), place(1, 'text', 'empty', 'number', 'NaN')],
    errorReason: [place({ error: 'swapped', quality: 0.1 })],
    errorReportOf: [place(source), place(labelled), place([], 'array'), options],
    labelFonts: [place([], 'array', 'text', 'empty'), place([], 'undefined', 'array'), options],
    pageCells: [place(cells, 'array'), place('box')],
    rankAndReport: [place(source), options],
    rankLabelledImages: [place(labelled), options],
    rankPredictions: [place(source), options],
    rankingNotes: [place(ranking), options],
    readLabelledImages: [place(source), place('/nowhere/instances.json', 'text')],
    reportOf: [place(source), options],
    reportPictures: [place(pageCells, 'array'), options],
    thumbnailsOf: [place(pageCells, 'array'), options],
  };
}

describe.each(functionsOf(selection))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, (await calls())[name]!)).toEqual([]);
  });
});
