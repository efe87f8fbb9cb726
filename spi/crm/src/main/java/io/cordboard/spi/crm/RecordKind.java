package io.cordboard.spi.crm;

import java.util.Locale;

/** What sorts of records flow between us and another system. */
public enum RecordKind {
  /** A person or a company: contact, partner, account, patient. */
  CUSTOMER,
  /** One contact of a customer's, such as a call: note, activity, communication, encounter. */
  INTERACTION,
  /** Something that somebody has to do: task, activity. */
  TASK,
  /** Something that a customer wants settled: ticket, case, service request. */
  TICKET,
  /** Somebody who may buy: lead, opportunity. */
  LEAD,
  /** What a customer ordered. */
  ORDER;

  /** As it stands in addresses, configuration and work. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
