import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { Speaking } from './i18n/language';

/** Ant Design writes its styles where nobody sees them: the real ones are in a file (build/styles.mjs). */
const nowhere = document.createElement('div');

/** What every page of ours stands in: its styles and its language. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider theme={{ zeroRuntime: true, hashed: false, cssVar: { key: 'cordboard' } }} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
        <Speaking>{children}</Speaking>
      </ConfigProvider>
    </StyleProvider>
  );
}
