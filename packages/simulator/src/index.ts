export { logisticRegression } from './logistic-regression.ts';
