package io.cordboard.spi.telephony;

import io.cordboard.kernel.Fault;

/** What a switch may be able to do: one constant for each capability interface. */
public enum Capability {
  /** {@link LegControl}. */
  LEG_CONTROL(LegControl.class),
  /** {@link Dialling}. */
  DIALLING(Dialling.class),
  /** {@link Mixing}. */
  MIXING(Mixing.class),
  /** {@link Announcing}. */
  ANNOUNCING(Announcing.class),
  /** {@link Recorder}. */
  RECORDER(Recorder.class),
  /** {@link VirtualPhones}. */
  VIRTUAL_PHONES(VirtualPhones.class),
  /** {@link TestCaller}. */
  TEST_CALLER(TestCaller.class),
  /** {@link EmergencyWatch}. */
  EMERGENCY_WATCH(EmergencyWatch.class),
  /** {@link SoundWatch}. */
  SOUND_WATCH(SoundWatch.class),
  /** {@link OutsideDialling}. */
  OUTSIDE_DIALLING(OutsideDialling.class),
  /** {@link Standby}. */
  STANDBY(Standby.class),
  /** {@link SwitchRecords}. */
  SWITCH_RECORDS(SwitchRecords.class);

  private final Class<?> type;

  Capability(Class<?> type) {
    this.type = type;
  }

  /** The interface that this constant stands for. */
  public Class<?> type() {
    return type;
  }

  static Capability of(Class<?> type) {
    for (Capability capability : values()) {
      if (capability.type == type) {
        return capability;
      }
    }
    throw new Fault.Bug(type.getName() + " is no capability interface.", null);
  }
}
