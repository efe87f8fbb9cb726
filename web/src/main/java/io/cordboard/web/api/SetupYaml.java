package io.cordboard.web.api;

import io.cordboard.core.setup.Wrong;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The set-up file as YAML (JSON is YAML too), with where each part stands. Nothing but texts, lists and
 * mappings is made of it, whatever its tags say.
 */
final class SetupYaml {
  private static final String HEAD =
      """
      # What is set up in Cordboard. Change it and run: ./cordboard apply FILE
      # A section that is left out stays as it is; one that stands here is whole, except users:
      # who is not named stays, and 'active: false' turns somebody off.
      """;
  private static final int DEPTH = 12;

  private final Map<String, Mark> marks = new HashMap<>();
  private final List<Wrong> wrong = new ArrayList<>();
  private @Nullable Object tree;

  private SetupYaml() {}

  /**
   * A place in the file, for people.
   *
   * @param line from 1; 0 where nothing was read
   */
  record Place(int line, int column) {}

  /** What stands there; what could not be read at all is among {@link #wrong}. */
  static SetupYaml read(byte[] file) {
    SetupYaml yaml = new SetupYaml();
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      yaml.wrong.add(new Wrong("", "The file is not UTF-8: save it as UTF-8."));
      return yaml;
    }
    try {
      yaml.read(text);
    } catch (MarkedYAMLException bad) {
      yaml.mark("", bad.getProblemMark());
      yaml.wrong.add(new Wrong("", "This is no YAML: %s. Look at the line and the one before.".formatted(bad.getProblem())));
    } catch (YAMLException bad) {
      yaml.wrong.add(
          new Wrong("", "This is no YAML: it has a character that no text has, or is nested too deep."));
    }
    return yaml;
  }

  private void read(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEPTH);
    options.setAllowRecursiveKeys(false);
    Yaml yaml = new Yaml(options);
    for (Event event : yaml.parse(new StringReader(text))) {
      if (event instanceof AliasEvent) {
        mark("", event.getStartMark());
        wrong.add(new Wrong("", "'*' names another part of the file: write the part itself here."));
        return;
      }
    }
    Node root = yaml.compose(new StringReader(text));
    tree = root == null ? null : value("", root);
  }

  private @Nullable Object value(String path, Node node) {
    marks.putIfAbsent(path, node.getStartMark());
    return switch (node) {
      case ScalarNode scalar -> Tag.NULL.equals(scalar.getTag()) ? null : scalar.getValue();
      case SequenceNode sequence -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          list.add(value(below(path, String.valueOf(list.size())), item));
        }
        yield list;
      }
      case MappingNode mapping -> mapping(path, mapping);
      default -> null;
    };
  }

  private Map<String, @Nullable Object> mapping(String path, MappingNode mapping) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String at = below(path, key);
      if (map.containsKey(key)) {
        mark(at, tuple.getKeyNode().getStartMark());
        wrong.add(new Wrong(at, "'%s' stands here twice: take one away.".formatted(key)));
      } else {
        mark(at, tuple.getKeyNode().getStartMark());
        map.put(key, value(at, tuple.getValueNode()));
      }
    }
    return map;
  }

  private void mark(String path, @Nullable Mark mark) {
    if (mark != null) {
      marks.put(path, mark);
    }
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }

  @Nullable Object tree() {
    return tree;
  }

  /** What cannot be read; then there is no tree to go on with. */
  List<Wrong> wrong() {
    return List.copyOf(wrong);
  }

  /** Where this stands, or the nearest part around it. */
  Place place(String path) {
    String at = path;
    while (!marks.containsKey(at) && at.contains("/")) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    Mark mark = marks.getOrDefault(at, marks.get(""));
    return mark == null ? new Place(0, 0) : new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The file, without the sections that are empty. */
  static String write(Map<String, List<Map<String, Object>>> file) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setWidth(100);
    options.setSplitLines(false);
    Map<String, Object> whole = new LinkedHashMap<>();
    file.forEach(
        (section, entries) -> {
          if (!entries.isEmpty()) {
            whole.put(section, entries);
          }
        });
    return HEAD + new Yaml(options).dump(whole);
  }
}
