import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './generated/antd.css';
import './theme/theme.css';

createRoot(document.getElementById('desk')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
