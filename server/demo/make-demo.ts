import type { Locale } from '../../i18n/locales.ts';
import { createCustomer, createOrganization } from '../modules/customers/index.ts';
import type { SteppedClock } from '../platform/clock.ts';
import type { Desk } from '../platform/desk.ts';
import { system } from '../platform/events/event-map.ts';
import { type Arrival, planArrivals } from './arrivals.ts';
import { type Chance, seededChance } from './chance.ts';
import type { SiteKey } from './company.ts';
import { type CustomerPart, languages, listCustomerParts } from './customers.ts';
import { type Company, foundCompany } from './found-company.ts';
import { playAct } from './play-act.ts';
import { readStories, type Story } from './read-stories.ts';
import { type Act, beginThread, type Telling, type Thread, tellStory } from './tell-story.ts';
import { walkTime } from './walk-time.ts';

export interface DemoWish {
  seed: number;
  tickets: number;
  /** The demo's last moment; its first is 91 days before. */
  now: Date;
  admin: { email: string; password: string };
  progress(done: number, of: number): void;
}

const actsBetweenSettling = 200;

/** A quarter of Lantern's letters, told to the desk in the order in which they happened. */
export async function makeDemo(desk: Desk, clock: SteppedClock, wish: DemoWish): Promise<Company> {
  const chance = seededChance(wish.seed);
  const company = await foundCompany(desk, wish.admin);
  const customers = listCustomerParts(chance);
  await welcomeCustomers(desk, chance, customers);
  const acts = planActs({ chance, company, now: wish.now }, customers, wish.tickets);
  const walk = walkTime(desk, clock);
  for (const [index, act] of acts.entries()) {
    await walk.to(act.at);
    await playAct(desk, walk, company.teamIds, act);
    if (index % actsBetweenSettling === 0) {
      await desk.settle();
      wish.progress(index, acts.length);
    }
  }
  await walk.to(wish.now);
  await desk.settle();
  wish.progress(acts.length, acts.length);
  return company;
}

/** Houses, and people who bought before this quarter began; the others come with their first letter. */
async function welcomeCustomers(desk: Desk, chance: Chance, customers: CustomerPart[]): Promise<void> {
  await desk.run(system, async (cx) => {
    for (const part of customers) {
      if (part.organization) {
        const domains = [part.email.split('@')[1] ?? ''];
        await createOrganization(cx, { name: part.organization, domains, tags: ['partner'] });
      }
      if (!part.organization && !chance.happens(0.75)) continue;
      const tags = [...(part.organization ? ['partner'] : []), ...(chance.happens(0.15) ? ['vip'] : [])];
      await createCustomer(cx, {
        name: part.name,
        locale: part.language,
        timeZone: part.timeZone,
        tags,
        identities: [{ kind: 'email', value: part.email, primary: true }],
      });
    }
  });
}

/** Every step of every story, in the order of time. */
function planActs(telling: Telling, customers: CustomerPart[], count: number): Act[] {
  const stories = new Map(languages.map((language) => [language, readStories(language)]));
  const used = new Map<Story, number>();
  const acts = planArrivals(telling.chance, count, telling.now).flatMap((arrival, index) => {
    const language = pickLanguage(telling.chance);
    const story = pickStory(telling.chance, stories.get(language) ?? [], arrival, used);
    const thread = castThread(telling, customers, story, index + 1);
    return tellStory(telling, thread, arrival);
  });
  return acts
    .map((act, index) => ({ act, index }))
    .sort((a, b) => a.act.at.getTime() - b.act.at.getTime() || a.index - b.index)
    .map(({ act }) => act);
}

function pickLanguage(chance: Chance): Locale {
  return chance.pick([
    'be',
    'be',
    'be',
    'zh-CN',
    'zh-CN',
    'zh-CN',
    'zh-TW',
    'zh-TW',
    'en',
    'en',
    'en',
  ] as const);
}

/** The story that was told least so far, so that all of them come round. */
function pickStory(chance: Chance, stories: Story[], arrival: Arrival, used: Map<Story, number>): Story {
  const fitting = stories.filter((one) => (arrival.strike ? one.strike : !one.strike));
  const pool = arrival.strike && chance.happens(0.3) ? stories.filter((one) => !one.strike) : fitting;
  const least = Math.min(...pool.map((one) => used.get(one) ?? 0));
  const story = chance.pick(pool.filter((one) => (used.get(one) ?? 0) <= least + 1));
  used.set(story, (used.get(story) ?? 0) + 1);
  return story;
}

const homes: Record<Locale, SiteKey[]> = {
  be: ['minsk'],
  'zh-CN': ['hangzhou'],
  'zh-TW': ['taipei'],
  en: ['minsk', 'minsk', 'taipei'],
};

function castThread(telling: Telling, customers: CustomerPart[], story: Story, number: number): Thread {
  const { chance } = telling;
  const speakers = customers.filter((one) => one.language === story.language);
  const pool = speakers.filter((one) => (one.organization !== null) === story.buyer);
  const customer = chance.pick(pool);
  const copied = story.copied ? chance.pick(speakers.filter((one) => one !== customer)) : null;
  return beginThread(telling, { number, story, customer, copied, site: chance.pick(homes[story.language]) });
}
