import { bringUpToDate } from './bring-up-to-date.ts';

bringUpToDate({ checkTypes: true });
