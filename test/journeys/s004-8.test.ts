import { journey } from './s004-8.ts';
import { walkRow } from './walk-row.ts';

walkRow('S004-8', journey);
