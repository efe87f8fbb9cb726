package io.cordboard.adapters.fhir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A place in a resource, such as {@code name[0].text}; only the first of a list has one. */
record Path(List<String> steps) {
  private static final String FIRST = "[0]";

  static Path of(String words) {
    return new Path(List.of(words.split("\\.", -1)));
  }

  private static boolean isList(String step) {
    return step.endsWith(FIRST);
  }

  private static String bare(String step) {
    return isList(step) ? step.substring(0, step.length() - FIRST.length()) : step;
  }

  /** What stands there; a missing node where nothing does. */
  JsonNode get(JsonNode resource) {
    JsonNode at = resource;
    for (String step : steps) {
      at = at.path(bare(step));
      at = isList(step) ? at.path(0) : at;
    }
    return at;
  }

  String text(JsonNode resource) {
    return get(resource).asString("");
  }

  /** Puts something there, or takes away what is there together with what is empty without it. */
  void set(ObjectNode resource, @Nullable JsonNode value) {
    List<ObjectNode> parents = new ArrayList<>(List.of(resource));
    for (String step : steps.subList(0, steps.size() - 1)) {
      JsonNode next = value == null ? child(parents.getLast(), step) : made(parents.getLast(), step);
      if (!(next instanceof ObjectNode object)) {
        return;
      }
      parents.add(object);
    }
    String last = steps.getLast();
    if (value != null) {
      put(parents.getLast(), last, value);
      return;
    }
    parents.getLast().remove(bare(last));
    for (int i = parents.size() - 1; i > 0 && parents.get(i).isEmpty(); i--) {
      drop(parents.get(i - 1), steps.get(i - 1));
    }
  }

  private static void put(ObjectNode parent, String step, JsonNode value) {
    if (!isList(step)) {
      parent.set(step, value);
    } else if (parent.path(bare(step)) instanceof ArrayNode list && !list.isEmpty()) {
      list.set(0, value);
    } else {
      parent.putArray(bare(step)).add(value);
    }
  }

  private static JsonNode child(ObjectNode parent, String step) {
    JsonNode there = parent.path(bare(step));
    return isList(step) ? there.path(0) : there;
  }

  private static JsonNode made(ObjectNode parent, String step) {
    JsonNode there = child(parent, step);
    if (there instanceof ObjectNode) {
      return there;
    }
    if (!(there instanceof MissingNode)) {
      return there;
    }
    return isList(step) ? parent.putArray(bare(step)).addObject() : parent.putObject(step);
  }

  private static void drop(ObjectNode parent, String step) {
    if (isList(step) && parent.path(bare(step)) instanceof ArrayNode list && list.size() > 1) {
      list.remove(0);
    } else {
      parent.remove(bare(step));
    }
  }
}
