package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the fake CRM sends by itself: a POST for each change, with the body {@code {"kind","id","version","deed"}}, signed
 * as Standard Webhooks says: {@code webhook-id}, {@code webhook-timestamp} (seconds) and {@code webhook-signature: v1,}
 * and the HMAC-SHA-256 of id, time and body with points between, in Base64. It tries each once.
 */
public final class CrmHooks implements AutoCloseable {
  private final Clock clock;
  private final Random random;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("fake-crm-hooks").factory());
  private final List<Sent> held = new ArrayList<>();
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile @Nullable URI target;
  private volatile byte[] secret = {};
  private volatile double twice;
  private volatile double late;
  private volatile double lost;

  CrmHooks(Clock clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
  }

  /**
   * A notice as it is sent.
   *
   * @param headers by their names in small letters
   */
  public record Sent(Map<String, String> headers, byte[] body) {}

  /** Sends to this address from now on. */
  public void to(URI target, byte[] secret) {
    this.secret = secret.clone();
    this.target = target;
  }

  /** These shares of the notices are sent twice, after the next one, or not at all. */
  public void spoil(double twice, double late, double lost) {
    this.twice = twice;
    this.late = late;
    this.lost = lost;
  }

  /** How many were sent. */
  public long sent() {
    return sent.get();
  }

  void changed(CrmRecord record, Deed deed) {
    if (target == null) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("kind", record.kind().word());
    body.put("id", record.id());
    body.put("version", record.version());
    body.put("deed", deed.name().toLowerCase(Locale.ROOT));
    String words = Json.write(new StringBuilder(), body).toString();
    Sent notice =
        signed("hook-" + made.incrementAndGet(), clock.micros(), words.getBytes(StandardCharsets.UTF_8), secret);
    sender.execute(() -> spoiled(notice));
  }

  private void spoiled(Sent notice) {
    if (random.nextDouble() < lost) {
      return;
    }
    if (random.nextDouble() < late) {
      held.add(notice);
      return;
    }
    send(notice);
    if (random.nextDouble() < twice) {
      send(notice);
    }
    held.forEach(this::send);
    held.clear();
  }

  private void send(Sent notice) {
    URI to = target;
    if (to == null) {
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofByteArray(notice.body()));
    notice.headers().forEach(request::header);
    try {
      client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      sent.incrementAndGet();
    } catch (java.io.IOException nobody) {
      // a CRM that sends once does not care
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** A notice of these bytes, signed at this time. */
  public static Sent signed(String id, long atMicros, byte[] body, byte[] secret) {
    String at = Long.toString(atMicros / 1_000_000);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
      String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
      return new Sent(
          Map.of(
              "content-type", "application/json",
              "webhook-id", id,
              "webhook-timestamp", at,
              "webhook-signature", signature),
          body);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    target = null;
    sender.shutdownNow();
    client.shutdownNow();
  }
}
