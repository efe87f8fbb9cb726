package io.cordboard.core.call;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as bytes for the journal and reads them again. An event is its record's components in
 * their order; a component that was added at the end later is absent in old bytes and reads as null, 0
 * or false. Type codes never change their meaning.
 */
public final class EventCodec {
  private static final List<Class<? extends Record>> TYPES =
      List.of(
          CallEvent.LegArrived.class,
          CallEvent.LegRinging.class,
          CallEvent.LegAnswered.class,
          CallEvent.LegJoined.class,
          CallEvent.LegLeft.class,
          CallEvent.LegHeld.class,
          CallEvent.LegResumed.class,
          CallEvent.LegEnded.class,
          CallEvent.DigitPressed.class,
          CallEvent.AnnouncementEnded.class,
          CallEvent.RecordingStarted.class,
          CallEvent.RecordingEnded.class,
          CallEvent.RecordingPaused.class,
          CallEvent.RecordingResumed.class,
          CallEvent.TransferAsked.class,
          CallEvent.CaptionSaid.class,
          CallEvent.AgentObserved.class,
          LedgerFact.CallerRead.class,
          LedgerFact.CallerMatched.class,
          LedgerFact.CustomerChosen.class,
          LedgerFact.CallerVerified.class,
          LedgerFact.Announced.class,
          LedgerFact.RecordingRefused.class,
          LedgerFact.Queued.class,
          LedgerFact.GivenUp.class,
          LedgerFact.Offered.class,
          LedgerFact.OfferClosed.class,
          LedgerFact.HoldSet.class,
          LedgerFact.AgentLost.class,
          LedgerFact.Rejoining.class,
          LedgerFact.SegmentEnded.class,
          LedgerFact.RecordingOrdered.class,
          LedgerFact.RecordingPauseSet.class,
          LedgerFact.RecordingLost.class,
          LedgerFact.Disposed.class,
          LedgerFact.WrappedUp.class,
          LedgerFact.Unobserved.class,
          LedgerFact.AgentKnown.class,
          CallEvent.RecordingSilent.class,
          LedgerFact.ObservedWrapUp.class,
          LedgerFact.HandedOn.class,
          LedgerFact.Placed.class,
          LedgerFact.TurnTold.class,
          LedgerFact.TurnToldEnded.class,
          LedgerFact.Parked.class,
          LedgerFact.WrapUpExtended.class,
          LedgerFact.CallBackAsked.class,
          LedgerFact.CallBackOver.class,
          LedgerFact.DialledOut.class,
          LedgerFact.OutsideAsked.class,
          LedgerFact.OutsideJoined.class,
          LedgerFact.OutsideDismissed.class,
          LedgerFact.CallBackTried.class,
          LedgerFact.MessageTaken.class,
          LedgerFact.RingLost.class,
          LedgerFact.RungAgain.class);

  private final Map<Class<?>, Integer> codes = new HashMap<>();
  private final Map<Class<?>, Shape> shapes = new HashMap<>();

  public EventCodec() {
    for (int i = 0; i < TYPES.size(); i++) {
      codes.put(TYPES.get(i), i + 1);
      shapeOf(TYPES.get(i));
    }
  }

  /** All types that can be journalled, in the order of their codes from 1. */
  public static List<Class<? extends Record>> types() {
    return TYPES;
  }

  /** The code of an event's type. */
  public int code(Object event) {
    Integer code = codes.get(event.getClass());
    if (code == null) {
      throw new Fault.Bug("No journal code for " + event.getClass().getName(), null);
    }
    return code;
  }

  /** The event's bytes. */
  public byte[] encode(Object event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
    try {
      writeRecord(new DataOutputStream(bytes), event);
    } catch (IOException impossible) {
      throw new Fault.Bug("Cannot encode " + event, impossible);
    }
    return bytes.toByteArray();
  }

  /** The event of these bytes. */
  public Object decode(int code, byte[] body) {
    if (code < 1 || code > TYPES.size()) {
      throw new Fault.Bug(
          "Journal entry of type %d: written by a newer version; start that version.".formatted(code),
          null);
    }
    try {
      return readRecord(new DataInputStream(new ByteArrayInputStream(body)), TYPES.get(code - 1));
    } catch (IOException e) {
      throw new Fault.Bug("Journal entry of type %d is damaged.".formatted(code), e);
    }
  }

  /** 64 bits over the type and the bytes: with the time, the key against doubles. */
  public static long hash(int code, byte[] body) {
    long h = 0xcbf29ce484222325L ^ code;
    for (byte b : body) {
      h = (h ^ b & 0xff) * 0x100000001b3L;
    }
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  private record Shape(java.lang.reflect.Constructor<?> maker, RecordComponent[] parts) {}

  private Shape shapeOf(Class<?> type) {
    Shape known = shapes.get(type);
    if (known != null) {
      return known;
    }
    try {
      RecordComponent[] parts = type.getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      for (int i = 0; i < parts.length; i++) {
        types[i] = parts[i].getType();
        parts[i].getAccessor().setAccessible(true);
        if (types[i].isRecord()) {
          shapeOf(types[i]);
        }
      }
      Shape shape = new Shape(type.getDeclaredConstructor(types), parts);
      shape.maker().setAccessible(true);
      shapes.put(type, shape);
      for (RecordComponent part : parts) {
        elementOf(part.getGenericType());
      }
      return shape;
    } catch (NoSuchMethodException e) {
      throw new Fault.Bug("No canonical constructor: " + type, e);
    }
  }

  private @Nullable Class<?> elementOf(Type type) {
    if (type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> c) {
      if (c.isRecord()) {
        shapeOf(c);
      }
      return c;
    }
    return null;
  }

  private void writeRecord(DataOutputStream out, Object event) throws IOException {
    RecordComponent[] parts = shapeOf(event.getClass()).parts();
    out.writeByte(parts.length);
    for (RecordComponent part : parts) {
      write(out, get(part, event));
    }
  }

  private static @Nullable Object get(RecordComponent part, Object event) {
    try {
      return part.getAccessor().invoke(event);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new Fault.Bug("Cannot read " + part, e);
    }
  }

  private void write(DataOutputStream out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(0);
      case String s -> {
        byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
        out.writeByte(1);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
      case Long l -> {
        out.writeByte(2);
        out.writeLong(l);
      }
      case Integer i -> {
        out.writeByte(3);
        out.writeInt(i);
      }
      case Boolean b -> out.writeByte(b ? 5 : 4);
      case Double d -> {
        out.writeByte(6);
        out.writeDouble(d);
      }
      case Enum<?> e -> {
        out.writeByte(7);
        out.writeUTF(e.name());
      }
      case UUID u -> {
        out.writeByte(8);
        out.writeLong(u.getMostSignificantBits());
        out.writeLong(u.getLeastSignificantBits());
      }
      case List<?> list -> {
        out.writeByte(9);
        out.writeInt(list.size());
        for (Object element : list) {
          write(out, element);
        }
      }
      case Record r -> {
        out.writeByte(10);
        writeRecord(out, r);
      }
      default -> throw new Fault.Bug("Cannot journal a " + value.getClass(), null);
    }
  }

  private Object readRecord(DataInputStream in, Class<?> type) throws IOException {
    Shape shape = shapeOf(type);
    RecordComponent[] parts = shape.parts();
    int written = in.readUnsignedByte();
    @Nullable Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] =
          i < written
              ? read(in, parts[i].getType(), elementOf(parts[i].getGenericType()))
              : absent(parts[i].getType());
    }
    try {
      return shape.maker().newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException("no " + type.getSimpleName() + " can be made of it", e);
    }
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == boolean.class) {
      return false;
    }
    return type == List.class ? List.of() : null;
  }

  private @Nullable Object read(DataInputStream in, Class<?> type, @Nullable Class<?> element)
      throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case 0 -> absent(type);
      case 1 -> {
        byte[] utf8 = in.readNBytes(in.readInt());
        yield new String(utf8, StandardCharsets.UTF_8);
      }
      case 2 -> in.readLong();
      case 3 -> in.readInt();
      case 4 -> false;
      case 5 -> true;
      case 6 -> in.readDouble();
      case 7 -> constant(type, in.readUTF());
      case 8 -> new UUID(in.readLong(), in.readLong());
      case 9 -> {
        int size = in.readInt();
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(read(in, element == null ? Object.class : element, null));
        }
        yield list;
      }
      case 10 -> readRecord(in, type);
      default -> throw new IOException("tag " + tag);
    };
  }

  private static Object constant(Class<?> type, String name) throws IOException {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IOException("no constant " + name);
  }
}
