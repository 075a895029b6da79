import { writeForm, type FormWish } from '@atn/run-record/forms';
import { workerData } from 'node:worker_threads';
import { writeCsv } from '../../src-shared/text/csv.ts';

// One form, then the thread ends; what goes wrong ends it with an error.
writeForm(workerData as FormWish, writeCsv);
