import { entropy, margin } from '@qualm/strategies';

console.log(margin([0.5, 0.25]), margin.order, entropy([0.5, 0.25]));
