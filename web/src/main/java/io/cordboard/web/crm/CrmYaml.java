package io.cordboard.web.crm;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A configuration file as maps, lists, texts, numbers and truth values. What looks like a date, a time or a number of
 * eight digits is taken as YAML 1.2 takes it: {@code 010} is a text and {@code on} is a word.
 */
public final class CrmYaml {
  private static final int MOST = 128 * 1024;
  private static final int DEPTH = 24;
  private static final int ALIASES = 50;
  private static final int MOST_PARTS = 20_000;

  private CrmYaml() {}

  /**
   * Reads a file.
   *
   * @throws Fault.BadRequest naming the place that cannot be read
   */
  public static Map<String, Object> read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH);
    options.setMaxAliasesForCollections(ALIASES);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setCodePointLimit(MOST);
    DumperOptions unused = new DumperOptions();
    try {
      Object tree =
          new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new PlainWords())
              .load(text);
      if (tree instanceof Map<?, ?> map) {
        return new Copy().map(map, 0);
      }
      throw new Fault.BadRequest("The file has to begin with keys such as 'crm:'.");
    } catch (MarkedYAMLException bad) {
      Mark mark = bad.getProblemMark();
      throw new Fault.BadRequest(
          "%sThis is no YAML: %s."
              .formatted(
                  mark == null ? "" : "Line %d, column %d: ".formatted(mark.getLine() + 1, mark.getColumn() + 1),
                  Fault.excerpt(String.valueOf(bad.getProblem()))));
    } catch (YAMLException bad) {
      throw new Fault.BadRequest(
          "This is no YAML: it has a character that no text has, is nested too deep, or is longer than %d characters."
              .formatted(MOST));
    }
  }

  /** Copies parts as often as the file names them: a short file must not become a long tree. */
  private static final class Copy {
    private int left = MOST_PARTS;

    private Map<String, Object> map(Map<?, ?> map, int depth) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value, depth + 1)));
      return plain;
    }

    @SuppressWarnings("NullAway") // an adapter's file may well say 'null', and the maps of Java hold it
    private Object plain(@Nullable Object value, int depth) {
      if (depth > DEPTH || --left < 0) {
        throw new Fault.BadRequest(
            "The file is nested too deep, or has too many parts, or a part of it holds itself.");
      }
      return switch (value) {
        case Map<?, ?> map -> map(map, depth);
        case List<?> list -> {
          List<Object> plain = new ArrayList<>();
          list.forEach(one -> plain.add(plain(one, depth + 1)));
          yield plain;
        }
        case null -> null;
        case String _, Number _, Boolean _ -> value;
        default ->
            throw new Fault.BadRequest("The file has a value that is neither text nor number: take its '!!' away.");
      };
    }
  }

  /** Texts stay texts unless they are plainly something else. */
  private static final class PlainWords extends Resolver {
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]{0,17})");
    private static final Pattern BROKEN = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)\\.[0-9]+");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern NOTHING = Pattern.compile("null|~|");

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, TRUTH, "tf");
      addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, BROKEN, "-+0123456789");
      addImplicitResolver(Tag.NULL, NOTHING, "n~\0");
      addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
    }
  }
}
