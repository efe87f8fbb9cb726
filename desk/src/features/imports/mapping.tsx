import type { ReactNode } from 'react';
import type { ImportPreview } from '../../client/imports';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';

interface MappingProps {
  readonly preview: ImportPreview;
  /** For each column; empty for nothing. */
  readonly targets: readonly string[];
  readonly change: (targets: readonly string[]) => void;
}

/** Each column with its first values, and what it means. */
export function Mapping({ preview, targets, change }: MappingProps): ReactNode {
  const { w } = useWords();
  const all = [...preview.required, ...preview.optional];
  return (
    <section>
      <h2>{w.imports.columns}</h2>
      <p className="faint">{w.imports.columnsMeans}</p>
      <div className="import-scroll">
        <table className="import-table">
          <thead>
            <tr>
              {preview.headings.map((heading, index) => (
                <th key={index} scope="col">
                  <bdi>{heading}</bdi>
                </th>
              ))}
            </tr>
            <tr>
              {preview.headings.map((heading, index) => (
                <td key={index}>
                  <select
                    value={targets[index] ?? ''}
                    aria-label={w.imports.meaningOf(heading)}
                    onChange={(event) => change(targets.map((target, at) => (at === index ? event.target.value : target)))}
                  >
                    <option value="">{w.imports.leftOut}</option>
                    {all.map((target) => (
                      <option key={target} value={target}>
                        {word(w.imports.targets, target)}
                        {preview.required.includes(target) && ' *'}
                      </option>
                    ))}
                  </select>
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, index) => (
              <tr key={index}>
                {preview.headings.map((_, at) => (
                  <td key={at} className={targets[at] ? '' : 'faint'}>
                    <bdi>{row[at] ?? ''}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
