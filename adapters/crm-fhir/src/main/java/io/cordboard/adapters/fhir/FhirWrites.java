package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes resources, and changes them from the version that was read. */
final class FhirWrites {
  private static final Map<String, String> WHOLE = Map.of("Prefer", "return=representation");
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int TRIES = 3;

  private final String name;
  private final FhirHttp http;

  FhirWrites(String name, FhirHttp http) {
    this.name = name;
    this.http = http;
  }

  Written write(Shape shape, Write write, Deadline until) {
    try {
      return write.id() == null ? make(shape, write, until) : change(shape, write.id(), write, Made.NO, until);
    } catch (Fault fault) {
      return new Written.Failed(fault);
    }
  }

  private Written make(Shape shape, Write write, Deadline until) {
    ObjectNode made = shape.made(write.ref());
    shape.apply(made, write.fields());
    String unless = "identifier=" + Searches.encoded(shape.system() + "|" + Searches.plain(write.ref()));
    Map<String, String> headers =
        Map.of("If-None-Exist", unless, "Prefer", "return=representation");
    FhirHttp.Told told = http.write("POST", shape.type(), made, headers, until);
    return switch (told.status()) {
      case 201 -> done(told, idOf(shape, told), Made.YES);
      case 200 -> change(shape, idOf(shape, told), write, Made.NO, until);
      case 412 ->
          throw new Fault.Refused(
              "Several resources of '%s' carry our id '%s': leave it in one of them.".formatted(name, write.ref()));
      // somebody else makes the same one at this moment
      case 409 -> throw new Fault.Busy("'%s' is making this record already.".formatted(name), SOON);
      default -> throw no(told);
    };
  }

  private Written change(Shape shape, String id, Write write, Made made, Deadline until) {
    if (!Shape.isId(id)) {
      throw gone(id);
    }
    for (int i = 0; i < TRIES; i++) {
      ObjectNode resource = current(shape, id, until);
      if (write.version() != null && write.id() != null && !write.version().equals(Shape.version(resource))) {
        return new Written.Stale();
      }
      String version = Shape.version(resource);
      shape.carry(resource, write.ref());
      if (write.id() == null && shape.isVoid(resource)) {
        shape.fresh().accept(resource);
      }
      shape.apply(resource, write.fields());
      dropNarrative(resource);
      FhirHttp.Told told = put(shape, id, version, resource, until);
      if (told.ok()) {
        return done(told, id, made);
      }
      if (!isStale(told)) {
        throw told.status() == 404 || told.status() == 410 ? gone(id) : no(told);
      }
      if (write.version() != null && write.id() != null) {
        return new Written.Stale();
      }
    }
    throw new Fault.Busy("'%s' changes the record '%s' all the time.".formatted(name, id), SOON);
  }

  /** Says of a resource that it should never have been. */
  void makeVoid(Shape shape, String id, String why, Deadline until) {
    for (int i = 0; i < TRIES; i++) {
      ObjectNode resource;
      try {
        resource = current(shape, id, until);
      } catch (Fault.NotFound gone) {
        return;
      }
      if (shape.isVoid(resource)) {
        return;
      }
      shape.makeVoid(resource, why);
      dropNarrative(resource);
      FhirHttp.Told told = put(shape, id, Shape.version(resource), resource, until);
      if (told.ok() || told.status() == 404 || told.status() == 410) {
        return;
      }
      if (!isStale(told)) {
        throw no(told);
      }
    }
    throw new Fault.Busy("'%s' changes the record '%s' all the time.".formatted(name, id), SOON);
  }

  // a text that was generated from the fields would go on telling what stood in them before
  private static void dropNarrative(ObjectNode resource) {
    if ("generated".equals(resource.path("text").path("status").asString(""))) {
      resource.remove("text");
    }
  }

  private FhirHttp.Told put(Shape shape, String id, String version, ObjectNode resource, Deadline until) {
    Map<String, String> headers =
        version.isEmpty()
            ? WHOLE
            : Map.of("If-Match", "W/\"" + version + "\"", "Prefer", "return=representation");
    return http.write("PUT", shape.type() + "/" + id, resource, headers, until);
  }

  // 412 by the standard, 409 by HAPI
  private static boolean isStale(FhirHttp.Told told) {
    return told.status() == 409 || told.status() == 412;
  }

  private ObjectNode current(Shape shape, String id, Deadline until) {
    FhirHttp.Told told = http.get(shape.type() + "/" + id, until);
    if (told.status() == 404 || told.status() == 410) {
      throw gone(id);
    }
    if (!told.ok()) {
      throw no(told);
    }
    return told.resource();
  }

  private static Written done(FhirHttp.Told told, String id, Made made) {
    String version = Shape.version(told.resource());
    String tag = told.headers().getOrDefault("etag", "").replaceAll("^W/|\"", "");
    return new Written.Done(id, version.isEmpty() ? tag : version, made);
  }

  private String idOf(Shape shape, FhirHttp.Told told) {
    String id = told.resource().path("id").asString("");
    if (id.isEmpty()) {
      String[] place = told.headers().getOrDefault("location", "").split("/" + shape.type() + "/", 2);
      id = place.length == 2 ? place[1].split("/", -1)[0] : "";
    }
    if (!Shape.isId(id)) {
      throw new Fault.OutcomeUnknown("'%s' made a record and did not say which.".formatted(name), null);
    }
    return id;
  }

  private Fault.NotFound gone(@Nullable String id) {
    return new Fault.NotFound(
        "'%s' has no record '%s' (any more).".formatted(name, Fault.excerpt(id == null ? "" : id)));
  }

  private Fault no(FhirHttp.Told told) {
    String words = "'%s' refused it: %s".formatted(name, FhirHttp.reason(told.resource()));
    return told.status() == 400 ? new Fault.BadRequest(words) : new Fault.Refused(words);
  }
}
