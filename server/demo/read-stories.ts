import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locale } from '../../i18n/locales.ts';
import type { Channel, Priority, TicketType } from '../modules/tickets/index.ts';
import { type TeamKey, teamKeys } from './company.ts';

export type StepKind = 'customer' | 'agent' | 'note' | 'separate' | 'machine' | 'merge' | 'move' | 'spam';

export interface StoryStep {
  kind: StepKind;
  /** `solve`, `late`, a team's name …: what each means stands in `tell-story.ts`. */
  words: string[];
  text: string;
}

export interface Story {
  id: string;
  language: Locale;
  team: TeamKey;
  channel: Channel;
  subject: string;
  tags: string[];
  priority: Priority | null;
  type: TicketType | null;
  /** Told in the week when the couriers were on strike. */
  strike: boolean;
  /** Somebody of a house that buys by the box. */
  buyer: boolean;
  copied: boolean;
  steps: StoryStep[];
}

/**
 * The stories of one language, from `stories/<language>.txt`: `== id | key=value | flag` begins one, `Subject:`
 * names it, and each `-- kind words` is a step with its text below.
 */
export function readStories(language: Locale): Story[] {
  const file = path.join(import.meta.dirname, 'stories', `${language}.txt`);
  return readFileSync(file, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((block) => readStory(block, language));
}

function readStory(block: string, language: Locale): Story {
  const [head = '', ...steps] = block.split(/^-- /m);
  const [title = '', subjectLine = ''] = head.split('\n');
  const [id = '', ...marks] = title.split('|').map((one) => one.trim());
  const value = (key: string) => marks.find((mark) => mark.startsWith(`${key}=`))?.slice(key.length + 1);
  const team = value('team') as TeamKey;
  if (!teamKeys.includes(team) || !subjectLine.startsWith('Subject: ') || steps.length === 0)
    throw new Error(`the story ${language} ${id} lacks a team, a subject or its steps`);
  return {
    id,
    language,
    team,
    subject: subjectLine.slice('Subject: '.length).trim(),
    channel: (value('channel') ?? 'email') as Channel,
    tags: value('tags')?.split(',') ?? [],
    priority: (value('priority') ?? null) as Priority | null,
    type: (value('type') ?? null) as TicketType | null,
    strike: marks.includes('strike'),
    buyer: marks.includes('buyer'),
    copied: marks.includes('copied'),
    steps: steps.map(readStep),
  };
}

function readStep(block: string): StoryStep {
  const end = block.indexOf('\n');
  const [kind, ...words] = block.slice(0, end).trim().split(/\s+/);
  return { kind: kind as StepKind, words, text: block.slice(end + 1).trim() };
}
