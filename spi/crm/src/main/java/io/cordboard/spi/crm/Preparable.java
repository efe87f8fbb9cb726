package io.cordboard.spi.crm;

import io.cordboard.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Crm} in which an administrator there has to make something ready before it is used, such as the rights of
 * our user. No {@link Ability}: it belongs to no kind of records and is never needed while they flow.
 */
public interface Preparable {
  /**
   * Makes everything ready. May be done again at any time: what is right already stays as it is.
   *
   * @param administratorKey of an administrator there; used for this and neither kept nor written anywhere
   * @param noticesTo address of ours to which changes are told; null where they shall not be told, and those that were
   *     told until now no longer are
   * @throws Fault.BadRequest when something is missing that is needed to tell changes
   * @throws Fault.AuthLapsed when the key is not accepted there
   * @throws Fault.Refused when it may not do that, or something is not installed there
   */
  void prepare(String administratorKey, @Nullable String noticesTo);
}
