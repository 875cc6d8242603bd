export { parseLabels } from './parse-labels.ts';
export { readLabels } from './read-labels.ts';
