import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { cx } from '../../../../ui/cx.ts';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { useHeldMails } from '../../../shell/use-held-mails.ts';
import { inboxesQuery, viewsQuery } from '../desk-queries.ts';
import { views } from '../filters.ts';
import { LazyFirstSteps } from '../first-steps/lazy-first-steps.tsx';
import type { Address } from '../use-address.ts';

const linkLook = cx(
  'flex min-h-8 min-w-0 items-center gap-2 rounded-md px-2.5 text-ink-2 no-underline hover:bg-paper hover:text-ink hover:no-underline',
  'aria-[current=page]:bg-paper aria-[current=page]:text-ink',
);

/** The views with their live counts, and the inboxes that work comes in by. */
export function ViewRail({ address, onGo }: { address: Address; onGo: () => void }) {
  const t = useText();
  const formats = useFormats();
  const { data: counts } = useQuery(viewsQuery);
  return (
    <div className="h-full overflow-y-auto bg-sunken px-2.5 py-3 desk:border-e desk:border-line">
      <nav aria-label={t('inbox.views')} className="grid gap-0.5">
        {views.map((view) => (
          <Link
            key={view}
            to={`/inbox/${view}`}
            onClick={onGo}
            aria-current={view === address.view ? 'page' : undefined}
            className={linkLook}
          >
            <span className="truncate">{t(`inbox.view.${view}`)}</span>
            {counts && (
              <span
                className={cx(
                  'figures ms-auto text-dense',
                  view === 'breaching' && counts[view] > 0 ? 'font-strong text-late' : 'text-ink-3',
                )}
              >
                {formats.number(counts[view])}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <InboxLinks address={address} onGo={onGo} />
      <HeldMails onGo={onGo} />
      {/* Until something came they stand in the empty list, where there is room. */}
      <LazyFirstSteps className={cx('mt-5', counts?.all === 0 && 'desk:hidden')} />
    </div>
  );
}

/** What a screen held or nobody could read is no ticket: it waits where nobody would look without being told. */
function HeldMails({ onGo }: { onGo: () => void }) {
  const t = useText();
  const formats = useFormats();
  const held = useHeldMails();
  if (held === 0) return null;
  return (
    <Link to="/settings/mail" search={{ fate: 'held' }} onClick={onGo} className={cx(linkLook, 'mt-5')}>
      <span className="truncate">{t('inbox.held')}</span>
      <span className="figures ms-auto font-strong text-dense text-due">{formats.number(held)}</span>
    </Link>
  );
}

function InboxLinks({ address, onGo }: { address: Address; onGo: () => void }) {
  const t = useText();
  const { data: inboxes = [] } = useQuery(inboxesQuery);
  const shown = inboxes.filter((inbox) => inbox.active);
  if (shown.length < 2) return null;
  return (
    <nav aria-label={t('inbox.by_inbox')} className="mt-5 grid grid-cols-1 gap-0.5">
      <h2 className="px-2.5 pb-1 text-dense font-normal text-ink-3">{t('inbox.by_inbox')}</h2>
      {shown.map((inbox) => (
        <Link
          key={inbox.id}
          to="/inbox/open"
          search={{ inbox: inbox.id }}
          onClick={onGo}
          aria-current={address.filters.inbox === inbox.id ? 'page' : undefined}
          title={inbox.addresses.join(', ')}
          className={linkLook}
        >
          <bdi className="truncate">{inbox.name}</bdi>
        </Link>
      ))}
    </nav>
  );
}
