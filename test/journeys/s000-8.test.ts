import { journey } from './s000-8.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-8', journey);
