package io.cordboard.web.fake;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.Preparable;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Joins a CRM of one customer. It wants a setting {@code key}, which is the signature of what it tells too. With the
 * key {@code bare} it is one that can nothing, and has nothing to be made ready.
 */
public final class FakeCrmAdapter implements CrmAdapter {
  /** How it is joined. */
  public static final String FILE = "crm: {name: example, adapter: memory}\nsync: {kinds: [customer]}\n";

  private final List<String> prepared = new CopyOnWriteArrayList<>();

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public List<Mistake> mistakes(CrmConfig config) {
    return config.tree().keySet().equals(Set.of("crm"))
        ? List.of()
        : List.of(new Mistake("nonsense", "There is no such key."));
  }

  @Override
  public Crm open(CrmConfig config) {
    String key = config.mustHave("key");
    return key.equals("bare") ? new Bare(config.name()) : new One(config.name(), key, prepared);
  }

  /** What was made ready, each as the key and the address that were given. */
  public List<String> prepared() {
    return List.copyOf(prepared);
  }

  private record Bare(String name) implements Crm {
    @Override
    public Map<RecordKind, Set<Ability>> abilities() {
      return Map.of();
    }

    @Override
    public Pace pace() {
      return Pace.unlimited(1);
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
  }

  private record One(String name, String key, List<String> prepared)
      implements Crm, DescribeFields, ScanRecords, ReadRecords, WriteRecords, ReceiveHooks, Preparable {
    @Override
    public void prepare(String administratorKey, @Nullable String noticesTo) {
      if (administratorKey.equals("wrong")) {
        throw new Fault.AuthLapsed("The key is not accepted: make a new one there.");
      }
      prepared.add(administratorKey + " " + noticesTo);
    }

    @Override
    public Map<RecordKind, Set<Ability>> abilities() {
      return Map.of(
          RecordKind.CUSTOMER,
          Set.of(Ability.FIELDS, Ability.SCAN, Ability.READ, Ability.WRITE, Ability.HOOKS));
    }

    @Override
    public Pace pace() {
      return Pace.unlimited(2);
    }

    @Override
    public void check() {
      if (key.equals("wrong")) {
        throw new Fault.AuthLapsed("The key is not accepted: make a new one there.");
      }
    }

    @Override
    public void close() {}

    @Override
    public List<Field> fields(RecordKind kind) {
      return List.of(
          new Field("name", "Name", Type.TEXT, true, false, List.of(), "name"),
          new Field("rank", "Rank", Type.TEXT, false, true, List.of("A", "B"), null));
    }

    @Override
    public ScanRecords.Page scan(RecordKind kind, @Nullable String after, int most) {
      return new ScanRecords.Page(
          List.of(
              CrmRecord.live(
                  kind, "7", "1", 1, null,
                  new TreeMap<>(Map.of("name", Value.of(" 李雷 "), "rank", new Value.Hidden())))),
          null);
    }

    @Override
    public List<CrmRecord> read(RecordKind kind, List<String> ids) {
      return List.of();
    }

    @Override
    public int mostRead() {
      return 10;
    }

    @Override
    public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
      return Optional.empty();
    }

    @Override
    public List<Written> write(RecordKind kind, List<Write> writes) {
      throw new Fault.Refused("It is read only today.");
    }

    @Override
    public int mostWritten() {
      return 10;
    }

    @Override
    public boolean conditional(RecordKind kind) {
      return false;
    }

    @Override
    public List<Notice> read(Hook hook) {
      if (!key.equals(hook.headers().get("x-key"))) {
        throw new Fault.AuthLapsed("The header x-key is missing or wrong.");
      }
      String id = new String(hook.body(), StandardCharsets.UTF_8);
      return List.of(new Notice(RecordKind.CUSTOMER, id.substring(0, Math.min(20, id.length())), "once"));
    }
  }
}
