import { listenSmtp, type SmtpDoor } from '../../server/modules/channels/email/listen-smtp.ts';
import { type MailRoom, openMailRoom } from '../../server/modules/channels/email/mail-room.ts';
import { type FakeRelay, openFakeRelay } from '../../server/modules/channels/email/outbox/fake-relay.ts';
import { closeReaders } from '../../server/modules/channels/email/readers.ts';

const token = 'hostile-token-0123456789abcdef';

/** A desk with both its doors open and a relay behind it that notes everything it is given. */
export interface OpenHouse {
  room: MailRoom;
  door: SmtpDoor;
  relay: FakeRelay;
  /** One call of the API as the administrator. */
  call<T>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }>;
  upload(fileName: string): Promise<{ status: number; key: string | undefined }>;
  /** Works everything that is due, and what an agent could still have withdrawn. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<OpenHouse> {
  const relay = await openFakeRelay();
  const room = await openMailRoom({
    env: {
      SMTP_URL: relay.url,
      FIRSTLINE_ADMIN_EMAIL: 'ada@lantern.example',
      FIRSTLINE_ADMIN_PASSWORD: 'correct horse battery staple',
      FIRSTLINE_API_TOKEN: token,
    },
  });
  const door = await listenSmtp(room.desk, { host: '127.0.0.1', port: 0 });
  const { app } = await room.desk.http();
  const headers = { authorization: `Bearer ${token}` };
  return {
    room,
    door,
    relay,
    async call(method, path, body) {
      const url = `/api/desk/v1${path}`;
      const answer = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
      return { status: answer.statusCode, body: answer.json() };
    },
    async upload(fileName) {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/desk/v1/uploads',
        query: { filename: fileName },
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        payload: Buffer.from(`content of ${fileName}`),
      });
      return { status: answer.statusCode, key: answer.json().key };
    },
    async settle() {
      await room.desk.settle();
      room.desk.clock.advance(11);
      await room.desk.settle();
    },
    async close() {
      await door.close();
      await room.desk.close();
      await relay.close();
      await closeReaders();
    },
  };
}
