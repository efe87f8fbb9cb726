package io.cordboard.core.trust;

import io.cordboard.core.trust.AuditStore.Head;
import io.cordboard.core.trust.AuditStore.Row;
import io.cordboard.core.trust.AuditStore.Seal;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows hang together: each hash covers the row and the hash before it, each seal covers the
 * heads of all shards and the seal before it. The encoding gives every text its length first, so
 * that no two different rows are written alike. It must never change; a new form needs a new
 * version byte.
 */
final class AuditChain {
  private static final int ENTRY_V1 = 1;
  private static final int SEAL_V1 = 101;
  private static final byte[] GENESIS = new byte[32];

  private AuditChain() {}

  /** What stands before the first row and the first seal. */
  static byte[] genesis() {
    return GENESIS.clone();
  }

  /** The row that follows {@code before} in its shard. */
  static Row next(Head before, long at, AuditEntry entry) {
    long n = before.n() + 1;
    return new Row(before.shard(), n, at, entry, hash(before.hash(), before.shard(), n, at, entry));
  }

  /** The seal that follows {@code before}, or is the first. */
  static Seal next(@Nullable Seal before, long at, List<Head> heads) {
    long n = before == null ? 1 : before.n() + 1;
    return new Seal(n, at, heads, hash(before == null ? GENESIS : before.hash(), n, at, heads));
  }

  static byte[] hash(byte[] before, int shard, long n, long at, AuditEntry entry) {
    return hash(
        out -> {
          out.writeByte(ENTRY_V1);
          out.write(before);
          out.writeInt(shard);
          out.writeLong(n);
          out.writeLong(at);
          write(out, entry);
        });
  }

  static byte[] hash(byte[] before, long n, long at, List<Head> heads) {
    return hash(
        out -> {
          out.writeByte(SEAL_V1);
          out.write(before);
          out.writeLong(n);
          out.writeLong(at);
          out.writeInt(heads.size());
          for (Head head : heads) {
            out.writeInt(head.shard());
            out.writeLong(head.n());
            out.write(head.hash());
          }
        });
  }

  private static void write(DataOutputStream out, AuditEntry entry) throws IOException {
    text(out, entry.who());
    text(out, entry.what());
    text(out, entry.subject());
    text(out, entry.outcome().name());
    text(out, entry.correlation());
    out.writeInt(entry.details().size());
    for (var detail : entry.details().entrySet()) {
      text(out, detail.getKey());
      text(out, detail.getValue());
    }
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] hash(Encoding encoding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      encoding.to(out);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return Sha256.digest().digest(bytes.toByteArray());
  }

  private interface Encoding {
    void to(DataOutputStream out) throws IOException;
  }
}
