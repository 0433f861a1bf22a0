import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Ticket } from '../../../../../server/modules/tickets/contract.ts';
import { Avatar } from '../../../../ui/avatar.tsx';
import { StatusMark } from '../../../../ui/status-mark.tsx';
import { useStore } from '../../../../ui/store.ts';
import { useText } from '../../../../ui/text.tsx';
import { useMe } from '../../../shell/use-me.ts';
import { staffQuery, teamsQuery } from '../desk-queries.ts';
import { priorities } from '../filters.ts';
import { patches } from '../ticket-cache.ts';
import { CopyPicker } from './copy-picker.tsx';
import { openPicker } from './open-picker.ts';
import { type Choice, type PartProps, Picker } from './picker.tsx';
import { TagPicker } from './tag-picker.tsx';
import type { Acts } from './use-acts.ts';

const NewTicket = lazy(async () => ({
  default: (await import('../dialogs/new-ticket-dialog.tsx')).NewTicketDialog,
}));
const Merge = lazy(async () => ({ default: (await import('../dialogs/merge-dialog.tsx')).MergeDialog }));

/** The panel that was asked for, over the tickets that are meant now. */
export function Pickers({ targets, acts }: { targets: () => readonly Ticket[]; acts: Acts }) {
  const name = useStore(openPicker);
  useStore(patches);
  const onClose = () => openPicker.set(null);
  if (name === null) return null;
  if (name === 'new-ticket')
    return (
      <Suspense>
        <NewTicket onClose={onClose} />
      </Suspense>
    );
  const tickets = targets();
  const [first] = tickets;
  if (!first) return null;
  if (name === 'merge' || name === 'follow-up')
    return (
      <Suspense>
        {name === 'merge' ? (
          <Merge ticket={first} acts={acts} onClose={onClose} />
        ) : (
          <NewTicket follows={first} onClose={onClose} />
        )}
      </Suspense>
    );
  const Part = parts[name];
  return <Part tickets={tickets} acts={acts} onClose={onClose} />;
}

const sameIn = <V,>(tickets: readonly Ticket[], read: (ticket: Ticket) => V): V | undefined => {
  const first = tickets[0] && read(tickets[0]);
  return tickets.every((ticket) => read(ticket) === first) ? first : undefined;
};

function AssignPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const me = useMe().user;
  const { data: staff = [] } = useQuery(staffQuery);
  const now = sameIn(tickets, (ticket) => ticket.assigneeId);
  const others = staff.filter((one) => one.active && one.id !== me.id);
  const choices: Choice[] = [
    {
      value: String(me.id),
      label: me.name,
      note: t('ticket.me'),
      mark: <Avatar name={me.name} size="small" />,
      chosen: now === me.id,
    },
    ...others.map((one) => ({
      value: String(one.id),
      label: one.name,
      also: one.email,
      mark: <Avatar name={one.name} size="small" />,
      chosen: now === one.id,
    })),
    { value: 'nobody', label: t('ticket.nobody'), chosen: now === null },
  ];
  const choose = (value: string, reason?: string) => {
    const person = value === String(me.id) ? me : staff.find((one) => String(one.id) === value);
    acts.assign(tickets, person ? { id: person.id, name: person.name } : null, reason);
  };
  return (
    <Picker title={t('inbox.do.assign')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />
  );
}

function TeamPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const { data: teams = [] } = useQuery(teamsQuery);
  const now = sameIn(tickets, (ticket) => ticket.teamId);
  const choices: Choice[] = [
    ...teams.map((team) => ({ value: String(team.id), label: team.name, chosen: now === team.id })),
    { value: 'none', label: t('ticket.no_team'), chosen: now === null },
  ];
  const choose = (value: string, reason?: string) => {
    const team = teams.find((one) => String(one.id) === value);
    acts.set(
      tickets,
      'teamId',
      team?.id ?? null,
      team ? t('ticket.team_set', { team: team.name }) : t('ticket.team_off'),
      reason,
    );
  };
  return <Picker title={t('inbox.do.team')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />;
}

const settable = ['open', 'pending', 'on_hold', 'solved'] as const;

function StatusPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const now = sameIn(tickets, (ticket) => ticket.status);
  const choices = settable.map((status) => ({
    value: status,
    label: t(`ui.status.${status}`),
    mark: <StatusMark status={status} shapeOnly />,
    chosen: now === status,
  }));
  const choose = (value: string, reason?: string) => {
    const status = settable.find((one) => one === value);
    if (status)
      acts.set(
        tickets,
        'status',
        status,
        t('ticket.status_set', { status: t(`ui.status.${status}`) }),
        reason,
      );
  };
  return (
    <Picker title={t('inbox.do.status')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />
  );
}

function PriorityPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const now = sameIn(tickets, (ticket) => ticket.priority);
  const choices: Choice[] = [
    ...priorities.map((one) => ({ value: one, label: t(`ticket.priority.${one}`), chosen: now === one })),
    { value: 'none', label: t('ticket.none'), chosen: now === null },
  ];
  const choose = (value: string, reason?: string) => {
    const priority = priorities.find((one) => one === value) ?? null;
    const word = priority ? t(`ticket.priority.${priority}`) : t('ticket.none');
    acts.set(tickets, 'priority', priority, t('ticket.priority_set', { priority: word }), reason);
  };
  return (
    <Picker title={t('inbox.do.priority')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />
  );
}

const types = ['question', 'incident', 'problem', 'task'] as const;

function TypePicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const now = sameIn(tickets, (ticket) => ticket.type);
  const choices: Choice[] = [
    ...types.map((one) => ({ value: one, label: t(`ticket.type.${one}`), chosen: now === one })),
    { value: 'none', label: t('ticket.none'), chosen: now === null },
  ];
  const choose = (value: string, reason?: string) => {
    const type = types.find((one) => one === value) ?? null;
    acts.set(
      tickets,
      'type',
      type,
      t('ticket.type_set', { type: t(type ? `ticket.type.${type}` : 'ticket.none') }),
      reason,
    );
  };
  return <Picker title={t('inbox.do.type')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />;
}

const tiers = [1, 2, 3, 4];

function TierPicker({ tickets, acts, onClose }: PartProps) {
  const t = useText();
  const now = sameIn(tickets, (ticket) => ticket.tier);
  const choices: Choice[] = [
    ...tiers.map((tier) => ({
      value: String(tier),
      label: t('ticket.tier_n', { n: tier }),
      chosen: now === tier,
      keys: String(tier),
    })),
    { value: 'none', label: t('ticket.none'), chosen: now === null },
  ];
  const choose = (value: string, reason?: string) =>
    acts.set(
      tickets,
      'tier',
      Number(value) || null,
      t('ticket.tier_set', { tier: value === 'none' ? t('ticket.none') : value }),
      reason,
    );
  return <Picker title={t('inbox.do.tier')} choices={choices} onChoose={choose} onClose={onClose} asksWhy />;
}

const parts = {
  copy: CopyPicker,
  assign: AssignPicker,
  team: TeamPicker,
  status: StatusPicker,
  priority: PriorityPicker,
  type: TypePicker,
  tier: TierPicker,
  tag: TagPicker,
};
