package io.cordboard.adapters.rest;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Configuration files of tests. */
final class Files {
  private Files() {}

  /** A file beside the tests. */
  static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Files.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Map<String, Object> tree(String yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  static CrmConfig config(String yaml, Map<String, String> settings, Clock clock) {
    return new CrmConfig("shop", tree(yaml), settings, true, clock);
  }

  static Crm open(String yaml, Map<String, String> settings, Clock clock) {
    return new RestAdapter().open(config(yaml, settings, clock));
  }

  static List<Mistake> mistakes(String yaml) {
    return new RestAdapter().mistakes(new CrmConfig("shop", tree(yaml), Map.of(), true, new io.cordboard.testkit.HandClock()));
  }
}
