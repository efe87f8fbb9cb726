package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.FaultProxy.Seen;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter's contract test supplies: a connection, and the hands of the people who work in the system itself. A
 * method whose {@link Able} is not told is never called. The system need not be empty: each case makes records of its own.
 *
 * <p>Methods return when the deed is done in the system.
 */
public interface CrmHarness extends AutoCloseable {
  /** What this harness can do beside the system's own abilities. */
  enum Able {
    /** {@link #make} and {@link #change}, for all kinds that can be read. */
    HANDS,
    /** {@link #delete}. */
    DELETES,
    /** {@link #merge}, for customers. */
    MERGES,
    /** Records that were deleted are told among the changes. */
    TELLS_DELETED,
    /** Records that were merged are told among the changes. */
    TELLS_MERGED,
    /** {@link #forgetChanges}. */
    FORGETS,
    /** Also two who make a record of the same ref at the same moment make one. */
    ONE_BY_REF,
    /** {@link #expireLogin}; our side gets a new login by itself. */
    LOGINS,
    /** {@link #skewed}. */
    CLOCK,
    /** {@link #hook}, {@link #signed} and {@link #signature}. */
    HOOKS,
    /** Hooks are signed, with their time: one that was changed or is old is refused. */
    SIGNED_HOOKS,
    /** {@link #proxy}: the connection goes through it. */
    PROXY,
    /** A request that is not answered is given up within ten seconds. */
    SHORT_TIME
  }

  /** The connection under test; the suite closes it. */
  Crm crm();

  /** Another connection to the same system, as after a restart of ours; the suite closes it. */
  Crm another();

  /** Another connection whose own clock goes wrong by this much. */
  default Crm skewed(Duration by) {
    throw unable();
  }

  Set<Able> able();

  /** All that a new record of the kind needs, by the names that its fields have there, and these words in {@link #words}. */
  SortedMap<String, Value> fresh(RecordKind kind, String words);

  /** A customer of these words, phones and addresses. */
  SortedMap<String, Value> customer(String words, List<String> phones, List<String> emails);

  /** A text field of each kind in which any words may stand. */
  String words(RecordKind kind);

  /** Another text field, which may be empty and which {@link #fresh} leaves alone; null where there is none. */
  @Nullable String other(RecordKind kind);

  /** Something that may stand in {@link #other}; another text for another number. */
  default String otherWords(RecordKind kind, int number) {
    return "other " + number;
  }

  /** The ways of writing a number that this system can be searched for. */
  default Set<Writing> writings() {
    return EnumSet.allOf(Writing.class);
  }

  /** Somebody makes a record there; its id. */
  default String make(RecordKind kind, SortedMap<String, Value> fields) {
    throw unable();
  }

  /** Somebody changes fields of a record there. */
  default void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    throw unable();
  }

  /** Somebody deletes a record there. */
  default void delete(RecordKind kind, String id) {
    throw unable();
  }

  /** Somebody says there that the first is a part of the second. */
  default void merge(RecordKind kind, String from, String into) {
    throw unable();
  }

  /** How many records there are, with this id of ours; asked of the system itself. */
  int count(RecordKind kind, String ref);

  /** The system no longer knows what changed until now. */
  default void forgetChanges(RecordKind kind) {
    throw unable();
  }

  /** The login that was given ends. */
  default void expireLogin() {
    throw unable();
  }

  /** What stands between. */
  default FaultProxy proxy() {
    throw unable();
  }

  /** Whether a request gets a new login. */
  default boolean isLogin(Seen request) {
    return request.target().contains("token");
  }

  /** Whether a request, when it is carried out, makes or changes a record. */
  default boolean isWrite(Seen request) {
    return !isLogin(request) && !request.method().equals("GET");
  }

  /** What the system sends when this record has changed. Another one each time. */
  default Hook hook(RecordKind kind, String id) {
    throw unable();
  }

  /** The same made so long ago. */
  default Hook oldHook(RecordKind kind, String id, Duration ago) {
    throw unable();
  }

  /** This body, signed as the system signs. */
  default Hook signed(byte[] body) {
    throw unable();
  }

  /** The headers, in small letters, without which a hook is refused: its signature, or a secret. */
  default Set<String> signature() {
    return Set.of();
  }

  /** What must not stand in any message. */
  default Set<String> secrets() {
    return Set.of();
  }

  /** Ends what the harness started; the suite closed the connections before. */
  @Override
  void close();

  private static UnsupportedOperationException unable() {
    return new UnsupportedOperationException("The harness does not declare this ability.");
  }
}
