import { ChevronRight, type LucideIcon, Pause, Play, Plus, Square } from 'lucide-react';
import { useState } from 'react';
import type { TimelineEntry } from '../../../../../server/modules/tickets/contract.ts';
import { cx } from '../../../../ui/cx.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { isolated } from '../../../../ui/isolate.ts';
import { i18n } from '../../../../ui/language.ts';
import { useFormats, useText } from '../../../../ui/text.tsx';
import { type Effect, effectsOf } from './event-effect.ts';
import { useEventWords } from './event-words.ts';
import { isMessageEvent } from './thread-items.ts';

type EventFoldProps = { events: readonly TimelineEntry[]; all: readonly TimelineEntry[]; open: boolean };

/** What happened between two messages: one quiet line, each event with its clock when opened. */
export function EventFold({ events, all, open: everythingOpen }: EventFoldProps) {
  const t = useText();
  const words = useEventWords();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const notable = events.filter((event) => !isMessageEvent(event));
  const open = chosen ?? everythingOpen;
  const last = notable.at(-1);
  if (!last && !open) return null;
  const summary =
    notable.length === 1 && last
      ? `${isolated(last.actorName)} · ${words(last)}`
      : t('ticket.events', { n: events.length });
  return (
    <div className="px-4 text-dense text-ink-3 tablet:px-5">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
        className="flex min-h-6 max-w-full items-center gap-1 rounded-[4px] hover:text-ink"
      >
        <Icon of={ChevronRight} directed className={cx('scale-80', open && 'rotate-90')} />
        <bdi className="truncate">{summary}</bdi>
      </button>
      {open && (
        <ol className="ms-2 grid gap-1 border-s border-line py-1 ps-4">
          {events.map((event) => (
            <EventLine key={event.eventId} event={event} all={all} words={words} />
          ))}
        </ol>
      )}
    </div>
  );
}

type EventLineProps = {
  event: TimelineEntry;
  all: readonly TimelineEntry[];
  words: (entry: TimelineEntry) => string;
};

function EventLine({ event, all, words }: EventLineProps) {
  const t = useText();
  const formats = useFormats();
  const before = all.filter((other) => other.eventId < event.eventId);
  const cause = all.find((other) => other.eventId === event.causedBy);
  const told = event.reason ?? event.data.reason;
  const reason = typeof told === 'string' ? told : '';
  const why = typeof event.data.cause === 'string' ? `ticket.cause.${event.data.cause}` : '';
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <time dateTime={event.at} title={formats.dateTime(event.at)} className="text-ink-3">
        {formats.time(event.at)}
      </time>
      <bdi className="text-ink-2">{event.actorName}</bdi>
      <bdi>{words(event)}</bdi>
      {why !== '' && why in i18n.messages && <span>({t(why)})</span>}
      {event.data.by === 'routing' && why === '' && <span>{t('ticket.by_rule')}</span>}
      {reason && <bdi>“{reason}”</bdi>}
      {cause && cause.eventId !== event.eventId && (
        <span>{t('ticket.because', { event: words(cause) })}</span>
      )}
      {effectsOf(event, before).map((effect) => (
        <EffectMark key={effect.clock} effect={effect} />
      ))}
    </li>
  );
}

const signs: Record<Effect['how'], LucideIcon> = {
  starts: Play,
  stops: Square,
  pauses: Pause,
  resumes: Play,
  counts: Plus,
};

function EffectMark({ effect }: { effect: Effect }) {
  const t = useText();
  return (
    <span className="inline-flex items-center gap-1 rounded-[4px] bg-sunken px-1.5 text-ink-2">
      <Icon of={signs[effect.how]} className="size-3 fill-current text-ink-3" />
      {t(`ticket.effect.${effect.how}`, { clock: t(`ticket.clock.${effect.clock}`) })}
    </span>
  );
}
