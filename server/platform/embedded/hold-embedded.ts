import { startEmbedded } from './start-embedded.ts';

// For the tests: owns the database of a folder until it is killed.
const [folder = '', statement = 'select 1'] = process.argv.slice(2);
const database = await startEmbedded({ folder });
const { default: pg } = await import('pg');
const client = new pg.Client(database.connection);
client.on('error', () => undefined);
await client.connect();
await client.query(statement);
console.log(`ready ${database.pid}`);
setInterval(() => undefined, 1000);
