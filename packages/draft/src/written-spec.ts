import { isDeepStrictEqual } from 'node:util';
import { inputPreset, inputPresetNames } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { labelListNames, namedLabels } from '@qualm/types/labels';

/** A spec as a person would write it: with the name of a preset and of a list of labels, where
 * they stand for what it says.
 * @example writtenSpec(spec).labels // 'coco-80'
 */
export function writtenSpec({ input, labels, ...spec }: ModelSpec): object {
  const list = labelListNames.find((name) => isDeepStrictEqual(namedLabels(name), labels));
  return { ...spec, input: writtenInput(input), ...(labels.length > 0 && { labels: list ?? labels }) };
}

function writtenInput(input: ModelSpec['input']): object {
  for (const preset of inputPresetNames) {
    const given = Object.entries(inputPreset(preset, input.size)!);
    const isGiven = given.every(([key, value]) => isDeepStrictEqual(input[key as keyof typeof input], value));
    if (!isGiven) continue;
    const own = Object.entries(input).filter(([key]) => !given.some(([other]) => other === key));
    return { ...Object.fromEntries(own), preset };
  }
  return input;
}
