/** A row of the requirements with the journey that watches it work. */
export interface Row {
  id: string;
  requirement: string;
  worksWhen: string;
  /** What of the row this version does not have yet, so that its journey does not see it. */
  without?: string;
  /** A route without which the feature is not there: with it switched off, the journey fails. */
  route: string;
}

const api = '/api/desk/v1';

export const rows: readonly Row[] = [
  {
    id: 'S000-1',
    requirement: 'Ticket volume: support requests entering the business, over time',
    worksWhen:
      'create 4 real + 1 spam + 1 merged + 1 training + 1 outbound ticket: tile says 4 and lists the four exclusions (TV-01)',
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S000-3',
    requirement: 'Volume per channel (phone, email, social, chat)',
    worksWhen:
      'one ticket from each channel appears in its own row with count and share; origin channel never changes when the customer switches (VC-03)',
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S000-5',
    requirement: 'Completed tickets against received',
    worksWhen:
      'same period shows received, solved, net change and the flow ratio; solving a ticket moves it within 2 s (SC-01)',
    route: `GET ${api}/dashboard`,
  },
  {
    id: 'S000-8',
    requirement: 'Response time from receipt to answer, as short as possible',
    worksWhen: 'FRT tile: mean, median, p90, still waiting, oldest waiting (FR-01, FR-02)',
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S000-21',
    requirement: 'Real-time reports',
    worksWhen:
      'an event changes the open dashboard within 2 s without reload; every tile prints "as of hh:mm:ss"',
    route: `GET ${api}/stream`,
  },
  {
    id: 'S000-22',
    requirement: 'Single point of contact: every call, mail, chat and social message goes through the desk',
    worksWhen: 'one message per channel from the same person lands in one customer timeline',
    without: 'mail arrives by itself; calls, chats and social messages are written down through the API',
    route: `POST ${api}/customers/:id/identities`,
  },
  {
    id: 'S002-1',
    requirement: 'SLA per customer, segment or everyone, from first response to full resolution',
    worksWhen:
      'three policies with different targets: the right one attaches, order is visible, reason shown on the ticket',
    route: `GET ${api}/tickets/:id/sla`,
  },
  {
    id: 'S002-4',
    requirement: 'Targets fit business goals, e.g. 5-minute first response',
    worksWhen: 'target accepts seconds to weeks, calendar or business clock; SL-06',
    route: `POST ${api}/sla-policies`,
  },
  {
    id: 'S002-31',
    requirement: 'New email tickets claimed within 60 minutes, chats within 60 seconds',
    worksWhen: 'CL-01 … CL-03; countdown on the row; alert at 80% and 100%',
    without:
      'the alerts are a notice in an open console and lines of the timeline; who has none open gets no mail',
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S003-1',
    requirement: 'FRT per platform',
    worksWhen: 'FRT split by social, email, chat with the same definition printed',
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S003-3',
    requirement: 'Average resolution time',
    worksWhen: "RT-03, with the seed's variant in the explanation",
    route: `GET ${api}/kpis/:id`,
  },
  {
    id: 'S004-2',
    requirement: 'Collect cases from several mail accounts and channels in one place',
    worksWhen: 'three mailboxes + chat + phone in one list, source shown',
    route: `GET ${api}/tickets`,
  },
  {
    id: 'S004-8',
    requirement: 'Role agent: handles requests by phone, email and desk',
    worksWhen: 'agent home = my work, all channels, one list',
    route: `GET ${api}/views`,
  },
  {
    id: 'S004-18',
    requirement: 'Manage marketing, support, partner and other inboxes on one platform',
    worksWhen: 'inboxes with own address, members, hours, signature, SLA',
    route: `POST ${api}/inboxes`,
  },
  {
    id: 'S004-22',
    requirement: 'Dedicated addresses per team: marketing, help desk, invoicing',
    worksWhen: 'mail to each lands in its inbox and answers from it',
    route: `POST ${api}/inboxes`,
  },
  {
    id: 'S004-27',
    requirement: 'Open-ticket inbox view',
    worksWhen: 'list of open tickets with age, owner, wait',
    route: `GET ${api}/tickets`,
  },
  {
    id: 'S004-28',
    requirement: 'Receipt confirmation in acceptable time',
    worksWhen: 'auto-reply on every channel, once per thread, never to other robots',
    without: 'chats, calls and social messages have no door of their own yet, so they get no receipt',
    route: `GET ${api}/outbox`,
  },
];

export function rowNamed(id: string): Row {
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error(`no row is named ${id}`);
  return row;
}
