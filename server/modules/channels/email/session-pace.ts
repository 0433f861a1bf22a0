import type { SMTPServer, SMTPServerSession } from 'smtp-server';

/** Closes a connection that keeps the door open without bringing a mail: every byte it says resets the idle time. */
export interface SessionPace {
  /** The connection owes us a mail from now on. */
  expectMail(session: SMTPServerSession): void;
  /** It is bringing one, or it has left. */
  rest(session: SMTPServerSession): void;
}

export function createSessionPace(server: () => SMTPServer, milliseconds: number): SessionPace {
  const timers = new Map<string, NodeJS.Timeout>();
  const rest = (session: SMTPServerSession) => {
    clearTimeout(timers.get(session.id));
    timers.delete(session.id);
  };
  const close = (session: SMTPServerSession) => {
    timers.delete(session.id);
    const slow = [...server().connections].find((one) => one.id === session.id);
    slow?.send(421, 'Took too long to send a mail');
  };
  return {
    expectMail(session) {
      rest(session);
      timers.set(session.id, setTimeout(() => close(session), milliseconds).unref());
    },
    rest,
  };
}
