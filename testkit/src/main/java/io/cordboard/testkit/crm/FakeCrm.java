package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A CRM behind HTTP on 127.0.0.1, lean enough to be written to ten thousand times a second, that keeps a ledger of all
 * that was done to it and goes wrong when it is told to. Its records are in {@link #store()}, its faults in {@link
 * #troubles()}, what it sends by itself in {@link #hooks()}.
 *
 * <p>All bodies are JSON in UTF-8. {@code KIND} is the word of a kind: {@code customer}, {@code interaction}, {@code
 * task}, {@code ticket}, {@code lead}, {@code order}. The fields of records have the names and forms that they have with
 * us ({@code OurFields}): texts, numbers, truth values, lists of texts; null where nothing stands in them.
 *
 * <pre>
 * record   {"id":"17","ref":"our id"|null,"version":"3","changed_at":"2026-01-05T01:00:00.123Z",
 *           "state":"live"|"deleted"|"merged","merged_into":"4"|null,"fields":{"name":"...","phones":["..."]}}
 * refusal  {"error":{"code":"unknown_field","message":"...","field":"..."}}
 *
 * POST   /token                          form or JSON: grant_type=client_credentials, client_id=fake, client_secret
 *                                        -> 200 {"access_token","token_type":"Bearer","expires_in":3600} | 401
 * All others take "Authorization: Bearer TOKEN" or "X-Api-Key: SECRET" and answer 401 without.
 *
 * GET    /v1/ping                        -> 200 {"ok":true}
 * GET    /v1/KIND/fields                 -> 200 {"fields":[{"name":"level","options":["GOLD"]}]}
 * GET    /v1/KIND/ID                     -> 200 record | 404 | 410 record (deleted or merged)
 * GET    /v1/KIND?ids=1,2,3              -> 200 {"records":[...]}; those that never were are left out
 * GET    /v1/KIND?ref=R                  -> 200 {"records":[at most one]}
 * GET    /v1/customer?phone=TEXT         -> 200 {"records":[...]}: exactly this text stands in "phones"
 * GET    /v1/customer?phone_end=DIGITS   -> 200 {"records":[...]}: the digits of one of "phones" end with these (7 or more;
 *                                           of whatever script; an extension is not counted)
 * GET    /v1/customer?email=TEXT         -> 200 {"records":[...]}; capitals do not matter
 * GET    /v1/KIND?after=ID&amp;limit=N       -> 200 {"records":[...],"next":"ID"|null}: all live ones in the order of their ids
 * GET    /v1/KIND?changed_since=TIME&amp;after=ID&amp;limit=N
 *                                        -> 200 {"records":[...]}: by changed_at, then id; from behind (TIME, ID) on;
 *                                           without after: from TIME itself on. Deleted and merged ones too
 * GET    /v1/KIND/changes?cursor=C&amp;limit=N
 *                                        -> 200 {"records":[...],"cursor":"...","more":false} | 410 cursor_expired
 *                                           without cursor: none, and the cursor of now
 * POST   /v1/KIND                        {"ref"?,"operation"?,"fields":{}} -> 201 record | 409 duplicate_ref with "id"
 * PUT    /v1/KIND/by-ref/REF             {"operation"?,"fields":{}} -> 201 record (made) | 200 record (changed)
 * PATCH  /v1/KIND/ID                     the same, optional header If-Match: "VERSION"
 *                                        -> 200 record | 404 | 410 | 412 stale
 * DELETE /v1/KIND/ID                     optional header X-Operation -> 204 | 404 | 410
 * POST   /v1/KIND/batch                  {"items":[{"ref"?,"id"?,"version"?,"operation"?,"fields":{}}]}, at most 200
 *                                        -> 200 {"items":[{"status":201|200|404|410|412|422|503,"id","version","error"?}]}
 *                                           an item with an id changes that record, else the one of its ref, else makes one
 *
 * 400 no JSON, or a limit beyond 1000; 404 no such path; 422 a field is unknown, read-only, too long, or of another value
 * 429 optional Retry-After: too many; 500, 503
 * </pre>
 */
public final class FakeCrm implements AutoCloseable {
  /** The user of the sign-in. */
  public static final String CLIENT = "fake";

  private static final AtomicLong MADE = new AtomicLong();
  private static final int LONGEST_HANG_MILLIS = 60_000;

  private final Clock clock;
  private final CrmStore store;
  private final Troubles troubles;
  private final CrmHooks hooks;
  private final FakeCrmApi api;
  private final FakeCrmLogins logins;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean closed;

  private FakeCrm(Clock clock, long seed) throws IOException {
    this.clock = clock;
    this.store = new CrmStore(clock);
    this.troubles = new Troubles(seed);
    this.logins = new FakeCrmLogins(clock);
    this.api = new FakeCrmApi(store, troubles);
    this.hooks = new CrmHooks(clock, seed);
    this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    store.onChange(hooks::changed);
    Thread.ofPlatform().daemon().name("fake-crm-" + MADE.incrementAndGet()).start(this::accept);
  }

  /** The file that joins one to us; its settings are {@code address}, {@code secret} and {@code hook_secret}. */
  public static String file() {
    try (InputStream in = FakeCrm.class.getResourceAsStream("fake-crm.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One that runs by the machine's clock. */
  public static FakeCrm start() {
    return start(new MachineClock(), 1);
  }

  /** One of this clock and this seed of its faults. */
  public static FakeCrm start(Clock clock, long seed) {
    try {
      return new FakeCrm(clock, seed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What {@code client_secret} and {@code X-Api-Key} have to be. */
  public String secret() {
    return logins.secret();
  }

  public CrmStore store() {
    return store;
  }

  public CrmLedger ledger() {
    return store.ledger();
  }

  public Troubles troubles() {
    return troubles;
  }

  public CrmHooks hooks() {
    return hooks;
  }

  /** How many requests have come, those for a token not counted. */
  public long requests() {
    return requests.get();
  }

  /** How many tokens were given. */
  public long logins() {
    return logins.given();
  }

  /** All tokens that were given are worth nothing any more. */
  public void expireLogins() {
    logins.expire();
  }

  /** Whether nobody gets a token, and no secret is taken. */
  public void refuseLogins(boolean refused) {
    logins.refuse(refused);
  }

  /** For how long a token is good. */
  public void loginLife(Duration life) {
    logins.life(life);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofPlatform().daemon().name("fake-crm-connection").start(() -> serve(socket));
      } catch (IOException failed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      HttpMessage.Reader in = new HttpMessage.Reader(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      HttpMessage request = in.next(false, false);
      while (request != null && answer(request, socket, out) && request.keepsOpen()) {
        request = in.next(false, false);
      }
    } catch (IOException gone) {
      // the other side closed: nobody is left to be told
    } finally {
      open.remove(socket);
    }
  }

  /** Whether the connection may be used again. */
  private boolean answer(HttpMessage request, Socket socket, OutputStream out) throws IOException {
    long delay = troubles.delayNanos();
    if (delay > 0) {
      LockSupport.parkNanos(delay);
    }
    if (request.target().startsWith("/token")) {
      out.write(logins.answer(request).bytes());
      return true;
    }
    requests.incrementAndGet();
    Integer pause = troubles.refused(clock.nanos());
    if (pause != null) {
      out.write(FakeAnswer.busy(pause).bytes());
      return true;
    }
    CrmTrouble trouble = troubles.pick();
    if (trouble != null && !trouble.isAfter()) {
      return Spoiled.before(trouble, socket, out);
    }
    FakeAnswer answer =
        logins.lets(request) ? api.answer(request, trouble == CrmTrouble.SOME_OF_BATCH) : FakeAnswer.unauthorised();
    if (trouble == null || trouble == CrmTrouble.SOME_OF_BATCH) {
      out.write(answer.bytes());
      return true;
    }
    socket.setSoTimeout(LONGEST_HANG_MILLIS);
    return Spoiled.after(trouble, answer.bytes(), socket, out);
  }

  @Override
  public void close() {
    closed = true;
    hooks.close();
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
