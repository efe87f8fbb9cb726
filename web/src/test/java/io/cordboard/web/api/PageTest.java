package io.cordboard.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

  private static Page<String> page(List<String> all, @Nullable String cursor, @Nullable Integer limit) {
    return Page.of(all, cursor, limit, UnaryOperator.identity());
  }

  /** Reads to the end; after the first page the list is another one. */
  private static List<String> read(List<String> first, List<String> then, int limit) {
    Page<String> page = page(first, null, limit);
    List<String> read = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = page(then, page.next(), limit);
      read.addAll(page.items());
    }
    return read;
  }

  @Test
  void withoutALimitEverythingComes() {
    assertThat(page(ALL, null, null)).isEqualTo(new Page<>(ALL, null));
    assertThat(page(List.of(), null, null)).isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  void pagesOfEverySizeMakeTheWholeList() {
    for (int limit = 1; limit < 7; limit++) {
      assertThat(read(ALL, ALL, limit)).as("pages of %d", limit).isEqualTo(ALL);
    }
  }

  @Test
  void whatIsTakenAwayOrAddedMeanwhileHidesNothing() {
    assertThat(read(ALL, List.of("a", "c", "d", "e"), 2)).as("the last one read").containsAll(ALL);
    assertThat(read(ALL, List.of("b", "c", "d", "e"), 2)).as("one that was read").isEqualTo(ALL);
    assertThat(read(ALL, List.of("0", "a", "b", "c", "d", "e"), 2)).as("one more in front").isEqualTo(ALL);
    assertThat(read(ALL, List.of("a"), 2)).as("all that was left").isEqualTo(List.of("a", "b"));
  }

  @Test
  void whatNoListGaveIsRefused() {
    for (String cursor : List.of("x", Cursor.of(1), Cursor.of(0, "a"), Cursor.of(-5, "z"), Cursor.of("a", "b"))) {
      assertThatThrownBy(() -> page(ALL, cursor, 2)).as(cursor).isInstanceOf(Fault.BadRequest.class);
    }
    assertThatThrownBy(() -> page(ALL, null, 0)).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> page(ALL, null, 201)).isInstanceOf(Fault.BadRequest.class);
    assertThat(page(ALL, Cursor.of(900, "z"), 2).items()).as("a place far behind").isEmpty();
  }
}
