import type { Walk } from './journey.ts';
import { journey as s000n1 } from './s000-1.ts';
import { journey as s000n3 } from './s000-3.ts';
import { journey as s000n5 } from './s000-5.ts';
import { journey as s000n8 } from './s000-8.ts';
import { journey as s000n21 } from './s000-21.ts';
import { journey as s000n22 } from './s000-22.ts';
import { journey as s002n1 } from './s002-1.ts';
import { journey as s002n4 } from './s002-4.ts';
import { journey as s002n31 } from './s002-31.ts';
import { journey as s003n1 } from './s003-1.ts';
import { journey as s003n3 } from './s003-3.ts';
import { journey as s004n2 } from './s004-2.ts';
import { journey as s004n8 } from './s004-8.ts';
import { journey as s004n18 } from './s004-18.ts';
import { journey as s004n22 } from './s004-22.ts';
import { journey as s004n27 } from './s004-27.ts';
import { journey as s004n28 } from './s004-28.ts';

/** Every row's journey, by the row's id. */
export const walks: Readonly<Record<string, Walk>> = {
  'S000-1': s000n1,
  'S000-3': s000n3,
  'S000-5': s000n5,
  'S000-8': s000n8,
  'S000-21': s000n21,
  'S000-22': s000n22,
  'S002-1': s002n1,
  'S002-4': s002n4,
  'S002-31': s002n31,
  'S003-1': s003n1,
  'S003-3': s003n3,
  'S004-2': s004n2,
  'S004-8': s004n8,
  'S004-18': s004n18,
  'S004-22': s004n22,
  'S004-27': s004n27,
  'S004-28': s004n28,
};
