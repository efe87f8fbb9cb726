package io.cordboard.web.api;

import io.cordboard.core.call.recording.RecordingReader.OpenRecording;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.journey.PlayRecording;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.api.ByteRange.Unsatisfiable;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sound of a talk. */
@Tag(name = "recordings")
@RestController
@RequestMapping("/api/v1/recordings")
class RecordingController {
  private static final int CHUNK = 64 * 1024;
  private final PlayRecording play;
  private final RecordingStore recordings;

  RecordingController(PlayRecording play, RecordingStore recordings) {
    this.play = play;
    this.recordings = recordings;
  }

  @Operation(summary = "Play a recording, as a whole or a range; each access stands in the audit")
  @ApiResponse(responseCode = "200", content = @Content(mediaType = "audio/wav"))
  @ApiResponse(responseCode = "206", content = @Content(mediaType = "audio/wav"))
  @Needs({Permission.PLAY_OWN_RECORDINGS, Permission.PLAY_EVERY_RECORDING})
  @GetMapping("/{name}")
  void play(
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
      Principal who,
      HttpServletResponse response)
      throws IOException {
    try (OpenRecording open = open(who, name)) {
      send(open, range, response);
    }
  }

  private OpenRecording open(Principal who, String name) {
    try {
      return play.open(who, name);
    } catch (Fault.Refused no) {
      if (recordings.byName(name).filter(row -> !mayPlay(who, row)).isPresent()) {
        throw new Denied(Kind.FORBIDDEN, String.valueOf(no.getMessage()));
      }
      throw no;
    }
  }

  private static boolean mayPlay(Principal who, RecordingRow row) {
    return who.mayPlay(row.agent(), row.message());
  }

  private static void send(OpenRecording open, @Nullable String asked, HttpServletResponse response)
      throws IOException {
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    ByteRange range;
    try {
      range = ByteRange.parse(asked, open.bytes());
    } catch (Unsatisfiable no) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + open.bytes());
      throw new Denied(Kind.RANGE, "The recording has %d bytes.".formatted(open.bytes()));
    }
    if (range.isPart()) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(HttpHeaders.CONTENT_RANGE, range.contentRange());
    }
    response.setContentType("audio/wav");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline");
    response.setContentLengthLong(range.length());
    copy(open.channel(), range, response.getOutputStream());
  }

  private static void copy(SeekableByteChannel from, ByteRange range, OutputStream to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    from.position(range.first());
    long left = range.length();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(CHUNK, left));
      int read = from.read(buffer);
      if (read < 0) {
        throw new IOException("The recording became shorter while it was played.");
      }
      to.write(buffer.array(), 0, read);
      left -= read;
    }
  }
}
