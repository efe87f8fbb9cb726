// A line that can be cut: stands between the server and Asterisk's ARI.
import { connect, createServer } from 'node:net';

export class Proxy {
  #pairs = new Set();
  #open = true;

  static async to(port) {
    const proxy = new Proxy();
    proxy.server = createServer((near) => proxy.#join(near, port));
    await new Promise((done) => proxy.server.listen(0, '127.0.0.1', done));
    proxy.port = proxy.server.address().port;
    return proxy;
  }

  #join(near, port) {
    if (!this.#open) {
      near.destroy();
      return;
    }
    const pair = [near, connect(port, '127.0.0.1')];
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [...pair].reverse()]) {
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      from.pipe(to);
    }
  }

  cut() {
    this.#open = false;
    for (const pair of this.#pairs) pair.forEach((socket) => socket.destroy());
  }

  mend() {
    this.#open = true;
  }

  close() {
    this.cut();
    this.server.close();
  }
}
