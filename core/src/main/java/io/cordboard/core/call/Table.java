package io.cordboard.core.call;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A state machine as a table: every pair of state and signal has a row, or the table cannot be built. A
 * row that stays is how a late, repeated or reordered signal is harmless.
 *
 * @param <S> states
 * @param <E> signals
 */
public final class Table<S extends Enum<S>, E extends Enum<E>> {
  private final String name;
  private final Map<S, Map<E, S>> rows;
  private final Consumer<? super Row> visits;

  private Table(String name, Map<S, Map<E, S>> rows, Consumer<? super Row> visits) {
    this.name = name;
    this.rows = rows;
    this.visits = visits;
  }

  /** One row, for diagrams and coverage. */
  public record Row(String table, String from, String signal, String to) {
    /** Whether the state changes. */
    public boolean moves() {
      return !from.equals(to);
    }
  }

  public String name() {
    return name;
  }

  /** The state after a signal. */
  public S next(S from, E signal) {
    S to = to(from, signal);
    visits.accept(new Row(name, from.name(), signal.name(), to.name()));
    return to;
  }

  /** Whether a signal means anything in this state. */
  public boolean moves(S from, E signal) {
    return to(from, signal) != from;
  }

  private S to(S from, E signal) {
    return Objects.requireNonNull(Objects.requireNonNull(rows.get(from)).get(signal));
  }

  /** The same table with an eye on every row that is used. */
  public Table<S, E> watched(Consumer<? super Row> visits) {
    return new Table<>(name, rows, visits);
  }

  /** All rows, in the order of states and signals. */
  public List<Row> rows() {
    List<Row> all = new ArrayList<>();
    rows.forEach(
        (from, row) ->
            row.forEach(
                (signal, to) -> all.add(new Row(name, from.name(), signal.name(), to.name()))));
    return all;
  }

  /** The rows that move, as a Mermaid state diagram. */
  public String diagram() {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    for (Row row : rows()) {
      if (row.moves()) {
        text.append("  %s --> %s: %s\n".formatted(row.from(), row.to(), row.signal()));
      }
    }
    return text.toString();
  }

  static <S extends Enum<S>, E extends Enum<E>> Builder<S, E> of(
      String name, Class<S> states, Class<E> signals) {
    return new Builder<>(name, states, signals);
  }

  static final class Builder<S extends Enum<S>, E extends Enum<E>> {
    private final String name;
    private final Class<S> states;
    private final Class<E> signals;
    private final Map<S, Map<E, S>> rows;

    private Builder(String name, Class<S> states, Class<E> signals) {
      this.name = name;
      this.states = states;
      this.signals = signals;
      this.rows = new EnumMap<>(states);
      for (S state : states.getEnumConstants()) {
        rows.put(state, new EnumMap<>(signals));
      }
    }

    Builder<S, E> row(S from, E signal, S to) {
      if (row(from).put(signal, to) != null) {
        throw new IllegalStateException(name + ": two rows for " + from + " and " + signal);
      }
      return this;
    }

    private Map<E, S> row(S state) {
      return Objects.requireNonNull(rows.get(state));
    }

    @SafeVarargs
    final Builder<S, E> stay(S state, E... signals) {
      for (E signal : signals) {
        row(state, signal, state);
      }
      return this;
    }

    /** In this state nothing means anything any more. */
    Builder<S, E> last(S state) {
      return stay(state, signals.getEnumConstants());
    }

    Table<S, E> build() {
      for (S state : states.getEnumConstants()) {
        for (E signal : signals.getEnumConstants()) {
          if (!row(state).containsKey(signal)) {
            throw new IllegalStateException(name + ": no row for " + state + " and " + signal);
          }
        }
      }
      return new Table<>(name, rows, row -> {});
    }
  }
}
