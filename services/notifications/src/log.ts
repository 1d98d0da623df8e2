import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { scope } from './telemetry.ts';

/** Logs to the console, one line per entry, and to the collector. */
export const log = {
  info(message: string): void {
    console.log(`info: ${message}`);
    emit(SeverityNumber.INFO, 'Information', message);
  },

  warn(message: string): void {
    console.warn(`warn: ${message}`);
    emit(SeverityNumber.WARN, 'Warning', message);
  },
};

function emit(severityNumber: SeverityNumber, severityText: string, body: string): void {
  logs.getLogger(scope).emit({ severityNumber, severityText, body });
}
