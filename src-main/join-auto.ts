import type { Parts } from './api/part.ts';
import { interchangePart } from './api/interchange.ts';
import { notificationsPart } from './api/notifications.ts';
import { retentionPart } from './api/retention.ts';
import { schedulesPart } from './api/schedules.ts';
import { triagePart } from './api/triage.ts';
import { triggersPart } from './api/triggers.ts';
import { importOutput } from './robot/import-output.ts';
import type { Environments } from './services/environments/default-environment.ts';
import type { InterchangeServices } from './services/interchange/interchange-services.ts';
import { forgetHalfImported } from './services/interchange/import-results.ts';
import { createNotifications, type NotificationServices } from './services/notifications/notifications.ts';
import { createRetention } from './services/retention/retention.ts';
import type { RetentionServices } from './services/retention/retention-services.ts';
import { createSchedules, type ScheduleServices } from './services/schedules/schedules.ts';
import { createTriggers, type Triggers, type TriggerServices } from './services/triggers/triggers.ts';
import { createTriage } from './services/triage/triage.ts';
import { findPlan } from './store/plans.ts';

type Joined = RetentionServices &
  Omit<InterchangeServices, 'readOutput'> & {
    environments: Environments;
    startRun: ScheduleServices['startRun'];
  } & Pick<NotificationServices, 'secrets' | 'harnessName'> &
  Pick<TriggerServices, 'address'>;

/** What happens around runs by itself, and results that come from elsewhere. */
export function joinAuto(joined: Joined): {
  parts: Pick<Parts, 'triage' | 'retention' | 'interchange' | 'schedules' | 'notifications' | 'triggers'>;
  trigger: Triggers['take'];
  close: () => void;
} {
  const triage = createTriage(joined);
  triage.start();
  const retention = createRetention(joined);
  retention.start();
  const planName = (id: string) => findPlan(joined.store, id)?.name ?? null;
  const schedules = createSchedules({ ...joined, planName });
  schedules.start();
  const notifications = createNotifications({ ...joined, planName });
  notifications.start();
  const triggers = createTriggers({ ...joined, planName });
  void forgetHalfImported(joined);
  const { environments, scripts } = joined;
  const readOutput: InterchangeServices['readOutput'] = async (task) => {
    const { python } = await environments.ensureDefault({ signal: task.signal });
    return { ...(await importOutput({ ...task, python, scripts })), python };
  };
  return {
    parts: {
      triage: triagePart(triage),
      retention: retentionPart(retention),
      interchange: interchangePart({ ...joined, readOutput }),
      schedules: schedulesPart(schedules),
      notifications: notificationsPart(notifications),
      triggers: triggersPart(triggers),
    },
    trigger: (id, delivered) => triggers.take(id, delivered),
    close: () => {
      triage.close();
      retention.close();
      schedules.close();
      notifications.close();
    },
  };
}
