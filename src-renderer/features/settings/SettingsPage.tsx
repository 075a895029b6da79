import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useSystem } from '../../state/system.ts';
import { About } from './About.tsx';
import { Doctor } from './Doctor.tsx';
import { General } from './General.tsx';
import { ImageSettings } from './ImageSettings.tsx';
import { Keyboard } from './Keyboard.tsx';
import { KnownFailures } from './KnownFailures.tsx';
import { People } from './People.tsx';
import { Python } from './Python.tsx';
import { Retention } from './Retention.tsx';
import { ReservationSettings } from './ReservationSettings.tsx';
import { RunSettings } from './RunSettings.tsx';
import { Notifications } from './Notifications.tsx';
import { Schedules } from './Schedules.tsx';
import { Triggers } from './Triggers.tsx';
import { sectionOf, SECTIONS, type SectionId } from './sections.ts';
import './settings.css';

const PARTS: Readonly<Record<SectionId, () => ReactElement>> = {
  general: General,
  people: People,
  runs: RunSettings,
  reservations: ReservationSettings,
  python: Python,
  images: ImageSettings,
  schedules: Schedules,
  triggers: Triggers,
  notifications: Notifications,
  'known-failures': KnownFailures,
  retention: Retention,
  keyboard: Keyboard,
  doctor: Doctor,
  about: About,
};

export function SettingsPage(): ReactElement {
  const id = sectionOf(useParams<{ section?: string }>().section);
  const warnings = useSystem((state) => state.status?.doctorWarnings ?? 0);
  const label = SECTIONS.find((section) => section.id === id)?.label ?? '';
  useCrumbs([{ label: 'Settings', href: addresses.settings }, { label }]);
  const Part = PARTS[id];
  return (
    <div className="split settings">
      <div className="pane settings-list">
        <div className="page-head">
          <h1>Settings</h1>
        </div>
        <nav aria-label="Settings">
          {SECTIONS.map((section) => (
            <Link
              key={section.id}
              href={`${addresses.settings}/${section.id}`}
              className={section.id === id ? 'here' : ''}
              aria-current={section.id === id ? 'page' : undefined}
            >
              {section.label}
              {section.id === 'doctor' && warnings > 0 ? (
                <em className="figures health-degraded">
                  <HealthIcon health="degraded" />
                  {warnings}
                </em>
              ) : null}
            </Link>
          ))}
        </nav>
      </div>
      <div className="pane grow">
        <Part />
      </div>
    </div>
  );
}
