package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes by Odoo's own import: it makes a record and its external id in one transaction, and finds
 * it again by that id when the same is sent twice. Records with the same fields go in one request;
 * where one of them is refused none stands, and they are sent one by one.
 */
final class Writer {
  /** Where other things stand in the same field, or only a change may be written. */
  private static final Set<Form> PARTLY =
      EnumSet.of(Form.LINE, Form.NUMBER_LINE, Form.TAGS, Form.LEVEL, Form.DONE, Form.PINNED);

  private final String system;
  private final JsonTwo odoo;
  private final Reader reader;
  private final ExternalIds ids;
  private final Tags tags;
  private final Languages languages;
  private final OdooFile file;
  private final Map<String, String> linked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > 10_000;
        }
      };

  Writer(String system, JsonTwo odoo, Reader reader, ExternalIds ids, OdooFile file) {
    this.system = system;
    this.odoo = odoo;
    this.reader = reader;
    this.ids = ids;
    this.tags = new Tags(odoo);
    this.languages = new Languages(odoo);
    this.file = file;
  }

  /** A write on its way. */
  private static final class Job {
    final Write write;
    @Nullable String id;
    boolean made;
    final Map<String, String> cells = new LinkedHashMap<>();

    /** Whether an activity has to be marked as done, or opened again, after it was written. */
    @Nullable Boolean done;

    @Nullable Fault fault;

    Job(Write write) {
      this.write = write;
      this.id = write.id();
      if (id != null && !Reader.isId(id)) {
        fault = gone(id);
      }
    }
  }

  List<Written> write(Shape shape, List<Write> writes) {
    List<Job> jobs = writes.stream().map(Job::new).toList();
    find(shape, jobs);
    link(shape, jobs);
    Map<String, JsonNode> current = current(shape, jobs);
    tags.make(jobs.stream().flatMap(job -> tagNames(shape, job.write).stream()).toList());
    for (Job job : jobs) {
      attempt(job, () -> prepare(shape, job, current.get(Objects.requireNonNullElse(job.id, ""))));
    }
    send(shape, jobs);
    jobs.stream()
        .filter(job -> job.fault == null && job.done != null)
        .forEach(job -> attempt(job, () -> settle(job)));
    return written(shape, jobs);
  }

  private void find(Shape shape, List<Job> jobs) {
    List<String> refs =
        jobs.stream().filter(job -> job.id == null).map(job -> job.write.ref()).toList();
    if (!refs.isEmpty()) {
      Map<String, String> there = ids.ids(shape, refs);
      jobs.stream()
          .filter(job -> job.id == null)
          .forEach(job -> job.id = there.get(job.write.ref()));
    }
  }

  private void link(Shape shape, List<Job> jobs) {
    Map<String, String> open = new LinkedHashMap<>();
    synchronized (linked) {
      for (Job job : jobs) {
        if (job.fault == null
            && job.id != null
            && !job.write.ref().equals(linked.get(key(shape, job.id)))) {
          open.put(job.id, job.write.ref());
        }
      }
    }
    if (!open.isEmpty()) {
      // an external id of a record that is not there would be a lie
      List<Long> numbers = open.keySet().stream().map(Long::valueOf).toList();
      List<String> there = reader.rows(shape, numbers).stream().map(Rows::id).toList();
      open.keySet().retainAll(there);
      for (Job job : jobs) {
        if (job.fault == null
            && job.id != null
            && numbers.contains(Long.valueOf(job.id))
            && !open.containsKey(job.id)) {
          job.fault = gone(job.id);
        }
      }
    }
    remember(shape, open);
  }

  private static Fault gone(String id) {
    return new Fault.Refused(
        "The record '%s' is not in Odoo any more, or is none of ours."
            .formatted(Fault.excerpt(id)));
  }

  private void remember(Shape shape, Map<String, String> refs) {
    if (!refs.isEmpty()) {
      ids.link(shape, refs);
      synchronized (linked) {
        refs.forEach((id, ref) -> linked.put(key(shape, id), ref));
      }
    }
  }

  private static String key(Shape shape, String id) {
    return shape.kind().word() + " " + id;
  }

  /** What stands there now, of records of which a part of a field is changed. */
  private Map<String, JsonNode> current(Shape shape, List<Job> jobs) {
    List<Long> wanted =
        jobs.stream()
            .filter(job -> job.id != null && job.fault == null && partly(shape, job.write))
            .map(job -> Long.valueOf(Objects.requireNonNull(job.id)))
            .toList();
    Map<String, JsonNode> rows = new HashMap<>();
    if (!wanted.isEmpty()) {
      reader.rows(shape, wanted).forEach(row -> rows.put(Rows.id(row), row));
    }
    return rows;
  }

  private static boolean partly(Shape shape, Write write) {
    return write.fields().keySet().stream()
        .flatMap(name -> shape.column(name).stream())
        .anyMatch(column -> PARTLY.contains(column.form()));
  }

  private void prepare(Shape shape, Job job, @Nullable JsonNode current) {
    boolean notes = false;
    boolean tagged = false;
    for (Map.Entry<String, Value> field : job.write.fields().entrySet()) {
      Column column = writable(shape, field.getKey());
      if (field.getValue() instanceof Value.Hidden) {
        continue;
      }
      switch (column.form()) {
        case LINE, NUMBER_LINE -> notes = true;
        case TAGS, LEVEL -> tagged = true;
        case DONE -> job.done = done(shape, field.getValue(), current);
        case PINNED -> pin(shape, job, column, field.getValue(), current);
        case LANGUAGE -> job.cells.put(column.field(), language(field.getValue()));
        case TEXT, HTML, CHOICE, FLAG, NUMBER, TIME, DATE, LINK, NAMED, ID, KIND ->
            job.cells.put(Rows.heading(column), Rows.cell(column, field.getValue()));
      }
    }
    if (notes || (shape.kind() == RecordKind.INTERACTION && job.id == null)) {
      String body = current == null ? "" : Rows.text(current.path("body"));
      if (current != null && Html.text(body).isEmpty()) {
        throw new Fault.Refused("A person deleted this note in Odoo: it is not written anew.");
      }
      job.cells.put("body", Notes.with(body, job.write.fields(), file.labels()));
    }
    if (tagged) {
      job.cells.put("category_id/.id", tags.cell(wantedTags(shape, job.write, current)));
    }
    if (job.id == null) {
      shape.made().forEach(job.cells::putIfAbsent);
    }
  }

  private String language(Value value) {
    String ours = Notes.text(value);
    return ours.isEmpty() ? "" : languages.code(ours);
  }

  // Odoo lets nobody but its administrators move a note
  private static void pin(
      Shape shape, Job job, Column column, Value value, @Nullable JsonNode current) {
    String wanted = Rows.cell(column, value);
    if (current != null && wanted.equals(current.path(column.field()).asString())) {
      return;
    }
    if (current != null && shape.kind() == RecordKind.INTERACTION) {
      throw new Fault.Refused(
          "A note in Odoo cannot go to another customer: remove it, and write it there anew.");
    }
    job.cells.put(Rows.heading(column), wanted);
  }

  private static @Nullable Boolean done(Shape shape, Value value, @Nullable JsonNode current) {
    String state = Notes.text(value);
    if (!List.of("OPEN", "DONE").contains(state)) {
      throw new Fault.Refused("The state of a %s is OPEN or DONE.".formatted(shape.kind().word()));
    }
    boolean isOpen = current == null || current.path("active").asBoolean(true);
    return state.equals("DONE") == isOpen ? Boolean.valueOf(isOpen) : null;
  }

  private static Column writable(Shape shape, String name) {
    Column column =
        shape
            .column(name)
            .orElseThrow(
                () ->
                    new Fault.Refused(
                        "A %s in Odoo has no field '%s' that we carry: name it in the file under odoo.fields.%s."
                            .formatted(
                                shape.kind().word(), Fault.excerpt(name), shape.kind().word())));
    if (column.readOnly()) {
      throw new Fault.Refused("The field '%s' can only be read in Odoo.".formatted(name));
    }
    return column;
  }

  private List<String> tagNames(Shape shape, Write write) {
    List<String> names = new ArrayList<>();
    write
        .fields()
        .forEach(
            (name, value) ->
                shape
                    .column(name)
                    .ifPresent(
                        column -> {
                          if (column.form() == Form.TAGS && value instanceof Value.Many many) {
                            names.addAll(many.texts());
                          } else if (column.form() == Form.TAGS
                              && value instanceof Value.Text text) {
                            names.add(text.text());
                          } else if (column.form() == Form.LEVEL
                              && value instanceof Value.Text text
                              && !text.text().equals(Rows.STANDARD)) {
                            names.add(file.levelTag() + text.text());
                          }
                        }));
    return names;
  }

  // tags and level stand in the same field there: what is not written is kept
  private List<String> wantedTags(Shape shape, Write write, @Nullable JsonNode current) {
    List<String> wanted = new ArrayList<>(tagNames(shape, write));
    boolean tagsWritten = isWritten(shape, write, Form.TAGS);
    boolean levelWritten = isWritten(shape, write, Form.LEVEL);
    if (current != null) {
      for (String name : reader.tags(shape, List.of(current)).values()) {
        boolean isLevel = name.startsWith(file.levelTag());
        if (isLevel ? !levelWritten : !tagsWritten) {
          wanted.add(name);
        }
      }
    }
    return wanted;
  }

  private static boolean isWritten(Shape shape, Write write, Form form) {
    return write.fields().entrySet().stream()
        .filter(field -> !(field.getValue() instanceof Value.Hidden))
        .flatMap(field -> shape.column(field.getKey()).stream())
        .anyMatch(column -> column.form() == form);
  }

  private void send(Shape shape, List<Job> jobs) {
    Map<List<String>, List<Job>> alike = new LinkedHashMap<>();
    for (Job job : jobs) {
      if (job.fault == null && (job.id == null || !job.cells.isEmpty())) {
        List<String> headings = new ArrayList<>(List.of(job.id == null ? "id" : ".id"));
        headings.addAll(job.cells.keySet());
        alike.computeIfAbsent(headings, none -> new ArrayList<>()).add(job);
      }
    }
    alike.forEach((headings, group) -> send(shape, headings, group));
  }

  private void send(Shape shape, List<String> headings, List<Job> group) {
    try {
      JsonNode answer =
          odoo.order(
              shape.model(),
              "load",
              Map.of("fields", headings, "data", data(shape, group), "context", Shape.context()));
      JsonNode loaded = answer.path("ids");
      if (loaded.isArray() && loaded.size() == group.size()) {
        for (int i = 0; i < group.size(); i++) {
          Job job = group.get(i);
          job.made = job.id == null;
          job.id = loaded.path(i).asString();
        }
      } else if (!answer.path("messages").isArray()) {
        throw new Fault.OutcomeUnknown(
            "'%s' answered a write with something else than its outcome.".formatted(system), null);
      } else if (group.size() == 1) {
        group.getFirst().fault = Refusals.ofImport(system, answer.path("messages"));
      } else {
        group.forEach(job -> send(shape, headings, List.of(job)));
      }
    } catch (Fault failed) {
      group.forEach(job -> job.fault = failed);
    }
  }

  private static List<List<String>> data(Shape shape, List<Job> group) {
    List<List<String>> data = new ArrayList<>();
    for (Job job : group) {
      List<String> row = new ArrayList<>();
      row.add(
          job.id == null
              ? ExternalIds.MODULE + "." + ExternalIds.name(shape.kind(), job.write.ref())
              : job.id);
      row.addAll(job.cells.values());
      data.add(row);
    }
    return data;
  }

  private void settle(Job job) {
    List<Long> id = List.of(Long.valueOf(Objects.requireNonNull(job.id)));
    odoo.order(
        "mail.activity",
        Boolean.TRUE.equals(job.done) ? "action_feedback" : "action_unarchive",
        Map.of("ids", id));
  }

  private static void attempt(Job job, Runnable step) {
    if (job.fault == null) {
      try {
        step.run();
      } catch (Fault failed) {
        job.fault = failed;
      }
    }
  }

  private List<Written> written(Shape shape, List<Job> jobs) {
    Map<String, String> refs = new LinkedHashMap<>();
    Map<String, String> made = new LinkedHashMap<>();
    for (Job job : jobs) {
      if (job.fault == null && job.id != null) {
        refs.put(job.id, job.write.ref());
        if (job.made) {
          made.put(job.id, job.write.ref());
        }
      }
    }
    Map<String, String> versions = versions(shape, refs, made);
    return jobs.stream().map(job -> written(job, versions)).toList();
  }

  private static Written written(Job job, Map<String, String> versions) {
    if (job.fault != null) {
      return new Written.Failed(job.fault);
    }
    String id = Objects.requireNonNull(job.id);
    return new Written.Done(id, versions.getOrDefault(id, ""), job.made ? Made.YES : Made.NO);
  }

  // what stands does so, even where it cannot be read again: then its version is not known
  private Map<String, String> versions(
      Shape shape, Map<String, String> refs, Map<String, String> made) {
    Map<String, String> versions = new HashMap<>();
    if (refs.isEmpty()) {
      return versions;
    }
    try {
      if (shape.kind() == RecordKind.CUSTOMER) {
        remember(shape, made);
      }
      List<Long> numbers = refs.keySet().stream().map(Long::valueOf).toList();
      for (CrmRecord record : reader.records(shape, reader.rows(shape, numbers), refs)) {
        versions.put(record.id(), record.version());
      }
    } catch (Fault unread) {
      return versions;
    }
    return versions;
  }
}
