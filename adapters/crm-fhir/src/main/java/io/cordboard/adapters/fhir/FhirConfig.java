package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.Crm.Pace;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the configuration file.
 *
 * @param base where the server's resources begin, without a slash at the end
 * @param system names our own identifiers and extensions there
 * @param region whose numbers are written without their country
 * @param encounters calls are kept as encounters instead of communications
 * @param deletions the history is asked for what was deleted
 * @param observations how many of the last measured values are read with a patient
 */
record FhirConfig(
    URI base,
    String system,
    String region,
    Auth auth,
    @Nullable URI tokenUrl,
    String scope,
    boolean encounters,
    boolean deletions,
    int observations,
    Duration within,
    Pace pace) {
  private static final Set<String> KEYS =
      Set.of(
          "crm", "settings", "base", "system", "region", "auth", "interaction", "deletions", "observations", "seconds",
          "pace", "fields", "map", "name", "notes");
  private static final String DEFAULT_SCOPE = "system/*.read system/*.write";

  /** How we sign in. */
  enum Auth {
    NONE,
    BASIC,
    BEARER,
    SMART
  }

  /** Reads the tree; what is wrong is added to the mistakes and left at a default. */
  static FhirConfig read(CrmConfig config, List<Mistake> mistakes) {
    Reading in = new Reading(config.tree(), mistakes);
    config.tree().keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> mistakes.add(new Mistake(key, "This key is not known: remove it, or look at its spelling.")));
    Auth auth = in.choice("auth.type", Auth.class, Auth.NONE);
    return new FhirConfig(
        in.address("base", true),
        in.text("system", "urn:cordboard"),
        in.text("region", "").toUpperCase(Locale.ROOT),
        auth,
        auth == Auth.SMART ? in.address("auth.token", true) : null,
        in.text("auth.scope", DEFAULT_SCOPE),
        in.choice("interaction", Interaction.class, Interaction.COMMUNICATION) == Interaction.ENCOUNTER,
        in.choice("deletions", Deletions.class, Deletions.HISTORY) == Deletions.HISTORY,
        in.number("observations", 0, 0, 20),
        Duration.ofSeconds(in.number("seconds", 20, 1, 120)),
        new Pace(in.number("pace.parallel", 4, 1, 64), in.number("pace.perSecond", 0, 0, 10_000), 1));
  }

  private enum Interaction {
    COMMUNICATION,
    ENCOUNTER
  }

  private enum Deletions {
    HISTORY,
    NONE
  }

  /** Values by dotted paths. */
  private record Reading(Map<String, Object> tree, List<Mistake> mistakes) {
    @Nullable Object at(String path) {
      Object node = tree;
      for (String key : path.split("\\.", -1)) {
        node = node instanceof Map<?, ?> map ? map.get(key) : null;
      }
      return node;
    }

    String text(String path, String otherwise) {
      Object value = at(path);
      return value == null ? otherwise : value.toString().strip();
    }

    int number(String path, int otherwise, int least, int most) {
      Object value = at(path);
      if (value == null) {
        return otherwise;
      }
      if (value instanceof Number number && number.intValue() >= least && number.intValue() <= most) {
        return number.intValue();
      }
      mistakes.add(new Mistake(path, "It has to be a number from %d to %d.".formatted(least, most)));
      return otherwise;
    }

    <E extends Enum<E>> E choice(String path, Class<E> type, E otherwise) {
      String word = text(path, otherwise.name()).toUpperCase(Locale.ROOT);
      List<String> words = new ArrayList<>();
      for (E one : type.getEnumConstants()) {
        words.add(one.name().toLowerCase(Locale.ROOT));
        if (one.name().equals(word)) {
          return one;
        }
      }
      mistakes.add(new Mistake(path, "It has to be one of " + String.join(", ", words) + "."));
      return otherwise;
    }

    URI address(String path, boolean needed) {
      String words = text(path, "");
      try {
        URI uri = URI.create(words.endsWith("/") ? words.substring(0, words.length() - 1) : words);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (web && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
          return uri;
        }
      } catch (IllegalArgumentException wrong) {
        // told below
      }
      if (needed) {
        mistakes.add(
            new Mistake(
                path,
                "It has to be the address of a web service, such as https://fhir.example.org/r4, without a user or a query."));
      }
      return URI.create("http://invalid");
    }
  }
}
