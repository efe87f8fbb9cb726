package io.cordboard.core.profile.csv;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A table in a file.
 *
 * @param encoding UTF-8, GB18030, UTF-16LE or UTF-16BE
 * @param skip bytes at the beginning that only tell the encoding
 */
public record CsvFile(Path path, String encoding, int skip, char separator) {
  private static final int CHUNK = 1 << 16;
  private static final Charset CHINESE = Charset.forName("GB18030");

  /** Finds out how it is written; reads the whole file, since the first foreign letter may come late. */
  public static CsvFile of(Path path) throws IOException {
    byte[] head = new byte[4];
    try (InputStream in = Files.newInputStream(path)) {
      in.readNBytes(head, 0, 4);
    }
    if (head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
      return of(path, StandardCharsets.UTF_8, 3);
    }
    if (head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
      return of(path, StandardCharsets.UTF_16LE, 2);
    }
    if (head[0] == (byte) 0xfe && head[1] == (byte) 0xff) {
      return of(path, StandardCharsets.UTF_16BE, 2);
    }
    long unreadable = unreadable(path, StandardCharsets.UTF_8);
    boolean chinese = unreadable > 0 && unreadable(path, CHINESE) < unreadable;
    return of(path, chinese ? CHINESE : StandardCharsets.UTF_8, 0);
  }

  private static CsvFile of(Path path, Charset charset, int skip) throws IOException {
    CsvFile file = new CsvFile(path, charset.name(), skip, ',');
    return new CsvFile(path, charset.name(), skip, file.findSeparator());
  }

  private static long unreadable(Path path, Charset charset) throws IOException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    CharBuffer chars = CharBuffer.allocate(CHUNK);
    long wrong = 0;
    try (InputStream in = Files.newInputStream(path)) {
      int read;
      while ((read = in.read(bytes.array(), bytes.position(), bytes.remaining())) >= 0) {
        bytes.position(bytes.position() + read).flip();
        while (true) {
          chars.clear();
          CoderResult result = decoder.decode(bytes, chars, false);
          if (result.isUnderflow()) {
            break;
          }
          if (result.isError()) {
            wrong++;
            bytes.position(bytes.position() + result.length());
          }
        }
        bytes.compact();
      }
    }
    return wrong + bytes.position();
  }

  private char findSeparator() throws IOException {
    int[] counts = new int[4];
    String separators = ",;\t|";
    try (InputStreamReader in = reader(open())) {
      boolean quoted = false;
      int c;
      int length = 0;
      while ((c = in.read()) >= 0 && length++ < CHUNK && (quoted || (c != '\n' && c != '\r'))) {
        quoted ^= c == '"';
        int at = separators.indexOf(c);
        if (!quoted && at >= 0) {
          counts[at]++;
        }
      }
    }
    int most = Arrays.stream(counts).max().orElse(0);
    for (int i = 0; i < counts.length; i++) {
      if (most > 0 && counts[i] == most) {
        return separators.charAt(i);
      }
    }
    return ',';
  }

  private InputStreamReader reader(InputStream in) {
    return new InputStreamReader(in, Charset.forName(encoding));
  }

  /** Its bytes from the first letter on, counted while they are read. */
  public Counted open() throws IOException {
    Counted in = new Counted(new BufferedInputStream(Files.newInputStream(path), CHUNK));
    in.skipNBytes(skip);
    return in;
  }

  /** Its rows, from the heading on; what cannot be decoded is read as U+FFFD. */
  public CsvReader rows(InputStream in) {
    return new CsvReader(reader(in), separator);
  }

  /** Counts what was read. */
  public static final class Counted extends FilterInputStream {
    private volatile long count;

    Counted(InputStream in) {
      super(in);
    }

    public long count() {
      return count;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
