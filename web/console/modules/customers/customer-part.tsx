import { useQuery } from '@tanstack/react-query';
import { AtSign, BadgeCheck, Hash, type LucideIcon, Phone, Share2 } from 'lucide-react';
import type { Customer, Identity } from '../../../../server/modules/customers/contract.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useFormats, useText } from '../../../ui/text.tsx';
import { useNow } from '../../../ui/time.tsx';
import { languageName } from '../inbox/list/language-name.ts';
import { customerQuery, organizationQuery } from './customer-queries.ts';
import { PartFailed } from './panel-part.tsx';

const icons: Record<Identity['kind'], LucideIcon> = {
  email: AtSign,
  phone: Phone,
  social: Share2,
  external: Hash,
};

/** Who this is: every address they have written from, where they belong, what language they speak. */
export function CustomerPart({ customerId, name }: { customerId: number; name: string }) {
  const t = useText();
  const { data: customer, isPending, isError, refetch } = useQuery(customerQuery(customerId));
  return (
    <section className="pb-3">
      <div className="flex items-center gap-3">
        <Avatar name={name} size="large" />
        <div className="min-w-0">
          <h3 className="truncate text-body" title={name}>
            <bdi>{name}</bdi>
          </h3>
          {customer ? <CustomerFacts customer={customer} /> : isPending && <p>&nbsp;</p>}
        </div>
      </div>
      {isPending && <div aria-hidden="true" className="mt-2 h-6" />}
      {isError && <PartFailed onRetry={() => void refetch()} />}
      {customer && (
        <>
          <ul className="mt-2 grid grid-cols-1 gap-0.5">
            {customer.identities.map((identity) => (
              <IdentityLine key={identity.id} identity={identity} />
            ))}
          </ul>
          {customer.tags.length > 0 && (
            <p className="mt-2 flex flex-wrap gap-1">
              {customer.tags.map((tag) => (
                <Badge key={tag} className="inline-block! bg-raised!" title={tag}>
                  <bdi>{tag}</bdi>
                </Badge>
              ))}
            </p>
          )}
          {customer.suspended && <p className="mt-2 text-late">{t('customer.suspended')}</p>}
          {customer.notes && (
            <p dir="auto" className="mt-2 rounded-md bg-note px-2.5 py-1.5 whitespace-pre-wrap wrap-anywhere">
              <span className="sr-only">{t('customer.notes')} </span>
              {customer.notes}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function IdentityLine({ identity }: { identity: Identity }) {
  const t = useText();
  return (
    <li className="flex min-h-6 items-center gap-2 text-ink-2">
      <Icon of={icons[identity.kind]} className="text-ink-3" />
      <bdi className="min-w-0 truncate select-all" title={identity.value}>
        {identity.value}
      </bdi>
      {identity.verified && (
        <span title={t('customer.verified')} className="inline-flex text-ink-3">
          <Icon of={BadgeCheck} />
          <span className="sr-only">{t('customer.verified')}</span>
        </span>
      )}
    </li>
  );
}

/** Organization, language and the hour where they are, as far as they are known. */
function CustomerFacts({ customer }: { customer: Customer }) {
  const formats = useFormats();
  const now = useNow();
  const { organizationId, locale, timeZone } = customer;
  const { data: organization } = useQuery({
    ...organizationQuery(organizationId ?? 0),
    enabled: organizationId !== null,
  });
  const facts = [
    organization?.name,
    locale && languageName(locale, formats.locale),
    timeZone && formats.date(now, 'time', timeZone),
  ].filter(Boolean);
  if (facts.length === 0) return null;
  return (
    <p className="truncate text-ink-3" title={timeZone ?? undefined}>
      <bdi>{facts.join(' · ')}</bdi>
    </p>
  );
}
