import { isFinal, type StatusChange } from './status.ts';

/** The receiver of a watch's changes. */
export interface Listener {
  tell(change: StatusChange): void;
  end(): void;
}

/**
 * One client's view of one order: each status once and in order, no matter in which order and how often they are offered. It buffers what
 * arrives while the history is still being read, so nothing is lost between the history and the live events.
 */
export class Watch {
  readonly orderId: string;
  #told: number;
  #early: StatusChange[] | null = [];
  readonly #listener: Listener;
  readonly #gap: () => void;

  /**
   * @param told The number of the last status the client has; 0 for none.
   * @param gap Called when a status before one that arrived is missing: the history has to be offered again.
   */
  constructor(orderId: string, told: number, listener: Listener, gap: () => void) {
    this.orderId = orderId;
    this.#told = told;
    this.#listener = listener;
    this.#gap = gap;
  }

  /** Sends the history, then what arrived meanwhile; from now on changes are sent as they are offered. */
  start(history: readonly StatusChange[]): void {
    const early = this.#early ?? [];
    this.#early = null;
    this.offer(history);
    this.offer(early);
  }

  /** Accepts a change from the broker, or from a repeated read of the history. */
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
