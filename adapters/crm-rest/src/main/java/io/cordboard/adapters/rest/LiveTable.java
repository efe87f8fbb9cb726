package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Table;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table that is read from the system, such as its users by their extensions, and kept for a while. Thread-safe. */
final class LiveTable implements Supplier<Table> {
  private final String name;
  private final RequestPlan request;
  private final RowsPlan rows;
  private final Expression ours;
  private final Expression theirs;
  private final Duration keep;
  private final @Nullable Object otherwise;
  private volatile Kept kept = new Kept(null, 0);

  /** What was read, and until when it is good, in nanoseconds of the clock. */
  private record Kept(@Nullable Table table, long until) {}

  private LiveTable(
      String name, RequestPlan request, RowsPlan rows, Expression ours, Expression theirs, Duration keep,
      @Nullable Object otherwise) {
    this.name = name;
    this.request = request;
    this.rows = rows;
    this.ours = ours;
    this.theirs = theirs;
    this.keep = keep;
    this.otherwise = otherwise;
  }

  static LiveTable read(String name, Part part, Compiler compiler, boolean form) {
    Part from = part.at("from");
    LiveTable table = new LiveTable(
        name,
        RequestPlan.read(from, compiler, Place.OPEN, form),
        RowsPlan.read(from, compiler),
        compiler.mustFormula(from, "ours", Place.ROW),
        compiler.mustFormula(from, "theirs", Place.ROW),
        part.duration("keep", Duration.ofHours(1)),
        part.raw(Table.OTHERWISE));
    from.close();
    part.close();
    return table;
  }

  @Override
  public Table get() {
    Table known = kept.table();
    if (known == null) {
      throw new Fault.Bug("The table '%s' was not read before it was needed.".formatted(name), null);
    }
    return known;
  }

  /** Reads it where it is not known or old. An old one is good enough while the system does not answer. */
  void refresh(Sender sender, Clock clock, Duration within) {
    Kept before = kept;
    if (before.table() != null && before.until() - clock.nanos() > 0) {
      return;
    }
    try {
      kept = new Kept(asked(sender, within), clock.nanos() + keep.toNanos());
    } catch (Fault fault) {
      if (before.table() == null) {
        throw fault;
      }
    }
  }

  private Table asked(Sender sender, Duration within) {
    Sender.Answered answer = sender.ask(request, new HashMap<>(), within);
    if (answer.meaning() != Meaning.OK) {
      throw new Fault.Refused("The table '%s' was not told: %s".formatted(name, answer.words()));
    }
    Map<String, Object> read = new LinkedHashMap<>();
    for (Object row : rows.of(answer.scope())) {
      Scope seen = answer.scope().at(row);
      String key = Texts.filled(ours.value(seen));
      Object value = theirs.value(seen);
      if (key != null && Texts.filled(value) != null && value != null) {
        read.putIfAbsent(key, value);
      }
    }
    if (otherwise != null) {
      read.put(Table.OTHERWISE, otherwise);
    }
    return Table.of(read);
  }
}
