import { journey } from './s000-5.ts';
import { walkRow } from './walk-row.ts';

walkRow('S000-5', journey);
