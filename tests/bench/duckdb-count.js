// duckdb-count.js DIR FILE COLUMN...: counts the rows of a `;` CSV file by the
// columns, with DuckDB's Node package as installed in DIR, on two threads.
//
// Writes the counts as CSV, and "query-seconds N" to standard error: the time
// of the query with its reading of the file, without the start of Node, the
// loading of the package and the opening of the database.
'use strict';

const { createRequire } = require('node:module');
const path = require('node:path');

const [dir, file, ...columns] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(path.resolve(dir, 'x'))('@duckdb/node-api');

const identifier = (name) => `"${name.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const cell = (value) => {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? identifier(text) : text;
};

async function main() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const by = columns.map(identifier).join(', ');
  const query = `SELECT ${by}, count(*) FROM read_csv(${literal(file)}, delim=';',
    header=true, quote='"', escape='"', all_varchar=true) GROUP BY ${by}`;

  const began = process.hrtime.bigint();
  const result = await connection.runAndReadAll(query);
  const took = process.hrtime.bigint() - began;

  process.stderr.write(`query-seconds ${Number(took) / 1e9}\n`);
  process.stdout.write([columns.concat('count'), ...result.getRows()]
    .map((row) => row.map(cell).join(',') + '\n').join(''));
}

main().catch((error) => {
  process.stderr.write(`duckdb-count: ${error.message}\n`);
  process.exitCode = 1;
});
