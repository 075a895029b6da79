/** The parts of the settings; each has an address of its own. `words` are what people look for them by. */
export const SECTIONS = [
  { id: 'general', label: 'General', words: 'harness name home folder colours dark light' },
  { id: 'people', label: 'People', words: 'colleagues holders maintainers contact' },
  { id: 'runs', label: 'Runs and workers', words: 'parallel workers stop grace time limit' },
  { id: 'reservations', label: 'Reservations', words: 'reminder gap hold end calendar ical board' },
  {
    id: 'python',
    label: 'Python and Robot',
    words: 'interpreter environment robot framework package index pypi mirror uv pip wheels libraries',
  },
  { id: 'images', label: 'Images', words: 'iso disk budget private hosts address port serving bmc' },
  { id: 'schedules', label: 'Schedules', words: 'cron nightly automatic start plan time zone' },
  { id: 'triggers', label: 'Triggers', words: 'webhook request secret token build server repository github gitlab start plan' },
  { id: 'notifications', label: 'Notifications', words: 'webhook chat slack mattermost mail smtp tell failed regressed fixed' },
  { id: 'known-failures', label: 'Known failures', words: 'triage rules issues tracker links' },
  { id: 'retention', label: 'Old runs', words: 'retention remove clean age size disk' },
  { id: 'keyboard', label: 'Keyboard', words: 'keys shortcuts' },
  { id: 'doctor', label: 'Doctor', words: 'checks repair health' },
  { id: 'about', label: 'About', words: 'version licence api' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

export function sectionOf(id: string | undefined): SectionId {
  return SECTIONS.find((section) => section.id === id)?.id ?? 'general';
}
