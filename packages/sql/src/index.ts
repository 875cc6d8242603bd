export { createSqlSession } from './create-sql-session.ts';
export { sqlFunctions } from './functions/sql-functions.ts';
export type { SqlFunctionInfo } from './functions/sql-functions.ts';
export type {
  SqlBatch,
  SqlCacheOptions,
  SqlColumn,
  SqlDialect,
  SqlFunction,
  SqlNames,
  SqlProgress,
  SqlQueryOptions,
  SqlResult,
  SqlSession,
  SqlSessionOptions,
} from './sql-session.ts';
export type { SqlValue } from './sql-value.ts';
