export { RECORD_FORMS, type RecordForm, type RunFacts } from './form.ts';
export { writeForm, type FormWish } from './write-form.ts';
