/** The sections of the settings by the names in their addresses. */
export const settingsSections = [
  'preferences',
  'desk',
  'people',
  'inboxes',
  'hours',
  'sla',
  'fields',
  'tokens',
  'mail',
  'outbox',
  'jobs',
  'audit',
] as const;
