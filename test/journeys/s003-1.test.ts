import { journey } from './s003-1.ts';
import { walkRow } from './walk-row.ts';

walkRow('S003-1', journey);
