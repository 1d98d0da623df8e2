import type { StatusChange } from './status.ts';
import type { Watch } from './watch.ts';

/** How many orders are read concurrently after a reconnect. */
const parallelReads = 8;
const firstPause = 100;
const longestPause = 5_000;

/** The watches of each order; reads an order's history again when changes of it may have been missed. */
export class Watchers {
  readonly #byOrder = new Map<string, Set<Watch>>();
  readonly #stale = new Set<string>();
  readonly #read: (orderId: string) => Promise<readonly StatusChange[] | null>;
  #readers = 0;

  /** @param read The order's history; null when there is no such order; throws when it cannot be read. */
  constructor(read: (orderId: string) => Promise<readonly StatusChange[] | null>) {
    this.#read = read;
  }

  /** How many orders are watched. */
  get orders(): number {
    return this.#byOrder.size;
  }

  add(watch: Watch): void {
    const watches = this.#byOrder.get(watch.orderId);
    if (watches) {
      watches.add(watch);
    } else {
      this.#byOrder.set(watch.orderId, new Set([watch]));
    }
  }

  remove(watch: Watch): void {
    const watches = this.#byOrder.get(watch.orderId);
    if (watches?.delete(watch) && watches.size === 0) {
      this.#byOrder.delete(watch.orderId);
    }
  }

  /** Forwards a change to the watches of its order. */
  changed(change: StatusChange): void {
    this.#offer(change.orderId, [change]);
  }

  /** Changes of this order may have been missed. A read in progress may be out of date, so another follows it. */
  reread(orderId: string): void {
    this.#stale.add(orderId);
    if (this.#readers < parallelReads) {
      void this.#readStale();
    }
  }

  /** Changes of any order may have been missed. */
  rereadAll(): void {
    for (const orderId of this.#byOrder.keys()) {
      this.reread(orderId);
    }
  }

  async #readStale(): Promise<void> {
    this.#readers++;
    let pause = firstPause;
    for (const orderId of this.#stale) {
      this.#stale.delete(orderId);
      if (!this.#byOrder.has(orderId)) {
        continue;
      }

      try {
        this.#offer(orderId, await this.#read(orderId) ?? []);
        pause = firstPause;
      } catch {
        await new Promise(resolve => setTimeout(resolve, pause).unref());
        pause = Math.min(pause * 2, longestPause);
        this.#stale.add(orderId);
      }
    }

    this.#readers--;
  }

  #offer(orderId: string, changes: readonly StatusChange[]): void {
    for (const watch of this.#byOrder.get(orderId) ?? []) {
      watch.offer(changes);
    }
  }
}
