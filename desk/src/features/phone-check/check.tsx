import { type ReactNode, useRef, useState } from 'react';
import type { PhoneAccount } from '../../client/rest';
import { realTimers } from '../../client/timers';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { loudnessOf } from '../../phone/loudness';
import { BrowserMicrophone } from '../../phone/microphone';
import { checkMicrophone, type Heard } from '../../phone/microphone-check';
import { browserNetwork, checkNetwork, type FindingCode, type Finding as NetworkFinding } from '../../phone/network-check';
import { Action } from '../../ui/action';
import { useDesk, useMe } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';

type Code = FindingCode | Exclude<Heard, 'missing'> | 'missingMicrophone' | 'account';

interface Finding {
  readonly code: Code;
  readonly outcome: NetworkFinding['outcome'];
  readonly value: number;
}

type Stage = 'before' | 'running' | 'over';

/** Microphone and network, with the cause and the mend of what is wrong. */
export function Check(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const [stage, setStage] = useState<Stage>('before');
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const meter = useRef<HTMLMeterElement>(null);
  if (me.phone !== 'BROWSER') return <p className="faint">{w.phoneCheck.otherPhone}</p>;

  const run = async (): Promise<void> => {
    setStage('running');
    setFindings([]);
    const add = (found: readonly Finding[]): void => setFindings((before) => [...before, ...found]);
    const microphone = checkMicrophone({
      timers: realTimers,
      microphone: new BrowserMicrophone(() => desk.devices.idFor('microphone')),
      listen: loudnessOf,
      level: (loud) => {
        if (meter.current) meter.current.value = loud;
      },
    }).then((heard) => (add([ofMicrophone(heard)]), desk.devices.refresh()));
    const network = desk.rest.get<PhoneAccount>('/phone').then(
      (account) => checkNetwork(account, browserNetwork(realTimers)).then(add),
      () => add([{ code: 'account', outcome: 'bad', value: 0 }]),
    );
    await Promise.all([microphone, network]);
    setStage('over');
  };

  return (
    <section className="check">
      <div className="row">
        <Action label={stage === 'over' ? w.phoneCheck.runAgain : w.phoneCheck.run} look="accent" run={run} />
        <meter ref={meter} min={0} max={0.3} hidden={stage !== 'running'} aria-label={w.phoneCheck.listening} />
      </div>
      <p role="status" className="strong">
        {stage === 'running' && w.phoneCheck.running}
        {stage === 'over' && verdict(findings, w)}
      </p>
      <ul className="check-findings">
        {findings.map((one) => (
          <Line key={one.code} finding={one} />
        ))}
      </ul>
    </section>
  );
}

const SHAPES = { good: 'ready', doubtful: 'warning', bad: 'offline' } as const;

function Line({ finding }: { readonly finding: Finding }): ReactNode {
  const { w } = useWords();
  const { what, then } = w.phoneCheck.found[finding.code];
  return (
    <li data-code={finding.code} data-outcome={finding.outcome}>
      <Mark shape={SHAPES[finding.outcome]} />
      <p>
        <strong>{typeof what === 'function' ? what(String(finding.value)) : what}</strong> {then}
      </p>
    </li>
  );
}

function ofMicrophone(heard: Heard): Finding {
  const code = heard === 'missing' ? 'missingMicrophone' : heard;
  return { code, outcome: heard === 'heard' ? 'good' : heard === 'faint' ? 'doubtful' : 'bad', value: 0 };
}

function verdict(findings: readonly Finding[], w: Words): string {
  if (findings.some(({ outcome }) => outcome === 'bad')) return w.phoneCheck.someBad;
  return findings.some(({ outcome }) => outcome === 'doubtful') ? w.phoneCheck.someDoubt : w.phoneCheck.allGood;
}
