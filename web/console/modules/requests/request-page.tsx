import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Message } from '../../../../server/modules/tickets/contract.ts';
import { ApiError } from '../../../api/api-error.ts';
import { wordsOf } from '../../../api/error-words.ts';
import { apiUrl } from '../../../api/request.ts';
import { cx } from '../../../ui/cx.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useText } from '../../../ui/text.tsx';
import { Time } from '../../../ui/time.tsx';
import { usePageTitle } from '../../../ui/use-page-title.ts';
import { ReplyForm } from './reply-form.tsx';
import { requestQuery } from './request-queries.ts';

/** One request: what was said, whose turn it is, and an answer. */
export function RequestPage() {
  const t = useText();
  const { i18n } = useLingui();
  const { ticket = '' } = useParams({ strict: false }) as { ticket?: string };
  const asked = useQuery(requestQuery(ticket));
  usePageTitle(asked.data?.subject || t('requests.title'));
  return (
    <>
      <Link to={`/hc/${i18n.locale}/requests`} className="inline-flex min-h-6 items-center text-dense">
        {t('requests.back')}
      </Link>
      {asked.isError && !asked.data && (
        <div className="mt-4">
          <ErrorState
            within
            what={t('requests.failed')}
            why={wordsOf(asked.error, t)}
            onRetry={isGone(asked.error) ? undefined : () => void asked.refetch()}
          />
        </div>
      )}
      {asked.data && (
        <>
          <h1 className="mt-2 text-figure font-normal wrap-anywhere">
            <bdi>{asked.data.subject || t('requests.untitled')}</bdi>
          </h1>
          <p className="mt-1 mb-4 text-ink-2">
            {t(`requests.status.${asked.data.status}`)} · <span className="figures">#{asked.data.id}</span>
          </p>
          <ol className="grid gap-3">
            {asked.data.messages.map((message) => (
              <Said key={message.id} message={message} />
            ))}
          </ol>
          <ReplyForm key={ticket} ticket={asked.data} />
        </>
      )}
    </>
  );
}

const isGone = (error: Error): boolean => error instanceof ApiError && error.status === 404;

/** What no person wrote comes from the desk, whatever the desk runs on. */
const authorOf = ({ authorKind, authorName }: Message): string | null =>
  authorKind === 'customer' || authorKind === 'agent' ? authorName : null;

function Said({ message }: { message: Message }) {
  const t = useText();
  const own = message.authorKind === 'customer';
  return (
    <li className={cx('rounded-md px-4 py-3', own ? 'bg-sunken' : 'bg-raised')}>
      <p className="flex flex-wrap items-baseline gap-x-3 text-dense text-ink-3">
        <bdi className="font-strong text-ink">{authorOf(message) || t('requests.the_desk')}</bdi>
        <Time at={message.createdAt} as="dateTime" />
      </p>
      {message.redacted ? (
        <p className="mt-1 text-ink-3">{t('requests.redacted')}</p>
      ) : (
        <p dir="auto" className="each-paragraph mt-1 whitespace-pre-wrap wrap-anywhere">
          {message.text}
        </p>
      )}
      {message.attachments.map((file) => (
        <a
          key={file.key}
          href={apiUrl(`/files/${file.key}`)}
          download
          className="mt-1 me-3 inline-block text-dense"
        >
          <bdi>{file.fileName}</bdi>
        </a>
      ))}
    </li>
  );
}
