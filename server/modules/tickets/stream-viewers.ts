import type { Desk } from '../../platform/desk.ts';
import type { Principal } from '../../platform/http/principal.ts';
import type { ViewersChanged } from './contract.ts';
import { findNames } from './names.ts';
import { getTicketRow } from './queries.ts';
import { canSee } from './sight.ts';
import { type Beside, viewerBoard } from './viewer-board.ts';

interface Parts {
  desk: Desk;
  /** The stream's own name, by which its reader says what it looks at. */
  stream: string;
  identify(): Promise<Principal | null>;
  say(viewers: ViewersChanged): void;
}

/** Tells a stream who else is at the ticket it looks at, whenever that changes; its rights are asked each time. */
export function streamViewers({ desk, stream, identify, say }: Parts): () => void {
  const board = viewerBoard(desk);
  let told = '';
  let telling = false;
  let again = false;

  async function tell(): Promise<void> {
    do {
      again = false;
      const now = board.beside(stream);
      const news = JSON.stringify(now);
      if (news === told) continue;
      if (now && (await maySee(now.ticketId))) say(await named(now));
      told = news;
    } while (again);
  }

  async function maySee(ticketId: number): Promise<boolean> {
    const principal = await identify();
    return principal?.kind === 'staff' && canSee(principal, await getTicketRow(desk.db, ticketId));
  }

  async function named({ ticketId, others }: Beside): Promise<ViewersChanged> {
    const names = await findNames(desk.db, { staff: others.map(({ staffId }) => staffId) });
    return { ticketId, viewers: others.map((one) => ({ ...one, name: names.staff(one.staffId) })) };
  }

  return board.join(stream, () => {
    again = true;
    if (telling) return;
    telling = true;
    void tell()
      .catch((error) => desk.log.warn({ error }, 'viewers were not told; the next change tries again'))
      .finally(() => {
        telling = false;
      });
  });
}
