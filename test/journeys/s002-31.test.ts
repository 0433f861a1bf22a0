import { journey } from './s002-31.ts';
import { walkRow } from './walk-row.ts';

walkRow('S002-31', journey);
