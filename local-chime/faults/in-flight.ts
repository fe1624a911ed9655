import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Exchange = { request: IncomingMessage; response: ServerResponse };

/** The requests of a server that have begun and are not answered yet. */
export class InFlight {
  readonly #exchanges = new Set<Exchange>();
  readonly #bySocket = new WeakMap<Duplex, Exchange>();
  #isLast = false;
  #whenNone: (() => void)[] = [];

  constructor(server: Server) {
    server.prependListener('request', (request, response) => this.#add({ request, response }));
  }

  /** Lets every answer from now on be the last of its connection, and resolves when none is owed any more. */
  async end(): Promise<void> {
    this.#isLast = true;
    for (const { response } of this.#exchanges) closeAfter(response);
    if (this.#exchanges.size > 0) await new Promise<void>((resolve) => this.#whenNone.push(resolve));
  }

  /** Whether a whole request of this connection waits for its answer. */
  owesAnswer(socket: Duplex): boolean {
    return this.#bySocket.get(socket)?.request.complete === true;
  }

  #add(exchange: Exchange): void {
    const { socket } = exchange.request;
    this.#exchanges.add(exchange);
    this.#bySocket.set(socket, exchange);
    if (this.#isLast) closeAfter(exchange.response);
    exchange.response.once('close', () => {
      this.#exchanges.delete(exchange);
      if (this.#bySocket.get(socket) === exchange) this.#bySocket.delete(socket);
      if (this.#exchanges.size === 0) for (const resolve of this.#whenNone.splice(0)) resolve();
    });
  }
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
