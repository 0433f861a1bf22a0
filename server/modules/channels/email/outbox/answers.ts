import type { OutgoingRow, OutgoingState } from './outgoing-row.ts';

/** What a relay said of one recipient. `uncertain`: it was sent and nothing heard. */
export type Said = {
  outcome: 'accepted' | 'deferred' | 'uncertain' | 'refused';
  /** Of the SMTP dialogue, or a word of ours; null where there is none. */
  code: string | null;
  said: string | null;
};

export type Answer = Said & { address: string };

type Addressed = Pick<OutgoingRow, 'recipients' | 'ccs' | 'answers'>;

const isOpen = ({ outcome }: Said): boolean => outcome === 'deferred' || outcome === 'uncertain';

/** Whoever is still to be tried: neither accepted nor refused for good. Pure, as is all of this. */
export function openRecipients({ recipients, ccs, answers }: Addressed): string[] {
  const done = new Set(answers.filter((answer) => !isOpen(answer)).map(({ address }) => address));
  return [...recipients, ...ccs].filter((address) => !done.has(address));
}

/** One answer for everybody who is still to be tried. */
export const answerAll = (mail: Addressed, said: Said): Answer[] =>
  openRecipients(mail).map((address) => ({ address, ...said }));

/** The last word on everybody, after one more try. */
export function withTry(answers: readonly Answer[], tried: readonly Answer[]): Answer[] {
  const again = new Set(tried.map(({ address }) => address));
  return [...answers.filter(({ address }) => !again.has(address)), ...tried];
}

/** Nobody is refused any more; who has it has it. */
export const acceptedOf = (answers: readonly Answer[]): Answer[] =>
  answers.filter(({ outcome }) => outcome === 'accepted');

/** Enough was tried: what is open is refused. */
export const givenUp = (tried: readonly Answer[]): Answer[] =>
  tried.map((answer) => (isOpen(answer) ? { ...answer, outcome: 'refused', code: 'expired' } : answer));

export function stateAfter(answers: readonly Answer[]): OutgoingState {
  if (answers.some(({ outcome }) => outcome === 'uncertain')) return 'uncertain';
  if (answers.some(isOpen)) return 'retrying';
  const accepted = acceptedOf(answers).length;
  if (accepted === answers.length) return 'sent';
  return accepted > 0 ? 'partly_failed' : 'failed';
}

/** The words that explain a mail that not everybody has. */
export const troubleOf = (answers: readonly Answer[]): string | null =>
  answers.find(({ outcome }) => outcome !== 'accepted')?.said ?? null;
