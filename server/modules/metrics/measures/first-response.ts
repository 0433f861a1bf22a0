import { secondsBetween } from '../arithmetic/instant.ts';
import type { TicketHistory } from '../history.ts';
import { isHumanReply, isSolved } from '../history.ts';
import type { Life } from '../life.ts';
import type { Reading } from '../observation.ts';
import type { Step } from '../walk.ts';
import { dimensionsOf, isBotOnlySolve, isReopen, isSolve } from '../walk.ts';
import { openIntervals } from './open-intervals.ts';

/**
 * From the moment a person was due to answer to the first public message of a human agent.
 * Automatic answers, bots and notes do not stop it. Credited to the agent who wrote it.
 */
export function measureFirstResponse(life: Life): Reading[] {
  const { history, steps, entry } = life;
  if (entry === null || isLoggedCall(life)) return [];
  const entered = steps.slice(steps.findIndex(({ event }) => event === entry));
  const reply = entered.findIndex(({ event }) => isHumanReply(event));
  const unanswered = reply < 0 ? entered : entered.slice(0, reply);
  const start = findStart(unanswered, entry.at);
  return [
    ...listWaits(history, entered, reply, entry.at),
    ...answerOf(life, entered[reply], start, entry.at),
    ...anyAnswerOf(life, entered),
  ];
}

/** While unsolved and unanswered by a person; the age counts from where the response time would. */
function listWaits(
  history: TicketHistory,
  entered: readonly Step[],
  reply: number,
  created: number,
): Reading[] {
  const waiting = ({ after }: Step) => !after.removed && !isSolved(after.status);
  const handedOff = ({ event }: Step) => event.type === 'handoff';
  return openIntervals(entered, reply, waiting, handedOff).map(({ step, until }): Reading => {
    const soFar = entered.slice(0, entered.indexOf(step) + 1);
    return {
      measure: 'first_response_wait',
      key: step.event.eventId,
      event: step.event,
      dims: dimensionsOf(history, step.after, step.after.agentId),
      value: 1,
      since: findStart(soFar, created),
      until,
    };
  });
}

/** A call that an agent wrote down was answered while it rang: it has speed of answer instead. */
function isLoggedCall({ history }: Life): boolean {
  return history.origin === 'on_behalf' && history.channel === 'phone';
}

/**
 * Creation; the first hand-off to people where a bot has it; the reopening where a bot alone had
 * solved it, and again the first hand-off after that.
 */
function findStart(unanswered: readonly Step[], created: number): number {
  let start = created;
  let handedOff = false;
  let solvedByBot = false;
  for (const step of unanswered) {
    if (step.event.type === 'handoff' && !handedOff) {
      start = step.event.at;
      handedOff = true;
    }
    if (isSolve(step)) solvedByBot = isBotOnlySolve(step);
    if (isReopen(step) && solvedByBot) {
      start = step.event.at;
      handedOff = false;
      solvedByBot = false;
    }
  }
  return start;
}

function answerOf(life: Life, reply: Step | undefined, start: number, created: number): Reading[] {
  if (reply?.event.type !== 'message') return [];
  const { event, after } = reply;
  return [
    {
      measure: 'first_response',
      key: 'first',
      event,
      dims: dimensionsOf(life.history, after, event.agentId),
      value: secondsBetween(start, event.at),
      businessSeconds: life.businessSeconds(start, event.at),
      sinceCreation: secondsBetween(created, event.at),
      since: start,
    },
  ];
}

function anyAnswerOf(life: Life, entered: readonly Step[]): Reading[] {
  const first = entered.find(
    ({ event }) =>
      event.type === 'message' && event.public && (event.author === 'agent' || event.author === 'bot'),
  );
  const created = entered[0]?.event.at;
  if (first?.event.type !== 'message' || created === undefined) return [];
  const { event, after } = first;
  return [
    {
      measure: 'any_response',
      key: 'first',
      kind: event.author,
      event,
      dims: dimensionsOf(life.history, after, event.agentId),
      value: secondsBetween(created, event.at),
      businessSeconds: life.businessSeconds(created, event.at),
      since: created,
    },
  ];
}
