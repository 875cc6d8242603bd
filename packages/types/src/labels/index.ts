export { cocoLabels80, cocoLabels91 } from './coco-labels.ts';
export { labelListNames, namedLabels } from './named-labels.ts';
