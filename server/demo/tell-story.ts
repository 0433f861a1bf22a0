import { addBusinessSeconds } from '../modules/schedules/index.ts';
import type { Arrival } from './arrivals.ts';
import type { Chance } from './chance.ts';
import type { SiteKey } from './company.ts';
import type { CustomerPart } from './customers.ts';
import { drawSlots, fillSlots, type Slots, signOf } from './fill-slots.ts';
import type { Agent, Company, DeskInbox } from './found-company.ts';
import type { Story, StoryStep } from './read-stories.ts';

/** One conversation while it is told: who takes part, and what the desk made of it so far. */
export interface Thread {
  number: number;
  story: Story;
  slots: Slots;
  customer: CustomerPart;
  copied: CustomerPart | null;
  inbox: DeskInbox;
  ticketId: number | null;
  /** A second ticket about the same matter. */
  secondId: number | null;
  /** Message-IDs of the customer's mails. */
  headerIds: string[];
  lastReply: { text: string; at: Date } | null;
}

export interface Act {
  at: Date;
  thread: Thread;
  /** A step of the story, or taking the ticket before the first answer. */
  kind: StoryStep['kind'] | 'claim';
  words: string[];
  text: string;
  agent: Agent;
}

export interface Telling {
  chance: Chance;
  company: Company;
  now: Date;
}

const minute = 60;
const hour = 3600;

/** When each step of a story happens. Agents work in their site's hours; customers answer when awake. */
export function tellStory(telling: Telling, thread: Thread, arrival: Arrival): Act[] {
  const { now } = telling;
  const acts: Act[] = [];
  let agent = pickAgent(telling, thread, arrival);
  let at = waking(telling, arrival.at, thread.customer.timeZone);
  const tardy = isTardy(telling, thread, arrival.at);
  for (const [index, step] of thread.story.steps.entries()) {
    const before = thread.story.steps[index - 1]?.kind;
    const taken = index > 0 ? timeOfStep(telling, thread, { step, before, agent, at, tardy, arrival }) : at;
    if (isFirstAnswer(thread.story, index) && thread.story.channel !== 'phone') {
      acts.push({
        at: tardy ? afterLooking(telling, agent, at, taken) : between(at, taken, telling.chance),
        thread,
        kind: 'claim',
        words: [],
        text: '',
        agent,
      });
    }
    at = taken;
    if (at > now) break;
    const speaker = step.words.includes('colleague') ? colleagueOf(telling, agent) : agent;
    const theirs = isTheirs(step.kind);
    const slots = { ...thread.slots, agent: signOf(speaker, thread.story.language) };
    const text = fillSlots(step.text, slots, theirs ? thread.customer : speaker);
    acts.push({ at, thread, kind: step.kind, words: step.words, text, agent: speaker });
    if (step.kind === 'move') {
      const team = step.words[0];
      agent = telling.chance.pick(
        telling.company.agents.filter((one) => one.team === team && one.site === agent.site),
      );
    }
  }
  return acts.filter((act) => act.at <= now);
}

const isTheirs = (kind: StoryStep['kind']): boolean =>
  kind === 'customer' || kind === 'separate' || kind === 'machine';

/** Taken in time, and left lying: the answer is what came late. */
function afterLooking({ chance, company }: Telling, agent: Agent, at: Date, answered: Date): Date {
  const seconds = chance.whole(10, 150) * minute;
  const seen = addBusinessSeconds(company.schedules[agent.site], at, seconds);
  return chance.happens(0.65) && seen !== null && seen < answered.getTime()
    ? new Date(seen)
    : between(at, answered, chance);
}

/** The agent's first step of a mail or form; whoever writes it takes the ticket some time before. */
function isFirstAnswer(story: Story, index: number): boolean {
  const first = story.steps.findIndex(({ kind }) => !isTheirs(kind));
  return index === first && story.steps[index]?.kind !== 'spam';
}

interface Moment {
  step: StoryStep;
  before: StoryStep['kind'] | undefined;
  agent: Agent;
  at: Date;
  tardy: boolean;
  arrival: Arrival;
}

function timeOfStep(telling: Telling, thread: Thread, moment: Moment): Date {
  const { chance } = telling;
  const { step, before, at, agent } = moment;
  const live = thread.story.channel === 'chat';
  if (step.kind === 'machine') return later(at, chance.whole(20, 90));
  if (isTheirs(step.kind)) {
    if (step.words.includes('again'))
      return waking(telling, later(at, chance.between(17, 26) * 24 * hour), thread.customer.timeZone);
    if (live && !step.words.includes('late')) return later(at, chance.whole(15, 110));
    const hours = step.words.includes('late') ? chance.between(40, 110) : chance.around(5, 2.4);
    return waking(telling, later(at, Math.min(hours, 120) * hour), thread.customer.timeZone);
  }
  if (thread.story.channel === 'phone' && before === 'customer') return later(at, chance.whole(20, 240));
  if (live) return later(at, chance.around(45, 2.1));
  const open = telling.company.schedules[agent.site];
  const seconds = answerSeconds(chance, moment);
  const reached = addBusinessSeconds(open, at, Math.round(seconds));
  return reached === null ? later(at, seconds) : later(new Date(reached), chance.whole(1, 50));
}

/** How long an agent needs, in seconds of open hours: longest for a first answer, and in the bad week. */
function answerSeconds(chance: Chance, { step, before, tardy, arrival, agent }: Moment): number {
  const own = 0.75 + (agent.id % 5) * 0.12;
  const slow = arrival.strike ? chance.between(3, 7) : 1;
  if (step.words.includes('follow')) return chance.around(9 * hour, 1.5);
  if (step.kind === 'agent' && before === 'customer')
    return chance.around(70 * minute, 2.3) * own * slow * (tardy ? chance.between(8, 16) : 1);
  return chance.around(14 * minute, 2) * own;
}

/** Some of the newest conversations have nobody yet who saw them in time. */
function isTardy({ chance, now }: Telling, thread: Thread, at: Date): boolean {
  const fresh = now.getTime() - at.getTime() < 5 * 24 * hour * 1000;
  return chance.happens(fresh ? 0.4 : 0.08) && thread.story.channel === 'email';
}

function pickAgent({ chance, company }: Telling, thread: Thread, arrival: Arrival): Agent {
  const { team, site } = thread.inbox;
  const crew = company.agents.filter((one) => one.team === team && one.site === site);
  // Live talk is taken by whoever is at work somewhere; the same people answer a team's mail.
  const first = crew[0];
  return first && !arrival.strike && chance.happens(0.45) ? first : chance.pick(crew);
}

function colleagueOf({ chance, company }: Telling, agent: Agent): Agent {
  return chance.pick(company.agents.filter(({ team, id }) => team === agent.team && id !== agent.id));
}

export const later = (at: Date, seconds: number): Date =>
  new Date(at.getTime() + Math.max(1, Math.round(seconds)) * 1000);

function between(from: Date, to: Date, chance: Chance): Date {
  const gap = Math.max(0, to.getTime() - from.getTime()) / 1000;
  const before = Math.min(gap * chance.between(0.05, 0.3), chance.whole(2, 40) * minute);
  return new Date(to.getTime() - Math.round(Math.max(before, Math.min(1, gap / 2))) * 1000);
}

/** The same moment, or the next morning when it is night where they live. */
function waking({ chance, now }: Telling, at: Date, zone: string): Date {
  const local = Number(
    new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(at),
  );
  if (local >= 8) return at;
  const moved = later(at, (8 - local) * hour + chance.whole(0, 10_800));
  return moved > now && at <= now && at.getTime() > now.getTime() - 24 * hour * 1000 ? at : moved;
}

export function beginThread(
  telling: Telling,
  choice: {
    number: number;
    story: Story;
    customer: CustomerPart;
    copied: CustomerPart | null;
    site: SiteKey;
  },
): Thread {
  const { story, site } = choice;
  const inbox = telling.company.inboxes.find((one) => one.team === story.team && one.site === site);
  if (!inbox) throw new Error(`no inbox for ${story.team} at ${site}`);
  const slots = drawSlots(telling.chance, choice.customer);
  return {
    ...choice,
    slots,
    inbox,
    ticketId: null,
    secondId: null,
    headerIds: [],
    lastReply: null,
  };
}
