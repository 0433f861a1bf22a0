import { journey } from './s002-4.ts';
import { walkRow } from './walk-row.ts';

walkRow('S002-4', journey);
