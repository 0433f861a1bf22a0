import net from 'node:net';

export interface SentMail {
  from: string;
  raw: string;
}

/** An open connection to an SMTP door. */
export interface SmtpLine {
  /** Sends one mail; answers the milliseconds from end of data to 250. Throws when the connection broke or it was refused. */
  send(to: string, mail: SentMail): Promise<number>;
  close(): void;
}

/** Opens a connection and greets. */
export async function openSmtp(smtp: { host: string; port: number }): Promise<SmtpLine> {
  const socket = net.connect(smtp.port, smtp.host);
  socket.setNoDelay(true);
  let buffer = '';
  let waiting: ((line: string) => void) | null = null;
  let failed: ((error: Error) => void) | null = null;
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (/^\d{3}(?: |$)/.test(line)) waiting?.(line);
    }
  });
  let gone: Error | null = null;
  const fail = (error: Error) => {
    gone ??= error;
    failed?.(error);
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('connection closed')));
  socket.setTimeout(20_000, () => socket.destroy(new Error('no answer in 20 s')));
  const answer = () =>
    new Promise<string>((resolve, reject) => {
      // A connection that broke between two answers never speaks again.
      if (gone) reject(gone);
      waiting = resolve;
      failed = reject;
    });
  const say = async (text: string, wanted: string) => {
    const reply = answer();
    socket.write(text);
    const line = await reply;
    if (!line.startsWith(wanted)) throw new Error(`SMTP answered ${line} to ${text.slice(0, 60)}`);
  };
  try {
    const greeting = await answer();
    if (!greeting.startsWith('220')) throw new Error(`SMTP greeted with ${greeting}`);
    await say('EHLO bench.example\r\n', '250');
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return {
    async send(to, mail) {
      try {
        await say(`MAIL FROM:<${mail.from}>\r\n`, '250');
        await say(`RCPT TO:<${to}>\r\n`, '250');
        await say('DATA\r\n', '354');
        const began = performance.now();
        await say(`${mail.raw.replace(/\r\n\./g, '\r\n..')}\r\n.\r\n`, '250');
        return performance.now() - began;
      } catch (error) {
        socket.destroy();
        throw error;
      }
    },
    close() {
      failed = null;
      socket.end('QUIT\r\n');
    },
  };
}

/** Sends mails over one connection, one after the other; answers the milliseconds from end of data to 250 of each. */
export async function sendOverSmtp(
  smtp: { host: string; port: number },
  to: string,
  mails: SentMail[],
  accepted: (mail: SentMail) => void = () => undefined,
): Promise<number[]> {
  const line = await openSmtp(smtp);
  const milliseconds: number[] = [];
  for (const mail of mails) {
    milliseconds.push(await line.send(to, mail));
    accepted(mail);
  }
  line.close();
  return milliseconds;
}
