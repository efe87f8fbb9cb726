package io.cordboard.store;

import io.cordboard.kernel.Fault;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/** Rows of one table as a parameter, in the binary form of array_recv and record_recv. */
final class PackedRows extends PGobject implements PGBinaryObject {
  @Serial private static final long serialVersionUID = 1L;
  private final transient Out out;

  PackedRows(String arrayName, Out out) {
    setType(arrayName);
    this.out = out;
  }

  @Override
  public int lengthInBytes() {
    return out.length;
  }

  @Override
  public void toBytes(byte[] bytes, int offset) {
    System.arraycopy(out.bytes, 0, bytes, offset, out.length);
  }

  /** Asked by a driver that may not send it in binary form: null would be no rows, and no fault. */
  @Override
  public String getValue() {
    throw new Fault.Bug("Rows of the type " + getType() + " can only be sent in binary form.", null);
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("rows are only sent");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public Object clone() throws CloneNotSupportedException {
    return super.clone();
  }

  /** Where the bytes are put together. */
  static final class Out {
    private byte[] bytes;
    private int length;

    Out(int element, int rows) {
      bytes = new byte[64 + rows * 256];
      put4(rows == 0 ? 0 : 1);
      put4(0);
      put4(element);
      if (rows > 0) {
        put4(rows);
        put4(1);
      }
    }

    /** Begins a row; the answer is for {@link #end}. */
    int begin(int columns) {
      int start = length;
      put4(0);
      put4(columns);
      return start;
    }

    void end(int start) {
      int end = length;
      length = start;
      put4(end - start - 4);
      length = end;
    }

    /** Each value comes after its type. */
    void type(int oid) {
      put4(oid);
    }

    void none() {
      put4(-1);
    }

    void int8(long value) {
      put4(8);
      put8(value);
    }

    void int4(int value) {
      put4(4);
      put4(value);
    }

    void int2(int value) {
      put4(2);
      room(2);
      bytes[length++] = (byte) (value >> 8);
      bytes[length++] = (byte) value;
    }

    void bool(boolean value) {
      put4(1);
      room(1);
      bytes[length++] = (byte) (value ? 1 : 0);
    }

    void uuid(@Nullable UUID value) {
      if (value == null) {
        none();
      } else {
        put4(16);
        put8(value.getMostSignificantBits());
        put8(value.getLeastSignificantBits());
      }
    }

    void text(@Nullable String value) {
      if (value == null) {
        none();
      } else {
        bytes(value.getBytes(StandardCharsets.UTF_8));
      }
    }

    void bytes(byte[] value) {
      put4(Objects.requireNonNull(value).length);
      room(value.length);
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
    }

    private void put8(long value) {
      put4((int) (value >> 32));
      put4((int) value);
    }

    private void put4(int value) {
      room(4);
      bytes[length++] = (byte) (value >> 24);
      bytes[length++] = (byte) (value >> 16);
      bytes[length++] = (byte) (value >> 8);
      bytes[length++] = (byte) value;
    }

    private void room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
      }
    }
  }
}
