import { sparkStrategyNames, strategyExpression } from '@qualm/spark';

console.log(sparkStrategyNames.length, strategyExpression('margin', 'scores').includes('array_max'));
