package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Searches and their pages. */
final class Searches {
  private static final int MOST_PAGES = 100;

  private final String name;
  private final URI base;
  private final FhirHttp http;

  Searches(String name, URI base, FhirHttp http) {
    this.name = name;
    this.base = base;
    this.http = http;
  }

  /**
   * What was found.
   *
   * @param next the query of the next page; null where there is none
   * @param at when the server looked, by its clock; 0 where it does not tell
   */
  record Found(List<ObjectNode> resources, @Nullable String next, long at) {}

  /** So many as are wished for, or all that there are: over as many pages as the server makes of them. */
  Found search(String type, Map<String, String> query, int wished, Deadline until) {
    List<ObjectNode> found = new ArrayList<>();
    Found page = page(type + "?" + query(query) + "&_count=" + wished, type, until);
    found.addAll(page.resources());
    long at = page.at();
    for (int pages = 1; page.next() != null && found.size() < wished && pages < MOST_PAGES; pages++) {
      page = page(page.next(), type, until);
      found.addAll(page.resources());
    }
    return new Found(found, page.next(), at);
  }

  /** One page. */
  Found page(String path, String type, Deadline until) {
    ObjectNode bundle = bundle(path, until);
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      boolean wished = type.equals(entry.path("resource").path("resourceType").asString(""));
      if (wished && entry.path("resource") instanceof ObjectNode resource) {
        found.add(resource);
      }
    }
    return new Found(found, next(bundle), at(bundle));
  }

  /** The bundle that a request is answered with. */
  ObjectNode bundle(String path, Deadline until) {
    FhirHttp.Told told = http.get(path, until);
    ObjectNode body = told.resource();
    if (!told.ok()) {
      String words = FhirHttp.reason(body);
      throw told.status() == 410
          ? new Fault.NotFound("'%s' no longer knows this page: begin anew.".formatted(name))
          : new Fault.Refused("'%s' does not answer this search: %s".formatted(name, words));
    }
    if (!"Bundle".equals(body.path("resourceType").asString(""))) {
      throw new Fault.Unreachable("'%s' answered a search with something else than a bundle.".formatted(name), null);
    }
    return body;
  }

  /** When the server made a bundle, by its clock; 0 where it does not tell. */
  static long at(ObjectNode bundle) {
    return Shape.micros(bundle.path("meta").path("lastUpdated").asString(""));
  }

  /** Where the next page of a bundle is, seen from our base; null where there is none. */
  @Nullable String next(ObjectNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if ("next".equals(link.path("relation").asString(""))) {
        return below(link.path("url").asString(""));
      }
    }
    return null;
  }

  // the server may know itself by another address than we do; what counts is what comes after
  private String below(String url) {
    String own = base.getRawPath() == null ? "" : base.getRawPath();
    URI uri;
    try {
      uri = base.resolve(url);
    } catch (IllegalArgumentException odd) {
      throw new Fault.Refused("'%s' names a next page that is no address.".formatted(name));
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!path.startsWith(own) || uri.getRawQuery() == null) {
      throw new Fault.Refused(
          "'%s' names a next page outside of its base address: look whether that is right.".formatted(name));
    }
    String rest = path.substring(own.length());
    return (rest.startsWith("/") ? rest.substring(1) : rest) + "?" + uri.getRawQuery();
  }

  static String query(Map<String, String> query) {
    return query.entrySet().stream()
        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A value of a search, in which some characters mean something. */
  static String plain(String value) {
    return value.replaceAll("([\\\\,|$])", "\\\\$1");
  }
}
