// What most stories begin with: the product with an Asterisk beside it, and an agent at the desk in a browser.
import { Cordboard } from './cordboard.mjs';
import { browser, Desk } from './desk.mjs';
import { Caller } from './sip.mjs';

export class Scene {
  #callers = [];

  /**
   * @param user the agent who signs in
   * @param phone another one than they have
   */
  static async open(user, { phone, ...options } = {}) {
    const scene = new Scene();
    try {
      scene.cordboard = await Cordboard.start(options);
      if (phone) await scene.cordboard.givePhone(user, phone);
      scene.chromium = await browser();
      scene.desk = await Desk.open(scene.chromium, scene.cordboard, user);
      return scene;
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  /** A customer calls through the trunk; see {@link Caller.dial}. */
  async dial(call) {
    const caller = await Caller.dial(this.cordboard, call);
    this.#callers.push(caller);
    return caller;
  }

  /** Ends the callers that a failed test has left. */
  async clear() {
    await Promise.all(this.#callers.splice(0).map((caller) => caller.kill()));
  }

  async close() {
    await this.clear();
    try {
      await this.chromium?.close();
    } finally {
      await this.cordboard?.close();
    }
  }
}
