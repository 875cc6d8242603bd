import { createSqlSession } from '@qualm/sql';

const session = await createSqlSession({ dialect: 'spark' });
await session.createFunction('twice', { parameters: ['INTEGER'], returns: 'INTEGER', call: (x: number) => 2 * x });
const result = await session.sql(
  'SELECT margin(scores) AS m, scores[0] AS best, twice(21) AS t FROM (SELECT array(0.5, 0.25) AS scores)',
);
const [row] = await result.rows();
console.log(row!['m'], row!['best'], row!['t']);
await session.close();
