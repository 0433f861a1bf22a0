import { journey } from './s000-3.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-3', journey);
