import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiPage } from './features/api/api-page';
import './generated/antd.css';
import { Shell } from './shell';
import './theme/api.css';
import './theme/theme.css';
import { Part } from './ui/part';

createRoot(document.getElementById('desk')!).render(
  <StrictMode>
    <Shell>
      <Part>
        <ApiPage />
      </Part>
    </Shell>
  </StrictMode>,
);
