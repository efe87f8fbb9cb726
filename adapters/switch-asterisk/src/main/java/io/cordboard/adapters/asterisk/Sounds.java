package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Makes sound of words: each text once, kept as a file that Asterisk plays. */
final class Sounds {
  private static final int LONGEST_TEXT = 5000;
  private static final int PATIENCE_SECONDS = 30;
  private static final String BEEP = "beep-1000-400";
  private static final int RATE = 8_000;
  private static final int BEEP_HERTZ = 1_000;
  private static final int BEEP_MILLIS = 400;
  private static final double BEEP_LOUD = 9_000;

  private final AsteriskConfig.Media media;
  private final AriRest rest;
  private final Map<String, CompletionStage<String>> making = new ConcurrentHashMap<>();

  Sounds(AsteriskConfig.Media media, AriRest rest) {
    this.media = media;
    this.rest = rest;
  }

  /** What to play: the sound's name, without its ending, as Asterisk's {@code sound:} wants it. */
  CompletionStage<String> of(Announcement words) {
    if (words.text().isBlank() || words.text().length() > LONGEST_TEXT) {
      return CompletableFuture.failedFuture(
          new Fault.BadRequest("An announcement has 1 to " + LONGEST_TEXT + " characters."));
    }
    String voice = voice(words.language());
    String name = name(voice, words.text());
    Path file = media.sounds().resolve(name + ".wav");
    if (Files.exists(file)) {
      return CompletableFuture.completedFuture("cordboard/" + name);
    }
    CompletableFuture<String> fresh = new CompletableFuture<>();
    CompletionStage<String> present = making.putIfAbsent(name, fresh);
    if (present != null) {
      return present;
    }
    rest.blocking(() -> make(voice, words.text(), file))
        .whenComplete(
            (made, failed) -> {
              making.remove(name);
              if (failed == null) {
                fresh.complete("cordboard/" + name);
              } else {
                fresh.completeExceptionally(Lanes.fault(failed));
              }
            });
    return fresh;
  }

  /** A short tone, as before a message is left. */
  CompletionStage<String> beep() {
    Path file = media.sounds().resolve(BEEP + ".wav");
    return Files.exists(file)
        ? CompletableFuture.completedFuture("cordboard/" + BEEP)
        : rest.blocking(() -> writeBeep(file)).thenApply(made -> "cordboard/" + BEEP);
  }

  private Path writeBeep(Path file) {
    int frames = RATE * BEEP_MILLIS / 1000;
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * frames).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * frames);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * frames);
    for (int i = 0; i < frames; i++) {
      wav.putShort((short) (BEEP_LOUD * Math.sin(2 * Math.PI * BEEP_HERTZ * i / RATE)));
    }
    try {
      Files.createDirectories(media.sounds());
      Path part = Files.createTempFile(media.sounds(), "part-", ".wav");
      Files.write(part, wav.array());
      // Asterisk may run as another user
      part.toFile().setReadable(true, false);
      return Files.move(
          part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new Fault.Refused(
          "No tone could be written into %s: %s.".formatted(media.sounds(), failed.getMessage()));
    }
  }

  /** espeak-ng's voice for a language. */
  static String voice(String language) {
    String code = language.toLowerCase(Locale.ROOT);
    if (code.equals("zh-hk") || code.startsWith("yue")) {
      return "yue";
    }
    return switch (code.split("[-_]", 2)[0]) {
      case "zh", "cmn" -> "cmn";
      case "de", "es", "fr", "it", "pt", "ru", "ja", "ko", "nl", "pl", "tr" ->
          code.split("[-_]", 2)[0];
      default -> "en";
    };
  }

  /** The language of words that nobody told: Chinese when there is any Chinese character. */
  static Announcement guessed(String text) {
    boolean chinese =
        text.codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return new Announcement(text, chinese ? "zh-CN" : "en-US");
  }

  private Path make(String voice, String text, Path file) {
    try {
      Files.createDirectories(media.sounds());
      Path part = Files.createTempFile(media.sounds(), "part-", ".wav");
      // the text goes through standard input: it is untrusted and never part of a command line
      Process speak =
          new ProcessBuilder(media.speak().toString(), voice, part.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = speak.getOutputStream()) {
        in.write(text.getBytes(StandardCharsets.UTF_8));
      }
      if (!speak.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        speak.destroyForcibly();
        throw new IOException("it took longer than " + PATIENCE_SECONDS + " s");
      }
      if (speak.exitValue() != 0) {
        throw new IOException("it ended with status " + speak.exitValue());
      }
      return Files.move(
          part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new Fault.Refused(
          "No speech from %s into %s: %s."
              .formatted(media.speak(), media.sounds(), failed.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.Refused("Stopped while speech was made.");
    }
  }

  private static String name(String voice, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((voice + "\n" + text).getBytes(StandardCharsets.UTF_8));
      return "say-" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
