import { isFinal, type StatusChange } from './status.ts';

/** Where a watch tells its changes. */
export interface Listener {
  tell(change: StatusChange): void;
  end(): void;
}

/**
 * One client's view of one order: each status once and in order, whatever order they are offered in and however often. It keeps what
 * comes while the history is still being read, so nothing falls between the history and what follows live.
 */
export class Watch {
  readonly orderId: string;
  #told: number;
  #early: StatusChange[] | null = [];
  readonly #listener: Listener;
  readonly #gap: () => void;

  /**
   * @param told The number of the last status the client has; 0 for none.
   * @param gap Called when a status is missing before one that came: the history has to be offered again.
   */
  constructor(orderId: string, told: number, listener: Listener, gap: () => void) {
    this.orderId = orderId;
    this.#told = told;
    this.#listener = listener;
    this.#gap = gap;
  }

  /** Tells the history, then what came meanwhile; from now on changes are told as they are offered. */
  start(history: readonly StatusChange[]): void {
    const early = this.#early ?? [];
    this.#early = null;
    this.offer(history);
    this.offer(early);
  }

  /** Takes a change from the broker, or the history read anew. */
  offer(changes: readonly StatusChange[]): void {
    if (this.#early) {
      this.#early.push(...changes);
      return;
    }

    for (const change of changes) {
      if (change.number > this.#told + 1) {
        this.#gap();
        return;
      }

      if (change.number === this.#told + 1) {
        this.#told = change.number;
        this.#listener.tell(change);
      }

      if (isFinal(change)) {
        this.#listener.end();
        return;
      }
    }
  }
}
