import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { Overview } from './Overview.tsx';
import { readSubject } from './subject.ts';
import { SubjectHistory } from './SubjectHistory.tsx';
import './history.css';

export default function HistoryPage(): ReactElement {
  const [search] = useSearchParams();
  const subject = readSubject(search);
  return subject === null ? <Overview /> : <SubjectHistory key={`${subject.kind} ${subject.key}`} subject={subject} />;
}
