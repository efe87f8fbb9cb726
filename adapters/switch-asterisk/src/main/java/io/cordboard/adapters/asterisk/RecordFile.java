package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.ChannelEvents.Piece;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchRecords.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asterisk's file of channel events, read from a position on. A position names the file by its first
 * line, so that it is found again when it was rotated to another name ({@code Master.csv.1}); compressed
 * files are not read. Used by one thread at a time.
 */
final class RecordFile {
  private static final int MOST_BYTES = 8 << 20;
  private static final int HEAD = 512;
  private static final Pattern POSITION = Pattern.compile("([0-9a-f]{16}|new):([0-9]{1,15})");

  private final Path file;
  private final Supplier<Set<String>> live;
  /**
   * Channels without an end that Asterisk did not have at the last look: the end is written a moment after
   * the channel has gone, so only a second look tells that none will be.
   */
  private Set<String> missing = Set.of();

  /** {@code live} asks Asterisk for the ids of its channels. */
  RecordFile(Path file, Supplier<Set<String>> live) {
    this.file = file;
    this.live = live;
  }

  private record Place(Path file, long offset) {}

  Page read(@Nullable String after) {
    try {
      return after == null ? new Page(List.of(), end(), 0, 0) : page(after);
    } catch (IOException failed) {
      throw new Fault.Refused(
          "%s cannot be read: %s. Calls that came without this server are missing until it can."
              .formatted(file, failed.getMessage()));
    }
  }

  private String end() throws IOException {
    return Files.exists(file) ? position(file, whole(file)) : "new:0";
  }

  /** Behind the last whole line: one that is being written belongs to what comes. */
  private static long whole(Path file) throws IOException {
    long size = Files.size(file);
    byte[] tail = bytes(file, Math.max(0, size - HEAD), HEAD);
    int last = tail.length - 1;
    while (last >= 0 && tail[last] != '\n') {
      last--;
    }
    return size - tail.length + last + 1;
  }

  private Page page(String after) throws IOException {
    Place place = find(after);
    if (place == null) {
      return new Page(List.of(), after, 0, 0);
    }
    List<Place> parts = new ArrayList<>();
    byte[] bytes = gather(place, parts);
    Piece piece = ChannelEvents.read(bytes);
    Set<String> now = piece.events().isEmpty() ? Set.of() : live.get();
    Set<String> missed = new HashSet<>();
    OwnCalls.Found found =
        OwnCalls.in(
            piece.events(),
            channel -> now.contains(channel) || missed.add(channel) && !missing.contains(channel));
    missing = missed;
    int read = found.firstOpen() < 0 ? piece.read() : found.firstOpen();
    return new Page(found.calls(), at(parts, read), found.goesOn(), piece.unreadable());
  }

  /** From the place on, over all later files; {@code parts} are told where in it each file ends. */
  private byte[] gather(Place place, List<Place> parts) throws IOException {
    List<Path> files = files();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long offset = place.offset;
    for (Path one : files.subList(Math.max(0, files.indexOf(place.file)), files.size())) {
      parts.add(new Place(one, offset - bytes.size()));
      bytes.writeBytes(bytes(one, offset, MOST_BYTES - bytes.size()));
      offset = 0;
      if (bytes.size() == MOST_BYTES) {
        break;
      }
    }
    return bytes.toByteArray();
  }

  /** The position in the file that this byte of the whole came from. */
  private static String at(List<Place> parts, int read) throws IOException {
    Place in = parts.getFirst();
    for (Place part : parts) {
      if (read + part.offset >= 0) {
        in = part;
      }
    }
    return position(in.file, read + in.offset);
  }

  private @Nullable Place find(String after) throws IOException {
    Matcher form = POSITION.matcher(after);
    if (!form.matches()) {
      throw new Fault.BadRequest("'" + Fault.excerpt(after) + "' is no position of ours.");
    }
    List<Path> files = files();
    for (Path one : files) {
      if (form.group(1).equals(fingerprint(one))) {
        return new Place(one, Long.parseLong(form.group(2)));
      }
    }
    // rotated away and gone, or the first one ever
    return files.isEmpty() ? null : new Place(files.getFirst(), 0);
  }

  /** The file and those that it was rotated to, the oldest first. */
  private List<Path> files() throws IOException {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> beside = Files.list(Objects.requireNonNull(file.getParent()))) {
      beside
          .filter(one -> one.getFileName().toString().matches(Pattern.quote(name) + "(\\.[0-9-]{1,20})?"))
          .forEach(files::add);
    } catch (NoSuchFileException noneYet) {
      return List.of();
    }
    files.sort(Comparator.comparingLong(RecordFile::modified));
    if (files.remove(file)) {
      files.add(file);
    }
    return files;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static String position(Path file, long offset) throws IOException {
    String name = fingerprint(file);
    return name == null ? "new:0" : name + ":" + offset;
  }

  /** Of its first line; null as long as that is not whole. */
  private static @Nullable String fingerprint(Path file) throws IOException {
    byte[] head = bytes(file, 0, HEAD);
    int end = 0;
    while (end < head.length && head[end] != '\n') {
      end++;
    }
    if (end == head.length && head.length < HEAD) {
      return null;
    }
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(head, 0, end);
      return HexFormat.of().formatHex(hash.digest(), 0, 8);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static byte[] bytes(Path file, long offset, int most) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long left = Math.max(0, in.length() - offset);
      byte[] bytes = new byte[(int) Math.min(most, left)];
      in.seek(offset);
      in.readFully(bytes);
      return bytes;
    }
  }
}
