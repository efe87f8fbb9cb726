package io.cordboard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CardLoaderTest {
  private final HeldStore store = new HeldStore();
  private final CardLoader loader = new CardLoader(store, 1);

  @AfterEach
  void close() {
    loader.close();
  }

  @Test
  void whatComesWhileOneReadRunsGoesIntoTheNextTogether() throws Exception {
    CompletionStage<List<NumberMatch>> first = loader.byNumber("+861");
    HeldStore.Read running = store.next();
    List<CompletableFuture<List<NumberMatch>>> later =
        IntStream.range(2, 30)
            .mapToObj(i -> loader.byNumber("+86" + i).toCompletableFuture())
            .toList();
    assertThat(running.numbers()).containsExactly("+861");
    running.answer().complete(List.of());
    assertThat(answer(first)).isEmpty();

    HeldStore.Read together = store.next();
    assertThat(together.numbers()).hasSize(28).startsWith("+862").endsWith("+8629");
    together.answer().complete(List.of());
    for (CompletableFuture<List<NumberMatch>> one : later) {
      assertThat(answer(one)).isEmpty();
    }
  }

  @Test
  void aSecondReaderHelpsWhileTheFirstReads() throws Exception {
    try (CardLoader two = new CardLoader(store, 2)) {
      CompletionStage<List<NumberMatch>> one = two.byNumber("+861");
      HeldStore.Read first = store.next();
      CompletionStage<List<NumberMatch>> other = two.byNumber("+862");
      HeldStore.Read second = store.next();
      second.answer().complete(List.of());
      assertThat(answer(other)).isEmpty();
      first.answer().complete(List.of());
      assertThat(answer(one)).isEmpty();
    }
  }

  @Test
  void aReadThatFailsFailsThoseWhoWaitedForItAndNoOthers() throws Exception {
    CompletionStage<List<NumberMatch>> first = loader.byNumber("+861");
    store.next().answer().completeExceptionally(new Fault.Unreachable("away", null));
    assertThatThrownBy(() -> answer(first)).hasCauseInstanceOf(Fault.Unreachable.class);

    CompletionStage<List<NumberMatch>> second = loader.byNumber("+861");
    store.next().answer().complete(List.of());
    assertThat(answer(second)).isEmpty();
  }

  private static List<NumberMatch> answer(CompletionStage<List<NumberMatch>> stage)
      throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Each read waits for its answer. */
  private static final class HeldStore implements CardStore {
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();

    record Read(List<String> numbers, CompletableFuture<List<NumberMatch>> answer) {}

    Read next() throws InterruptedException {
      Read read = reads.poll(10, TimeUnit.SECONDS);
      assertThat(read).isNotNull();
      return read;
    }

    @Override
    public List<NumberMatch> byNumbers(Collection<String> e164) {
      Read read = new Read(List.copyOf(e164), new CompletableFuture<>());
      reads.add(read);
      try {
        return read.answer().join();
      } catch (CompletionException e) {
        throw (Fault) e.getCause();
      }
    }

    @Override
    public Optional<Card> byId(CustomerId id) {
      throw new UnsupportedOperationException();
    }
  }
}
