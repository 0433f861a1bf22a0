import { journey } from './s002-1.ts';
import { walkRow } from './walk-row.ts';

walkRow('S002-1', journey);
