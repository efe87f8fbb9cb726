package io.cordboard.spi.crm;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a system is connected: the configuration file as it was read, and what stands in no file.
 *
 * @param name ours for the connection: small letters, digits and hyphens
 * @param tree maps by text, lists, texts, numbers, truth values and nulls, as YAML gives them
 * @param settings values of what the file declares under {@code settings}, by name; also the secret ones
 * @param internal whether addresses inside of the own network may be asked
 */
public record CrmConfig(
    String name, Map<String, Object> tree, Map<String, String> settings, boolean internal, Clock clock) {
  public CrmConfig {
    tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
    settings = Map.copyOf(settings);
  }

  /** A value that may be missing. */
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /**
   * A value that is needed.
   *
   * @throws Fault.BadRequest naming it, when it is missing
   */
  public String mustHave(String key) {
    return setting(key)
        .orElseThrow(
            () ->
                new Fault.BadRequest(
                    "The connection '%s' lacks its setting '%s': give it with --set %s=... or on the page of the connection."
                        .formatted(name, key, key)));
  }

  /** Without the values: they may be secret. */
  @Override
  public String toString() {
    return "CrmConfig[" + name + ", settings " + settings.keySet() + "]";
  }
}
