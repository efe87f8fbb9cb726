package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import java.util.List;

/** Connects systems of one make. Stateless. */
public interface CrmAdapter {
  /** As the configuration file names it under {@code crm.adapter}. */
  String id();

  /**
   * What is wrong with a configuration, without asking the system; empty when nothing is.
   *
   * @param config secrets may be missing: that is no mistake of the file
   */
  List<Mistake> mistakes(CrmConfig config);

  /**
   * A connection; nothing is sent before it is first asked.
   *
   * @throws Fault.BadRequest when {@link #mistakes} would name any, or a secret is missing
   */
  Crm open(CrmConfig config);

  /**
   * A mistake in a configuration.
   *
   * @param path keys and places in lists, such as {@code find.phone.each[1]}
   * @param words the cause and the mend
   */
  record Mistake(String path, String words) {}
}
