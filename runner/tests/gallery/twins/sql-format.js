import { format as formatSql } from 'sql-formatter';

export const format = (query) => formatSql(query);
