package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of recordings in Asterisk's directory. Names are checked, so that nothing leaves it.
 */
final class TrackFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final int HEADER = 44;

  /** What Asterisk writes at once: two seconds. */
  private static final int LATELY = 32_768;

  private static final int PIECE = 4_096;
  private static final int RIFF_SIZE_AT = 4;
  private static final int DATA_SIZE_AT = 40;

  private final Path directory;

  TrackFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws Fault.BadRequest unless the name is one
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no name for a recording: 1 to 80 of A-Z a-z 0-9 _ -."
              .formatted(Fault.excerpt(name)));
    }
    return name;
  }

  /** What the leg's far end says. */
  static String says(String name) {
    return checked(name) + "-in.wav";
  }

  /** What it hears. */
  static String hears(String name) {
    return checked(name) + "-out.wav";
  }

  boolean exist(String name) {
    return there(says(name)) || there(hears(name));
  }

  /**
   * Whether Asterisk has written the last byte: only then the header tells the length. Files without any
   * sound do not tell: what is shorter than two seconds is written at its end, under a header that says 0
   * until then.
   */
  boolean whole(String name) {
    return whole(directory.resolve(says(name))) && whole(directory.resolve(hears(name)));
  }

  /**
   * The track that has nothing but zeros in its last two seconds, while the other one has sound; null when
   * there is none such, or not so much is written yet.
   */
  @Nullable Track silent(String name) {
    try {
      boolean says = sounds(says(name));
      boolean hears = sounds(hears(name));
      return says == hears ? null : says ? Track.HEARS : Track.SAYS;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** Asks for little, since sound is mostly found at once: a live line is never quite silent. */
  private boolean sounds(String file) throws IOException {
    ByteBuffer some = ByteBuffer.allocate(PIECE);
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size < HEADER + LATELY) {
        throw new IOException(file + " is too short to be judged");
      }
      for (long at = size - PIECE; at >= size - LATELY; at -= PIECE) {
        channel.read(some.clear(), at);
        if (!isZero(some.flip())) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isZero(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (bytes.get() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Copies both tracks, of one length and with a right header. */
  Recorder.Tracks fetch(String name, Path target) {
    try {
      if (!exist(name)) {
        throw new Fault.NotFound("Asterisk has no recording '" + name + "'.");
      }
      Files.createDirectories(target);
      long bytes = Math.min(bytes(says(name)), bytes(hears(name))) & ~1L;
      return new Recorder.Tracks(
          copy(says(name), target.resolve(name + "-says.wav"), bytes),
          copy(hears(name), target.resolve(name + "-hears.wav"), bytes));
    } catch (IOException failed) {
      throw trouble("copied to " + target, name, failed);
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(directory.resolve(says(name)));
      Files.deleteIfExists(directory.resolve(hears(name)));
    } catch (IOException failed) {
      throw trouble("deleted", name, failed);
    }
  }

  private boolean there(String file) {
    return Files.isRegularFile(directory.resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  /** Bytes of sound; a track that is missing does not shorten the other. */
  private long bytes(String file) throws IOException {
    return there(file) ? Math.max(0, Files.size(directory.resolve(file)) - HEADER) : Long.MAX_VALUE;
  }

  private @Nullable Path copy(String file, Path copy, long bytes) throws IOException {
    if (!there(file)) {
      return null;
    }
    Path part = copy.resolveSibling(copy.getFileName() + ".part");
    try (FileChannel from =
            FileChannel.open(
                directory.resolve(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel to =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      to.write(header(from, file, bytes));
      long done = 0;
      while (done < bytes) {
        long more = from.transferTo(HEADER + done, bytes - done, to);
        if (more <= 0) {
          throw new IOException(file + " became shorter");
        }
        done += more;
      }
      to.force(false);
    }
    return Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Asterisk writes the sizes at the end; after its death they are missing. */
  private static ByteBuffer header(FileChannel from, String file, long bytes) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    while (header.hasRemaining() && from.read(header, header.position()) > 0) {
      // until it is full or the file ends
    }
    if (header.hasRemaining()
        || header.getInt(0) != 0x46464952
        || header.getInt(36) != 0x61746164) {
      throw new IOException(file + " does not begin like a WAV file");
    }
    header.putInt(RIFF_SIZE_AT, (int) (bytes + HEADER - 8));
    header.putInt(DATA_SIZE_AT, (int) bytes);
    return header.flip();
  }

  private static boolean whole(Path file) {
    ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long sound = channel.size() - HEADER;
      return sound > 0
          && channel.read(size, DATA_SIZE_AT) == 4
          && Integer.toUnsignedLong(size.getInt(0)) == sound;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Fault trouble(String deed, String name, IOException cause) {
    return new Fault.Refused(
        "The recording '%s' cannot be %s: %s. Look after space and rights of the directories."
            .formatted(name, deed, cause));
  }
}
