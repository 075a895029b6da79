import { createRoot } from 'react-dom/client';
import { HubApp } from './HubApp.tsx';
import './hub.css';

export function startHub(root: HTMLElement): void {
  document.title = 'ATN hub';
  createRoot(root).render(<HubApp />);
}
