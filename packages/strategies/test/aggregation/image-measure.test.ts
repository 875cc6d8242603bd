import { describe, expect, it } from 'vitest';
import { entropy, imageMeasure, leastSure, margin, maximum, ratio, sumOfBoxes } from '../../src/index.ts';

const detections = { form: 'class_scores', numClasses: 3, task: 'detection' } as const;

describe('imageMeasure(options)', () => {
  it('sums what is left of margins of a distribution, and entropies of labels of independent scores', () => {
    const distribution = imageMeasure({ ...detections, scoreKind: 'distribution' });
    expect([distribution.strategy, distribution.aggregation, distribution.ofBox(0.25)]).toEqual([
      margin,
      sumOfBoxes,
      0.75,
    ]);
    expect([distribution.imageColumn, distribution.imageOrder]).toEqual(['marginUncertainty', 'descending']);
    const independent = imageMeasure({ ...detections, scoreKind: 'independent' });
    expect([independent.strategy.name, independent.ofBox(2)]).toEqual(['entropyPerLabelSum', 2]);
  });

  it('takes the least sure row of a classifier, as it is', () => {
    const { aggregation, ofBox, imageOrder } = imageMeasure({ ...detections, task: 'classification' });
    expect([aggregation, ofBox(0.25), imageOrder]).toEqual([leastSure, 0.25, 'ascending']);
  });

  it('takes what was asked for', () => {
    const { strategy, aggregation } = imageMeasure({ ...detections, strategy: entropy, aggregation: maximum });
    expect([strategy, aggregation]).toEqual([entropy, maximum]);
    expect(imageMeasure({ ...detections, strategy: ratio }).aggregation).toBe(sumOfBoxes);
  });

  it('does not sum small numbers that are least sure, where they have no bound', () => {
    const strategy = { name: 'odd', order: 'ascending', score: () => 1 } as const;
    expect(imageMeasure({ ...detections, strategy }).aggregation).toBe(leastSure);
    expect(() => imageMeasure({ ...detections, strategy, aggregation: sumOfBoxes })).toThrow(
      expect.objectContaining({ code: 'options-invalid' }),
    );
  });
});
