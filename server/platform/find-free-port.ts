import { type AddressInfo, createServer } from 'node:net';

/** A port of this address that nobody has at the moment, for who opens it at once. */
export async function findFreePort(host: string): Promise<number> {
  return new Promise((tell, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => tell(port));
    });
  });
}
