package io.cordboard.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of one command: {@code --name value}, {@code --name=value} or {@code --flag}. */
public final class Options {
  /** The command line is wrong; the message says what is right. Exit status 2. */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Wrong(String message) {
      super(message);
    }
  }

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private final List<String> words = new ArrayList<>();

  private Options() {}

  public static Options parse(List<String> args, Set<String> valued, Set<String> flags) {
    Options options = new Options();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!name.startsWith("--")) {
        options.words.add(arg);
      } else if (flags.contains(name) || name.equals("--json")) {
        options.flags.add(name);
      } else if (valued.contains(name) || name.equals("--data")) {
        if (equals < 0 && i + 1 >= args.size()) {
          throw new Wrong(name + " needs a value.");
        }
        options.values.put(name, equals < 0 ? args.get(++i) : arg.substring(equals + 1));
      } else {
        throw new Wrong("Unknown option %s; known are %s.".formatted(name, known(valued, flags)));
      }
    }
    return options;
  }

  private static String known(Set<String> valued, Set<String> flags) {
    List<String> all = new ArrayList<>(valued);
    all.addAll(flags);
    all.addAll(List.of("--data", "--json"));
    return String.join(" ", all.stream().sorted().toList());
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public String required(String name) {
    return value(name).orElseThrow(() -> new Wrong(name + " is missing."));
  }

  public int number(String name, int otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Wrong("%s wants a whole number, not '%s'.".formatted(name, text));
    }
  }

  /** The same, within bounds. */
  public int number(String name, int otherwise, int least, int most) {
    int value = number(name, otherwise);
    if (value < least || value > most) {
      throw new Wrong("%s wants a number from %d to %d.".formatted(name, least, most));
    }
    return value;
  }

  public boolean flag(String name) {
    return flags.contains(name);
  }

  public List<String> words() {
    return words;
  }

  public Path data() {
    String env = System.getenv("CORDBOARD_DATA");
    String home = System.getProperty("user.home") + "/.cordboard";
    return Path.of(values.getOrDefault("--data", env == null ? home : env)).toAbsolutePath();
  }
}
