import type { LogEntry, Sensor } from '../../src-shared/model/machine.ts';
import type { CapabilityCheck } from '../../src-shared/model/sut-state.ts';
import type { Sut } from '../../src-shared/model/sut.ts';
import { columns } from './output.ts';
import { localTime } from './run-text.ts';

export function sutLine(sut: Sut): string[] {
  return [sut.name, sut.observed.power.state, stateOf(sut), holderOf(sut), sut.inUse?.runName ?? '-', sut.identity?.model ?? ''];
}

export function sutText(sut: Sut): string {
  const { observed, identity } = sut;
  const facts: string[][] = [
    ['health', [stateOf(sut), observed.health.why].filter(Boolean).join(': ')],
    ['power', observed.power.state],
    ['held by', holderOf(sut)],
    ['in use by', sut.inUse?.runName ?? 'no run'],
    ['maintained by', sut.maintainedBy],
    ['model', [identity?.manufacturer, identity?.model].filter(Boolean).join(' ')],
    ['serial', identity?.serial ?? ''],
    ['uuid', identity?.uuid ?? ''],
    ['reached by', sut.endpoints.map(({ provider, address }) => `${provider} ${address}`.trim()).join(', ')],
  ];
  return [sut.name, columns(facts.filter(([, value]) => value !== '')), ...(sut.card.length === 0 ? [] : [cardText(sut.card)])].join('\n');
}

export function cardText(card: readonly CapabilityCheck[]): string {
  return columns(
    card.map(({ capability, outcome, provider, tookMs, sentence }) => [
      capability,
      outcome,
      provider ?? '-',
      `${Math.round(tookMs)} ms`,
      outcome === 'works' ? '' : sentence,
    ]),
  );
}

export function sensorLine({ name, value, unit, health, states, reason }: Sensor): string[] {
  const reading = value === null ? states.join(', ') || (reason ?? '') : `${value} ${unit ?? ''}`.trim();
  return [name, reading, health];
}

export function entryLine({ at, source, message, severity, asserted }: LogEntry): string[] {
  return [at === null ? 'no time' : localTime(at), severity, source, asserted ? message : `${message} (over)`];
}

function stateOf({ observed, quarantine, maintenance }: Sut): string {
  if (quarantine !== null) return 'quarantine';
  return maintenance === null ? observed.health.state : 'maintenance';
}

function holderOf({ reservedBy, reservedUntil }: Sut): string {
  if (reservedBy === null) return 'free';
  return reservedUntil === null ? reservedBy : `${reservedBy} until ${localTime(reservedUntil)}`;
}
