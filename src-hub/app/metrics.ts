import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of one hub process, for Prometheus. */
export function createMetrics(counts: { sockets: () => number }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'atn_hub_http_request_duration_seconds',
    help: 'Time of answers over HTTP',
    labelNames: ['method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  new Gauge({
    name: 'atn_hub_open_pages',
    help: 'Pages of people that are connected to this process',
    registers: [registry],
    collect() {
      this.set(counts.sockets());
    },
  });
  return {
    /** `seconds` of one answer. */
    observe: (method: string, status: number, seconds: number) => requests.observe({ method, status: String(status) }, seconds),
    text: () => registry.metrics(),
    type: registry.contentType,
  };
}
