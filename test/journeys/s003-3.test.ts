import { journey } from './s003-3.ts';
import { walkRow } from './walk-row.ts';

walkRow('S003-3', journey);
